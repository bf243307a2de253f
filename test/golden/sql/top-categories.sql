SELECT c, value AS category
FROM (
  SELECT CASE WHEN GROUPING(c0) = 0 THEN 0 WHEN GROUPING(c1) = 0 THEN 1 END AS c, coalesce(c0, c1) AS value, count(*) AS n
  FROM (
  SELECT epoch_us(timezone('America/New_York', TRY_CAST("at" AS TIMESTAMP))) AS at_us,
    left(CAST("city" AS VARCHAR), 200) AS c0,
    left(CAST("code ""1""" AS VARCHAR), 200) AS c1
  FROM read_parquet('it''s/*.parquet', union_by_name = true)
  WHERE "at" BETWEEN make_date(20518) AND make_date(20524)
) AS scan
  WHERE scan.at_us >= 1772859600000000 AND scan.at_us < 1773115200000000
  GROUP BY GROUPING SETS ((c0), (c1))
) AS counted
WHERE value IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY c ORDER BY n DESC, value) <= 20
ORDER BY c, n DESC, value