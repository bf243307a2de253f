SELECT c, value AS category
FROM (
  SELECT CASE WHEN GROUPING(c0) = 0 THEN 0 END AS c, coalesce(c0) AS value, count(*) AS n
  FROM (
  SELECT epoch_us(timezone('America/New_York', TRY_CAST("at" AS TIMESTAMP))) AS at_us,
    left(CAST("city" AS VARCHAR), 200) AS c0
  FROM read_parquet('it''s/*.parquet', union_by_name = true)
  WHERE "at" BETWEEN make_date(20518) AND make_date(20524)
) AS scan
JOIN window_slots AS slots
ON (scan.at_us - 1772859600000000) // 3600000000 = slots.slot
AND scan.at_us >= slots.from_us AND scan.at_us < slots.to_us
  WHERE scan.at_us >= 1772859600000000 AND scan.at_us < 1773115200000000
  GROUP BY GROUPING SETS ((c0))
) AS counted
WHERE value IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY c ORDER BY n DESC, value) <= 9
ORDER BY c, n DESC, value