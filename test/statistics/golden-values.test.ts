import { beforeAll, describe, expect, it } from 'vitest';
import { type ColumnStatistics, type StatisticName, statisticNames } from '../../src/domain/statistic.ts';
import { trafficRatio } from '../../src/domain/traffic-ratio.ts';
import { windowsBetween } from '../../src/domain/window.ts';
import { createDuckdbEngine } from '../../src/engines/duckdb/index.ts';
import { createMemoryHistory, profileWindows } from '../../src/statistics/index.ts';
import { feature, parquetFile, plan } from '../engines/duckdb/profiled.ts';
import { temporaryFolder } from '../engines/duckdb/temporary-folder.ts';

/** A column of the table, a statistic of it on the judged day, and the value worked out by hand. */
interface Golden {
  readonly column: string;
  readonly value: number;
  /** How far from it the engine may be: quantiles are approximate. */
  readonly within?: number;
}

const DAYS = 11;
const FIRST = Date.UTC(2026, 2, 1);
/** Ten days of reference, each with these four rows, and the judged day with eight. */
const REFERENCE = {
  age: ['1', '2', '3', '4'],
  city: ["'Oslo'", "'Oslo'", "'Rome'", "'Rome'"],
  moved: ['1', '2', '3', '4'],
  vector: ['[3, 4]', '[3, 4]', '[3, 4]', '[3, 4]'],
  p: ['0.5', '0.5', '0.5', '0.5'],
  clicked: ['1', '0', '1', '0'],
  query: ["'q'", "'q'", "'q'", "'q'"],
} as const;
const JUDGED = {
  age: ['NULL', "'NaN'", "'inf'", '0', '2', '2', '4', '4'],
  city: ["'Oslo'", "'Oslo'", "'Oslo'", "'Rome'", "'Bonn'", "'Bonn'", "''", 'NULL'],
  moved: ['11', '12', '13', '14', '11', '12', '13', '14'],
  vector: ['[3, 4]', '[6, 8]', '[0, 0]', '[1, 0, 0]', '[1, NULL]', 'NULL', '[0, 0]', '[0, 3]'],
  p: ['0.9', '0.8', '0.4', '0.2', '0.1', 'NULL', '0.6', '0.5'],
  clicked: ['1', '0', '1', '0', 'NULL', '1', 'NULL', 'NULL'],
  query: ["'a'", "'a'", "'a'", "'b'", "'b'", "'b'", "'b'", 'NULL'],
} as const;
const TYPES = {
  age: 'DOUBLE',
  city: 'VARCHAR',
  moved: 'DOUBLE',
  vector: 'DOUBLE[]',
  p: 'DOUBLE',
  clicked: 'INTEGER',
  query: 'VARCHAR',
} as const;

const log2 = Math.log2;
const { sqrt, log } = Math;

/** One for every statistic of the catalogue: the compiler asks for those that are missing. */
const GOLDEN: Readonly<Record<Exclude<StatisticName, 'traffic_ratio'>, Golden>> = {
  // Finite: 0, 2, 2, 4, 4. Sum 12 of 5.
  mean: { column: 'age', value: 12 / 5 },
  // Squared distances from 2.4: 5.76, .16, .16, 2.56, 2.56, sum 11.2 of 5.
  standard_deviation: { column: 'age', value: sqrt(11.2 / 5) },
  minimum: { column: 'age', value: 0 },
  maximum: { column: 'age', value: 4 },
  // Of 0 ... 1000 in steps of 1, p % lie at or below 10 p; 1 % of the rank is 10.
  q01: { column: 'ladder', value: 10, within: 10 },
  q05: { column: 'ladder', value: 50, within: 10 },
  q25: { column: 'ladder', value: 250, within: 10 },
  q50: { column: 'ladder', value: 500, within: 10 },
  q75: { column: 'ladder', value: 750, within: 10 },
  q95: { column: 'ladder', value: 950, within: 10 },
  q99: { column: 'ladder', value: 990, within: 10 },
  // One missing, two non-finite and one default of 8: 4 are left.
  coverage: { column: 'age', value: 4 / 8 },
  missing_rate: { column: 'age', value: 1 / 8 },
  non_finite_rate: { column: 'age', value: 2 / 8 },
  default_rate: { column: 'age', value: 1 / 8 },
  // Oslo, Rome, Bonn and the empty text.
  distinct_count: { column: 'city', value: 4 },
  // Of 7 present: Oslo 3, Rome 1; Bonn and the empty text are no categories of the reference and count as one of 3.
  entropy: { column: 'city', value: -(2 * (3 / 7) * log2(3 / 7) + (1 / 7) * log2(1 / 7)) },
  // Finite vectors: norms 5, 10, 0, 1, 0, 3, sum 19 of 6.
  mean_norm: { column: 'vector', value: 19 / 6 },
  // [1, 0, 0] of 8.
  wrong_length_rate: { column: 'vector', value: 1 / 8 },
  // Oslo, Rome, unseen, missing: p = 3/8, 1/8, 3/8, 1/8 against q = 1/2, 1/2, 0, 0; m = 7/16, 5/16, 3/16, 1/16.
  js_distance: {
    column: 'city',
    value: sqrt(
      ((3 / 8) * log2(6 / 7) + (1 / 8) * log2(2 / 5) + (3 / 8) * log2(2) + (1 / 8) * log2(2)) / 2 +
        ((1 / 2) * log2(8 / 7) + (1 / 2) * log2(8 / 5)) / 2,
    ),
  },
  // The same shares; an empty bin counts as 1/10 000.
  psi: {
    column: 'city',
    value:
      (3 / 8 - 1 / 2) * log(3 / 4) +
      (1 / 8 - 1 / 2) * log(1 / 4) +
      (3 / 8 - 1e-4) * log(3750) +
      (1 / 8 - 1e-4) * log(1250),
  },
  // All values 10 higher; the reference 1, 2, 3, 4 has a standard deviation of root(5 / 4).
  wasserstein: { column: 'moved', value: 10 / sqrt(5 / 4), within: 0.3 },
  // Bonn twice and the empty text of 8 rows.
  unseen_share: { column: 'city', value: 3 / 8 },
  // Rows with both: (.9, 1), (.8, 0), (.4, 1), (.2, 0). Labels 2, scores 2.3.
  observed_expected_ratio: { column: 'p', value: 2 / 2.3 },
  // .1^2 + .8^2 + .6^2 + .2^2 = .01 + .64 + .36 + .04 of 4.
  brier: { column: 'p', value: 1.05 / 4 },
  // Pairs of a 1 and a 0: .9 > .8, .9 > .2, .4 < .8, .4 > .2.
  auc: { column: 'p', value: 3 / 4 },
  // Only query a has a label above 0: gains 1, 0, 1 at ranks 1, 2, 3 against the best 1, 1, 0.
  ndcg_at_10: { column: 'p', value: (1 + 1 / log2(4)) / (1 + 1 / log2(3)) },
  label_rate: { column: 'p', value: 4 / 8 },
  traffic: { column: '*', value: 8 },
};

const folder = temporaryFolder();
let judged: readonly ColumnStatistics[];

beforeAll(async () => {
  judged = [...(await judgedDay(await tableOf())), ...(await judgedDay(await ladder(), 1))];
});

describe('golden values', () => {
  it.each(Object.entries(GOLDEN))('of %s', (name, { column, value, within = 1e-12 }) => {
    const found = judged.find((row) => row.column === column)?.statistics[name as StatisticName];

    expect(Math.abs((found ?? Number.NaN) - value)).toBeLessThanOrEqual(within);
  });

  it('of traffic_ratio: 30 of 30 + 70 rows', () => {
    const [window] = windowsBetween(FIRST, FIRST + 1, 'UTC', 'day');
    if (window === undefined) throw new Error('no window');
    const other = { sinceMs: FIRST, windows: new Map([[FIRST, { endMs: window.endMs, rows: 70 }]]) };

    expect(trafficRatio(window, 30, [other])).toBe(0.3);
  });

  it('are there for every statistic', () => {
    expect([...Object.keys(GOLDEN), 'traffic_ratio'].toSorted()).toEqual([...statisticNames].toSorted());
  });

  it('of shares and dimensions, which are beside the statistics', () => {
    const [city, vector] = ['city', 'vector'].map((name) => judged.find(({ column }) => column === name));

    expect(city?.shares).toEqual({ Oslo: 3 / 8, Rome: 1 / 8 });
    // First places 3, 6, 0, 1, 0, 0 and second ones 4, 8, 0, 0, 0, 3 of six finite vectors.
    expect(vector?.dimensionMeans).toEqual({ 0: 10 / 6, 1: 15 / 6 });
  });
});

async function judgedDay(location: string, days = DAYS): Promise<readonly ColumnStatistics[]> {
  const isLadder = days === 1;
  const history = createMemoryHistory();
  const score = { name: 'p', role: 'score', kind: 'numeric' } as const;
  const columns = isLadder
    ? [feature('ladder', 'numeric')]
    : [
        ...[feature('age', 'numeric'), feature('city', 'categorical'), feature('moved', 'numeric')],
        ...[feature('vector', 'embedding'), score],
      ];
  const given = plan(location, { columns, ...(isLadder ? {} : { labelColumn: 'clicked', queryColumn: 'query' }) });
  const windows = windowsBetween(FIRST, FIRST + days * 864e5, 'UTC', 'day');
  await profileWindows({ engine: createDuckdbEngine(), history }, { plan: given, windows, nowMs: 0 });
  return history.rows.filter(({ window }) => window.key === windows.at(-1)?.key);
}

function tableOf(): Promise<string> {
  const names = Object.keys(TYPES) as (keyof typeof TYPES)[];
  const rows = (cells: Readonly<Record<keyof typeof TYPES, readonly string[]>>) =>
    cells.age.map((_, row) => names.map((name) => `${cells[name][row]}::${TYPES[name]} AS "${name}"`).join(', '));
  const select = (day: string, row: string) => `SELECT TIMESTAMP '${day} 12:00' AS "at", ${row}`;
  const day = (i: number) => `2026-03-${String(i + 1).padStart(2, '0')}`;
  const selects = [
    ...Array.from({ length: DAYS - 1 }, (_, i) => rows(REFERENCE).map((row) => select(day(i), row))).flat(),
    ...rows(JUDGED).map((row) => select(day(DAYS - 1), row)),
  ];
  return parquetFile(folder, 'golden.parquet', selects.join(' UNION ALL '));
}

function ladder(): Promise<string> {
  return parquetFile(
    folder,
    'ladder.parquet',
    "SELECT TIMESTAMP '2026-03-01 12:00' AS at, i AS ladder FROM range(1001) t(i)",
  );
}
