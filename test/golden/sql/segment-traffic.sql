SELECT slots.w AS w, segment AS segment,
  count(*) AS n
FROM (
  SELECT epoch_us("at") AS at_us,
    COALESCE(CAST(TRY_CAST(COALESCE(NULLIF(left(CAST("land" AS VARCHAR), 200), ''), '(missing)') AS ENUM('it''s', '(missing)')) AS VARCHAR), '(other)') AS segment
  FROM read_parquet('it''s/*.parquet', union_by_name = true)
  WHERE "at" >= make_timestamp(1772859600000000) AND "at" < make_timestamp(1773115200000000)
) AS scan
JOIN window_slots AS slots
ON (scan.at_us - 1772859600000000) // 3600000000 = slots.slot
AND scan.at_us >= slots.from_us AND scan.at_us < slots.to_us
GROUP BY GROUPING SETS ((slots.w), (slots.w, segment))
ORDER BY w, segment NULLS FIRST