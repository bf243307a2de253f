import { expect, it } from 'vitest';
import type { ColumnKind } from '../../../src/domain/column.ts';
import type { ProfilePlan } from '../../../src/domain/profile.ts';
import { withConnection } from '../../../src/engines/duckdb/connection.ts';
import { openProfile } from '../../../src/engines/duckdb/profile.ts';
import { days, feature, parquetFile, plan, textFile } from './profiled.ts';
import { temporaryFolder } from './temporary-folder.ts';

const folder = temporaryFolder();
const windows = days('2026-03-01', 2);
const KINDS = ['numeric', 'categorical', 'boolean'] as const;

it('reads a dozen columns of each kind in as many scans as one column of each', async () => {
  const many = columnsOf(12);
  const cells = many.map(({ name, kind }) => `${CELLS[kind]} AS ${name}`).join(', ');
  const location = await parquetFile(
    folder,
    'many.parquet',
    `SELECT TIMESTAMP '2026-03-01' + to_minutes(i) AS at, ${cells} FROM range(2880) AS r(i)`,
  );

  const ofMany = await queriesOf(plan(location, { columns: many }));
  const ofFew = await queriesOf(plan(location, { columns: columnsOf(1) }));

  expect(ofMany).toHaveLength(ofFew.length);
});

it('has no aggregate with a filter, which would copy all columns of its scan', async () => {
  const location = await parquetFile(
    folder,
    'labelled.parquet',
    `SELECT TIMESTAMP '2026-03-01' + to_minutes(i) AS at, i / 3000 AS p, i % 2 = 0 AS clicked, [i] AS v FROM range(9) AS r(i)`,
  );
  const columns = [{ name: 'p', role: 'score', kind: 'numeric' } as const, feature('v', 'embedding')];

  const queries = await queriesOf(plan(location, { labelColumn: 'clicked', columns }));

  expect(queries.filter((sql) => sql.includes('_usable') && sql.includes('FILTER'))).toEqual([]);
});

it('finds out once how a CSV file quotes, and tells each scan of it', async () => {
  const rows = "'2026-03-01T10:00:00Z','Oslo, it''s'\n".repeat(3);
  const location = textFile(folder, 'apostrophes.csv', `'at','city'\n${rows}`);

  const queries = await queriesOf(plan(location, { columns: [feature('city', 'categorical')] }));

  expect(queries.filter((sql) => sql.includes('sniff_csv('))).toHaveLength(1);
  const scans = queries.filter((sql) => sql.includes('read_csv('));
  expect(scans.length).toBeGreaterThan(1);
  expect(scans.filter((sql) => !sql.includes("quote = '''', escape = ''''"))).toEqual([]);
});

const CELLS: Readonly<Record<ColumnKind, string>> = {
  numeric: 'i % 100',
  categorical: "'value ' || i % 7",
  boolean: 'i % 3 = 0',
  embedding: '[i]',
};

function columnsOf(count: number): ProfilePlan['columns'] {
  return KINDS.flatMap((kind) => Array.from({ length: count }, (_, i) => feature(`${kind}_${i}`, kind)));
}

/** All that is asked of the engine for a reference of the first day and a profile of both. */
async function queriesOf(given: ProfilePlan): Promise<readonly string[]> {
  const queries: string[] = [];
  await withConnection({}, undefined, async (query) => {
    const counted = (sql: string) => {
      queries.push(sql);
      return query(sql);
    };
    const opened = await openProfile(given, windows, { query: counted, threads: 2 });
    await opened.reference(windows.slice(0, 1));
    await opened.profile(windows);
  });
  return queries;
}
