SELECT w, segment, sum(ones * (zeros_up_to - zeros / 2)) / nullif(sum(ones) * sum(zeros), 0) AS auc
FROM (
  SELECT *, sum(zeros) OVER (PARTITION BY w, segment ORDER BY score) AS zeros_up_to
  FROM (
    SELECT slots.w AS w, segment AS segment, CAST(c0 AS DOUBLE) AS score,
      CAST(count(*) FILTER (CAST(c0_label AS DOUBLE) = 1) AS DOUBLE) AS ones,
      CAST(count(*) FILTER (CAST(c0_label AS DOUBLE) = 0) AS DOUBLE) AS zeros
    FROM (
  SELECT epoch_us("at") AS at_us,
    "p" AS c0_is,
    CASE WHEN isfinite(CAST("p" AS DOUBLE)) THEN CAST("p" AS DOUBLE) END AS c0,
    "clicked" AS c0_label,
    COALESCE(NULLIF(left(CAST("land" AS VARCHAR), 200), ''), '(missing)') AS segment
  FROM read_parquet('it''s/*.parquet', union_by_name = true)
  WHERE "at" >= make_timestamp(1772859600000000) AND "at" < make_timestamp(1773115200000000)
) AS scan
    JOIN window_slots AS slots
ON (scan.at_us - 1772859600000000) // 3600000000 = slots.slot
AND scan.at_us >= slots.from_us AND scan.at_us < slots.to_us
    WHERE c0 IS NOT NULL AND c0_label IS NOT NULL
    GROUP BY GROUPING SETS ((slots.w, score), (slots.w, segment, score))
  ) AS counted
) AS ordered
GROUP BY w, segment