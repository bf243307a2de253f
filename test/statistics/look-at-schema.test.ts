import { describe, expect, it } from 'vitest';
import type { Column } from '../../src/domain/column.ts';
import type { ColumnStatistics } from '../../src/domain/statistic.ts';
import type { Window } from '../../src/domain/window.ts';
import { isWorthOpening, lookAtSchema, newestWithRows, type SchemaLook } from '../../src/statistics/look-at-schema.ts';
import { day } from '../builders/detections.ts';

const age: Column = { name: 'age', role: 'feature', kind: 'numeric', type: 'DOUBLE' };
const UNREAD = [{ code: 'column_vanished', text: 'is gone from the source' }] as const;
const ALL_MISSING = [{ code: 'all_missing', text: 'all 10 values are missing' }] as const;

function row(window: Window, overrides: Partial<ColumnStatistics> = {}): ColumnStatistics {
  const statistics = { coverage: 1, mean: 40 };
  return { window, segment: '', column: 'age', role: 'feature', rows: 10, statistics, problems: [], ...overrides };
}

function traffic(window: Window, rows = 10): ColumnStatistics {
  return row(window, { column: '*', role: 'traffic', rows, statistics: { traffic: rows } });
}

/** Day 5 is the newest; day 4 is the newest that is stored. */
function look(overrides: Partial<SchemaLook> = {}, schema: Partial<SchemaLook['schema']> = {}): SchemaLook {
  return {
    schema: {
      registered: { watched: [age], others: ['at'] },
      newColumns: [],
      isNewsWelcome: true,
      sinceMs: day(4).startMs,
      stored: () => [],
      ...schema,
    },
    rows: [traffic(day(5)), row(day(5))],
    columns: [
      { name: 'at', type: 'TIMESTAMP' },
      { name: 'age', type: 'DOUBLE' },
    ],
    isMany: false,
    newest: day(5),
    labelColumn: undefined,
    ...overrides,
  };
}

const AT = { name: 'at', type: 'TIMESTAMP' };
const TEXT = [AT, { name: 'age', type: 'VARCHAR' }];
const problemsOf = (given: SchemaLook, column = 'age') =>
  lookAtSchema(given).rows.flatMap((each) => (each.column === column ? each.problems : []));

describe('what the columns of a source tell of its windows', () => {
  it('is nothing when they are as they were', () => {
    const given = look();

    expect(lookAtSchema(given)).toEqual({ rows: given.rows, added: [] });
  });

  it('keeps what was read of an older window, and blames the newest', () => {
    const stored = row(day(3), { statistics: { mean: 41 } });
    const rows = [day(3), day(5)].map((window) => row(window, { statistics: { mean: null }, problems: UNREAD }));

    const found = lookAtSchema(look({ columns: [AT], rows }, { stored: () => [stored] }));

    expect(found.rows).toEqual([stored, rows[1]]);
  });

  it('names the column that has come in the place of one', () => {
    const columns = [AT, { name: 'customer_age', type: 'DOUBLE' }];
    const rows = [traffic(day(5)), row(day(5), { problems: UNREAD })];

    expect(problemsOf(look({ columns, rows }))).toEqual([
      { code: 'column_vanished', text: 'is gone from the source; `customer_age` is new and of the same type' },
    ]);
  });

  it('says what a type has become, with the values that are of no use', () => {
    const odd = { code: 'type_changed', text: '3 of 10 values are no number, such as "n/a"', rows: 3 } as const;

    expect(problemsOf(look({ columns: TEXT, rows: [row(day(5), { problems: [odd] })] }))).toEqual([
      {
        code: 'type_changed',
        text: 'has become text: DOUBLE is now VARCHAR; 3 of 10 values are no number, such as "n/a"',
      },
    ]);
  });

  it('does not date a change of type back to windows that were read before it', () => {
    const rows = [row(day(3)), row(day(4)), row(day(5))];

    const found = lookAtSchema(look({ columns: TEXT, rows }, { stored: (window) => [row(window)] }));

    expect(found.rows.map(({ problems }) => problems.length)).toEqual([0, 1, 1]);
  });

  it('leaves a few odd values of a guessed type as they are', () => {
    const odd = { code: 'type_changed', text: '3 of 10 values are no number, such as "n/a"', rows: 3 } as const;
    const columns = [AT, { name: 'age', type: 'VARCHAR', isTypeGuessed: true }];

    expect(problemsOf(look({ columns, rows: [row(day(5), { problems: [odd] })] }))).toEqual([odd]);
  });

  it('gives a new column one row in the newest window, and remembers it', () => {
    const columns = [...look().columns, { name: 'city', type: 'VARCHAR' }];

    const found = lookAtSchema(look({ columns }));

    expect(found.added).toEqual([{ name: 'city', type: 'VARCHAR', reason: 'new since 2026-01-06, not watched' }]);
    expect(found.rows.at(-1)).toEqual({
      window: day(5),
      segment: '',
      column: 'city',
      role: 'feature',
      rows: 10,
      statistics: {},
      problems: [{ code: 'column_new', text: 'is new in the source and is not watched yet (VARCHAR)' }],
    });
  });

  it('remembers it without a word where the owner has named the columns to watch', () => {
    const columns = [...look().columns, { name: 'city', type: 'VARCHAR' }];

    const found = lookAtSchema(look({ columns }, { isNewsWelcome: false }));

    expect(found.added).toHaveLength(1);
    expect(found.rows).toEqual(look().rows);
  });

  it('tells nothing new of a run that ends before the newest window', () => {
    const columns = [...look().columns, { name: 'city', type: 'VARCHAR' }];

    expect(lookAtSchema(look({ columns, newest: undefined })).added).toEqual([]);
  });

  it('keeps what was told of a new column when its window is computed again', () => {
    const told = row(day(4), { column: 'city', problems: [{ code: 'column_new', text: 'is new' }] });
    const city = { name: 'city', type: 'VARCHAR', reason: 'new since 2026-01-05, not watched' };
    const rows = [traffic(day(4)), row(day(4))];

    const found = lookAtSchema(look({ rows }, { newColumns: [city], stored: () => [row(day(4)), told] }));

    expect(found.rows).toEqual([...rows, told]);
  });

  it('makes a label that is gone a problem of the score', () => {
    const score = row(day(5), { column: 'p', role: 'score' });

    expect(problemsOf(look({ rows: [score], labelColumn: 'clicked' }), 'p')).toEqual([
      { code: 'label_missing', text: 'the label column `clicked` is gone from the source' },
    ]);
  });
});

describe('a source of many files', () => {
  const missing = row(day(5), { problems: ALL_MISSING, statistics: { coverage: 0, mean: null } });

  it('is asked about its newest files when a column is all missing, or the type of all files has changed', () => {
    expect(isWorthOpening(look({ isMany: true }))).toBe(false);
    expect(isWorthOpening(look({ isMany: true, rows: [missing] }))).toBe(true);
    expect(isWorthOpening(look({ isMany: true, columns: TEXT }))).toBe(true);
  });

  it('makes all missing values of a column that its files lack a column that is gone, without a figure', () => {
    const found = lookAtSchema(look({ isMany: true, rows: [missing], inNewest: [AT] }));

    expect(found.rows).toEqual([{ ...missing, statistics: { coverage: null, mean: null }, problems: UNREAD }]);
  });

  it('keeps all missing where the files have the column', () => {
    expect(problemsOf(look({ isMany: true, rows: [missing], inNewest: look().columns }))).toEqual(ALL_MISSING);
  });

  it('believes the newest files more than the union of all', () => {
    const given = look({ isMany: true, columns: TEXT });

    expect(problemsOf({ ...given, inNewest: look().columns })).toEqual([]);
    expect(problemsOf({ ...given, inNewest: TEXT })).toMatchObject([{ code: 'type_changed' }]);
  });
});

describe('the newest window', () => {
  it('is the newest with rows, and not older than what is stored', () => {
    const rows = [traffic(day(3)), traffic(day(5)), traffic(day(4)), traffic(day(6), 0)];

    expect(newestWithRows(rows, day(4).startMs)).toEqual(day(5));
    expect(newestWithRows(rows.slice(0, 1), day(4).startMs)).toBeUndefined();
  });
});
