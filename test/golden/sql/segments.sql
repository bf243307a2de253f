WITH counted AS MATERIALIZED (
  SELECT segment, count(*) AS n
  FROM (
  SELECT epoch_us("at") AS at_us,
    COALESCE(NULLIF(left(CAST("land" AS VARCHAR), 200), ''), '(missing)') AS segment
  FROM read_parquet('it''s/*.parquet', union_by_name = true)
  WHERE "at" >= make_timestamp(1772859600000000) AND "at" < make_timestamp(1773115200000000)
) AS scan
  WHERE scan.at_us >= 1772859600000000 AND scan.at_us < 1773115200000000
  GROUP BY segment
)
SELECT segment, n, (SELECT count(*) FROM counted) AS all_segments
FROM counted
ORDER BY n DESC, segment
LIMIT 52