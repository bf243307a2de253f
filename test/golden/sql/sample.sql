SELECT count(*) AS n, count(DISTINCT s0) AS s0_distinct, NULL AS s0_length,
  count(DISTINCT s1) AS s1_distinct, avg(l1) AS s1_length,
  NULL AS s2_distinct, NULL AS s2_length
FROM (SELECT left(CAST("at" AS VARCHAR), 200) AS s0,
  left(CAST("note" AS VARCHAR), 200) AS s1, length(CAST("note" AS VARCHAR)) AS l1,
  1 AS s2
  FROM read_json('a.jsonl', format = 'newline_delimited') LIMIT 10000) AS sample