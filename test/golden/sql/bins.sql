SELECT slots.w AS w, NULL AS segment,
  count(*) AS n,
  count(c0_is) AS c0_present,
  count(c0) AS c0_usable,
  count(CASE WHEN c0 = '-1'::DOUBLE THEN 1 END) AS c0_defaults,
  avg(NULLIF(c0, '-1'::DOUBLE)) AS c0_mean,
  avg(c0) AS c0_finite_mean,
  stddev_pop(NULLIF(c0, '-1'::DOUBLE)) AS c0_deviation,
  min(NULLIF(c0, '-1'::DOUBLE)) AS c0_minimum,
  max(NULLIF(c0, '-1'::DOUBLE)) AS c0_maximum,
  approx_quantile(NULLIF(c0, '-1'::DOUBLE), [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99]) AS c0_quantiles,
  approx_count_distinct(c0) AS c0_distinct,
  histogram(c0, ['-1e-300'::DOUBLE, '0.5'::DOUBLE, '1e+21'::DOUBLE]) AS c0_bins
FROM (
  SELECT epoch_us("at") AS at_us,
    "age" AS c0_is,
    CASE WHEN isfinite(CAST("age" AS DOUBLE)) THEN CAST("age" AS DOUBLE) END AS c0
  FROM read_parquet('it''s/*.parquet', union_by_name = true)
  WHERE "at" >= make_timestamp(1772859600000000) AND "at" < make_timestamp(1773115200000000)
) AS scan
JOIN window_slots AS slots
ON (scan.at_us - 1772859600000000) // 3600000000 = slots.slot
AND scan.at_us >= slots.from_us AND scan.at_us < slots.to_us
GROUP BY slots.w
ORDER BY w, segment NULLS FIRST