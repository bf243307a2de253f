SELECT category, count(*) AS n
FROM (
  SELECT epoch_us(timezone('America/New_York', TRY_CAST("at" AS TIMESTAMP))) AS at_us,
    left(CAST("city" AS VARCHAR), 200) AS category
  FROM read_parquet('it''s/*.parquet', union_by_name = true)
  WHERE "at" BETWEEN make_date(20518) AND make_date(20524)
) AS scan
WHERE scan.at_us >= 1772859600000000 AND scan.at_us < 1773115200000000 AND category IS NOT NULL
GROUP BY category
ORDER BY n DESC, category
LIMIT 20