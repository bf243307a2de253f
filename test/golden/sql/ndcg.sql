WITH requests AS (
  SELECT slots.w AS w, unnest([NULL, segment]) AS segment, query, CAST(c0 AS DOUBLE) AS score,
    CAST(c0_label AS DOUBLE) AS label
  FROM (
  SELECT epoch_us("at") AS at_us,
    "p" AS c0_is,
    CASE WHEN isfinite(CAST("p" AS DOUBLE)) THEN CAST("p" AS DOUBLE) END AS c0,
    CAST("grade" AS DOUBLE) AS c0_label,
    CASE WHEN trim(CAST("the ""query""" AS VARCHAR)) <> '' THEN CAST("the ""query""" AS VARCHAR) END AS query,
    COALESCE(NULLIF(left(CAST("land" AS VARCHAR), 200), ''), '(missing)') AS segment
  FROM read_parquet('it''s/*.parquet', union_by_name = true)
  WHERE "at" >= make_timestamp(1772859600000000) AND "at" < make_timestamp(1773115200000000)
) AS scan
  JOIN window_slots AS slots
ON (scan.at_us - 1772859600000000) // 3600000000 = slots.slot
AND scan.at_us >= slots.from_us AND scan.at_us < slots.to_us
  WHERE query IS NOT NULL AND c0 IS NOT NULL AND c0_label IS NOT NULL
), ranked AS (
  SELECT w, segment, query, label, label BETWEEN 0 AND 31 AS graded,
    pow(2::DOUBLE, least(greatest(label, 0), 31)) - 1 AS gain,
    rank() OVER given - 1 AS above, count(*) OVER given AS last,
    rank() OVER best - 1 AS best_above, count(*) OVER best AS best_last
  FROM requests
  WINDOW given AS (PARTITION BY w, segment, query ORDER BY score DESC),
    best AS (PARTITION BY w, segment, query ORDER BY label DESC)
), queries AS (
  SELECT w, segment, count(*) AS n, bool_and(graded) AS graded,
    CAST(sum(CAST(gain * ((['0'::DOUBLE, '1'::DOUBLE, '1.6309297535714575'::DOUBLE, '2.1309297535714578'::DOUBLE, '2.5616063116448506'::DOUBLE, '2.9484591188793923'::DOUBLE, '3.3046663059874146'::DOUBLE, '3.637999639320748'::DOUBLE, '3.953464516106477'::DOUBLE, '4.254494511770458'::DOUBLE, '4.543559338088346'::DOUBLE])[least(last, 10) + 1] - (['0'::DOUBLE, '1'::DOUBLE, '1.6309297535714575'::DOUBLE, '2.1309297535714578'::DOUBLE, '2.5616063116448506'::DOUBLE, '2.9484591188793923'::DOUBLE, '3.3046663059874146'::DOUBLE, '3.637999639320748'::DOUBLE, '3.953464516106477'::DOUBLE, '4.254494511770458'::DOUBLE, '4.543559338088346'::DOUBLE])[least(above, 10) + 1]) / (last - above) AS DECIMAL(38, 18))) AS DOUBLE) AS dcg,
    CAST(sum(CAST(gain * ((['0'::DOUBLE, '1'::DOUBLE, '1.6309297535714575'::DOUBLE, '2.1309297535714578'::DOUBLE, '2.5616063116448506'::DOUBLE, '2.9484591188793923'::DOUBLE, '3.3046663059874146'::DOUBLE, '3.637999639320748'::DOUBLE, '3.953464516106477'::DOUBLE, '4.254494511770458'::DOUBLE, '4.543559338088346'::DOUBLE])[least(best_last, 10) + 1] - (['0'::DOUBLE, '1'::DOUBLE, '1.6309297535714575'::DOUBLE, '2.1309297535714578'::DOUBLE, '2.5616063116448506'::DOUBLE, '2.9484591188793923'::DOUBLE, '3.3046663059874146'::DOUBLE, '3.637999639320748'::DOUBLE, '3.953464516106477'::DOUBLE, '4.254494511770458'::DOUBLE, '4.543559338088346'::DOUBLE])[least(best_above, 10) + 1]) / (best_last - best_above) AS DECIMAL(38, 18))) AS DOUBLE) AS ideal,
    count(*) FILTER (NOT graded) AS ungraded, min(label) FILTER (NOT graded) AS example
  FROM ranked
  GROUP BY w, segment, query
)
SELECT w, segment, CAST(sum(CAST(dcg / nullif(ideal, 0) AS DECIMAL(18, 14))) FILTER (graded) AS DOUBLE) / nullif(count(CAST(dcg / nullif(ideal, 0) AS DECIMAL(18, 14))) FILTER (graded), 0) AS ndcg, sum(n) AS requests,
  sum(ungraded) AS ungraded, count(*) FILTER (NOT graded) AS ungraded_queries, min(example) AS example
FROM queries
GROUP BY w, segment