SELECT w, segment, c, place,
  CAST(sum(n) AS BIGINT) AS n, count(value) AS different,
  CAST(sum(CASE WHEN value IS NULL THEN n END) AS BIGINT) AS missing,
  CAST(sum(CASE WHEN value = CASE c WHEN 0 THEN 'Oslo' WHEN 1 THEN '' END THEN n END) AS BIGINT) AS defaults
FROM (
  SELECT slots.w AS w, segment AS segment,
    CASE WHEN GROUPING(c0) = 0 THEN 0 WHEN GROUPING(c1) = 0 THEN 1 END AS c, coalesce(c0, c1) AS value, count(*) AS n
  FROM (
  SELECT epoch_us(timezone('America/New_York', TRY_CAST("at" AS TIMESTAMP))) AS at_us,
    left(CAST("city" AS VARCHAR), 200) AS c0,
    left(CAST("code ""1""" AS VARCHAR), 200) AS c1,
    COALESCE(NULLIF(left(CAST("land" AS VARCHAR), 200), ''), '(missing)') AS segment
  FROM read_parquet('it''s/*.parquet', union_by_name = true)
  WHERE "at" BETWEEN make_date(20518) AND make_date(20524)
) AS scan
JOIN window_slots AS slots
ON (scan.at_us - 1772859600000000) // 3600000000 = slots.slot
AND scan.at_us >= slots.from_us AND scan.at_us < slots.to_us
  GROUP BY GROUPING SETS ((slots.w, c0), (slots.w, segment, c0), (slots.w, c1), (slots.w, segment, c1))
) AS counted
LEFT JOIN (
  SELECT 0 AS c, unnest(['O''Hare', '🦊', 'Oslo']::VARCHAR[]) AS value, unnest([least(i, 2) for i in range(1, 4)]) AS place
  UNION ALL SELECT 1 AS c, unnest([]::VARCHAR[]) AS value, unnest([least(i, 1) for i in range(1, 1)]) AS place
) AS known USING (c, value)
GROUP BY w, segment, c, place