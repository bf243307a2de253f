WITH known AS (
  SELECT 0 AS c, unnest(['O''Hare', '🦊', 'Oslo']::VARCHAR[]) AS value, unnest([least(i, 2) for i in range(1, 4)]) AS place, unnest(range(1, 4)) AS i
  UNION ALL SELECT 1 AS c, unnest([]::VARCHAR[]) AS value, unnest([least(i, 1) for i in range(1, 1)]) AS place, unnest(range(1, 1)) AS i
)
SELECT w, segment, counted.c AS c, place,
  CAST(sum(n) AS BIGINT) AS n, count(counted.value) AS different,
  CAST(sum(CASE WHEN counted.value IS NULL THEN n END) AS BIGINT) AS missing,
  CAST(sum(CASE WHEN counted.value = CASE counted.c WHEN 0 THEN 'Oslo' WHEN 1 THEN '' END THEN n END) AS BIGINT) AS defaults,
  CAST(sum(CASE WHEN usual <> counted.value AND spelling <> '' THEN n END) AS BIGINT) AS respelt,
  arg_max(counted.value, CASE WHEN usual <> counted.value AND spelling <> '' THEN (n, counted.value) END) AS variant,
  arg_max(usual, CASE WHEN usual <> counted.value AND spelling <> '' THEN (n, counted.value) END) AS usual
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
LEFT JOIN known ON known.c = counted.c AND known.value = counted.value
LEFT JOIN (SELECT c, lower(trim(replace(value, '_', ' '))) AS spelling, arg_min(value, i) AS usual FROM known GROUP BY ALL) AS spelt
  ON spelt.c = counted.c AND spelt.spelling = lower(trim(replace(counted.value, '_', ' ')))
GROUP BY w, segment, counted.c, place