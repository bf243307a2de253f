CREATE OR REPLACE TEMP TABLE staged_rows AS
SELECT "at", "a ""b"""
FROM read_csv('a.csv', header = true)
WHERE (epoch_us("at")) BETWEEN 1772859600000000 AND 1773115199999999