import { catalog, type StatisticDefinition } from './catalog.ts';
import { FEWEST_DAYS, FULL_DAYS, NEWEST_DAYS } from './reference-schedule.ts';

/** docs/statistics.md: every statistic as the catalogue has it, and what the reader has to know besides. */
export function statisticsDocument(): string {
  return [
    '# Statistics',
    'Written from `src/statistics/catalog.ts` by `node --import tsx scripts/write-statistics-document.mjs`; a test compares.',
    [
      '| Name | What | Formula | Range | Unit | Source | Of | Judged by default |',
      '|---|---|---|---|---|---|---|---|',
      ...catalog.map(row),
    ].join('\n'),
    PROSE,
  ].join('\n\n');
}

function row(statistic: StatisticDefinition): string {
  const { name, title, formula, unit, source, roles, kinds } = statistic;
  const of = kinds.length === 0 ? roles.join(', ') : `${kinds.join(', ')} (${roles.join(', ')})`;
  const judged = statistic.alerts.map(({ role }) => role).join(', ');
  const cells = [
    `\`${name}\``,
    title,
    formula,
    range(statistic.range),
    unit,
    source,
    of,
    judged === '' ? 'no' : judged,
  ];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

function range([lowest, highest]: StatisticDefinition['range']): string {
  const bound = (value: number | null, none: string) => (value === null ? none : String(Number(value.toFixed(2))));
  return `${bound(lowest, '-∞')} … ${bound(highest, '∞')}`;
}

const PROSE = `A statistic that cannot be computed is \`null\`, never 0: no rows, no finite value, a column that cannot be read, a scale
of zero. The column's problem says why. *Rows* are all rows of the window (and segment); coverage, missing, default and
non-finite rate sum to 1.

Where somebody declared what stands for "no value" in a numeric column (\`--default age=-1\`), such values are left out of
mean, standard deviation, extremes and quantiles: a day with more of them moves the coverage, not the mean. Undeclared, 0
counts as the default for coverage and default rate, as in the paper, and as a value for all else. The distances see all
finite values, so a column that is filled with its default has moved.

Kept beside them: the share of each of the 20 largest categories (\`share[ORD]\`, of all rows), the histogram over the bins
of the reference, and the mean of each dimension of an embedding (all up to 64 dimensions, of longer vectors 64 evenly
spaced ones).

## Segments

With a segment column, all traffic and each segment have statistics of their own. The 50 largest segments of a run do; a
segment that had rows within the last seven days keeps its place, so that its series has no gaps. All other values together
are the segment \`(other)\`, a value of that very name among them, and the traffic carries the problem \`segments_capped\` with
the numbers. Missing and empty values are the segment \`(missing)\`. Within segments, \`(other)\` included, only the score and the
traffic are judged by default: all dimensions in every segment would multiply the false alarms.

## Columns that go, come and change

At every check the columns of the source are held against those that were registered. What differs is a problem of the
column, stored in the window beside its statistics and judged without any history:

- \`column_vanished\`: it is gone, and has no statistics. Where exactly one new column is of the type of the one that is gone,
  the problem names it: a rename. In a source of many files it is enough that the files of the newest window lack it.
- \`type_changed\`: its type means something else now. Numbers and truth values are one meaning, and so are text, JSON and
  identifiers, times and dates, lists of numbers, nested values, bytes; widths within one are no change. Types that are
  guessed (CSV, JSONL, partitions in paths) are never held against it: there, as anywhere, values that are no number (no truth
  value) are counted, and are a change from 1 % of the rows on.
- \`unreadable\`: none of its values can be read; told where one could be within the last 28 windows.
- \`column_new\`: told once, in the newest window; the column is then left out as "new since …". Of models that were
  registered with the features to watch it is only remembered.
- \`spelling_changed\`: rows with a category in a second spelling, such as “Sky is Clear” beside “sky is clear”: they differ
  from a known category, the largest of its spelling, in upper and lower case, blanks around them and underscores only. Told
  from 1 % of the rows and three rows on, and where at least seven windows say that it is new.

Windows that were read before keep what was read of them: a column that goes today does not go from the windows of last
month when they are computed again. A problem that more than half of the last 28 windows share is a habit and no longer told.
A time or segment column that is gone is an error of the whole check; a label column that is gone is the problem
\`label_missing\` of the score.

## The reference

\`js_distance\`, \`psi\`, \`wasserstein\` and \`unseen_share\` compare a window with a healthy period before it, over all traffic:

- the last ${FULL_DAYS} healthy days; the newest ${NEWEST_DAYS} are left out, as a fault in them may not have been noticed yet, and so are days without rows
  and days of a report. Models of hours take as many days of hours.
- The first is built as soon as there are ${FEWEST_DAYS} such days, so that every weekday is in it; before that the four are \`null\`. The next
  is built when ${FULL_DAYS} days are there, and then a new one every ${FULL_DAYS} days. Each has a version and is kept: a window that is computed
  again meets the reference that it met the first time.
- Numeric bins: 30 with about as many values of the reference in each, and one each for missing, default, non-finite, below
  and above. Categorical: the 20 largest, the other known ones together (1,000 in all), unseen, missing.
- Their level depends on the number of rows, so no fixed limit fits: with few rows a distance is never near 0. They are
  series like any other, and what is judged is a change of their level. People call a PSI of .1 a shift and of .25 a large one.

## Exactness

Counts, rates, means, deviations, extremes, shares, histograms, AUC, NDCG and Brier score are exact, and so are the distinct
values of categories and truths. Quantiles come from a t-digest of all values, bin edges from one of all values or, of
columns with many, of at least 50,000 that are picked by a hash of their rows: both within 1 % of rank. Distinct values of
numeric columns come from the HyperLogLog of DuckDB: off by 13 % (one standard deviation; the worst of 2,000 trials by
half), and never more than the values that there are.

## Cost

On two cores that others used as well, all statistics of 3,000,000 rows of 1,000 columns (900 numbers, 100 categories; 30 days,
with the references that fall due in them) took 502 s, 563 s of processor time, and at most 958 MB. The bare aggregates by
day in DuckDB, without bins, took 425 s of processor time, so all statistics take 1.3 times that.

By processor time, all statistics of three million rows of 64 columns take 1.4 times the bare aggregates, and 1.15 times those
with the same bins. Of 300,000 rows of numbers it is 1.8 to 2.4 times those without bins, since a first reference reads a
quarter of thirty days twice more. Categories cost as much as the bare aggregates or less. \`npm run bench\` measures it
again: compare within one run, and by processor time where the machine is busy.

## Labels

\`observed_expected_ratio\`, \`brier\` and \`auc\` are over the rows that have a label by then; \`label_rate\` says how many. Labels may
come days later: the windows that they touch are found by their counts and computed again.

\`ndcg_at_10\` needs a query column (\`--query-column\`) beside score and label: the rows of one query within a window (and
segment) are ranked by their score, and a query that straddles windows counts in each by its rows there. Rows without score,
label or query are no part of it; a query without a label above 0 has no best order and is left out. Equal scores count with
the mean over all their orders, so the order of the rows never matters. A label is a grade from 0 to 31, fractions allowed; a
query with any other is left out, and the score has the problem \`label_unusable\`. Where the query column has vanished or
cannot be read the score has the problem \`query_missing\`, and the other statistics go on.

## Groups

\`traffic_ratio\` is over all traffic, of models registered with the same \`--group\`. It has no value until every living model
of the group has its window, or is known to begin later; whenever a window of one is stored, the ratios of all of them are
brought up to date in the same transaction. Retired models leave the group. Windows of another model count when they fill
the span exactly (24 hours a day, days of the same zone); windows that only overlap cannot be compared, so a model of hours
beside one of days, or days of different zones, have no value. The filter by traffic reads the stored value, and is not
asked where there is none.

## Importance

How much each feature matters comes from a table of yours (\`--importance\`): Parquet, CSV or JSONL with a row per feature and
the columns \`feature\` and \`importance\` (also \`name\` or \`column\`, and \`weight\`, \`gain\` or \`value\`, in any case; the
first of each list that is there). Any scale will do, and signs do not matter: absolute values become shares that sum to 1
over the watched features that the table tells. Names have to be the same to the letter; those that are not watched are
passed over and named, watched features that are not told have no importance. A text, an infinite number, a gap or a feature
told twice refuses the table and names the row. A registered model's table is read again with every run of its statistics;
when it cannot be read the shares stay as they were, and the log says why.
`;
