import { describe, expect, it } from 'vitest';
import { windowsBetween } from '../../../src/domain/window.ts';
import { aucSql } from '../../../src/engines/duckdb/sql/auc-sql.ts';
import { categoryCountsSql, topCategoriesSql } from '../../../src/engines/duckdb/sql/category-sql.ts';
import { columnSql, type PlannedColumn } from '../../../src/engines/duckdb/sql/column-sql.ts';
import { sampleSql } from '../../../src/engines/duckdb/sql/describe-sql.ts';
import { edgesSql } from '../../../src/engines/duckdb/sql/edges-sql.ts';
import { instantSql, timeNumberSql } from '../../../src/engines/duckdb/sql/instant.ts';
import { ndcgSql, queryInner } from '../../../src/engines/duckdb/sql/ndcg-sql.ts';
import { withObserved } from '../../../src/engines/duckdb/sql/observed-sql.ts';
import { profileSql, type Scan } from '../../../src/engines/duckdb/sql/profile-sql.ts';
import { quoteIdentifier, quoteText } from '../../../src/engines/duckdb/sql/quote.ts';
import { relationSql } from '../../../src/engines/duckdb/sql/relation.ts';
import { segmentsSql } from '../../../src/engines/duckdb/sql/segments-sql.ts';
import { stageSql } from '../../../src/engines/duckdb/sql/stage-sql.ts';
import { timeRangeSql } from '../../../src/engines/duckdb/sql/time-range-sql.ts';
import { slotsSql } from '../../../src/engines/duckdb/sql/windows.ts';
import { expectGolden } from '../../golden.ts';

const ZONE = 'America/New_York';
const windows = windowsBetween(Date.parse('2026-03-07T12:00Z'), Date.parse('2026-03-09T12:00Z'), ZONE, 'day');
const parquet = relationSql({ pattern: "it's/*.parquet", format: 'parquet', isMany: true }, 'sniffed');

describe('the SQL', () => {
  it('of the windows around a change of clocks', () => {
    expectGolden('sql/windows.sql', slotsSql(windows));
  });

  it('of a profile of every kind, with segments, a label and names that need quotes', () => {
    const scan: Scan = {
      relation: parquet,
      prunable: { by: 'timestamp', column: 'scored "at"' },
      instant: instantSql('scored "at"', 'timestamp', ZONE) ?? '',
      segment: { column: 'land', family: 'text' },
    };
    const score = columnOf({ name: 'p', kind: 'numeric', family: 'real' }, 0);

    expectGolden(
      'sql/profile.sql',
      profileSql(scan, windows, [
        withObserved(score, 0, { name: 'clicked', family: 'boolean' }) ?? score,
        columnOf({ name: '🦊', kind: 'numeric', family: 'integer', defaultValue: -1 }, 1),
        columnOf({ name: 'age as text', kind: 'numeric', family: 'text' }, 2),
        columnOf({ name: 'paid', kind: 'boolean', family: 'boolean', defaultValue: false }, 3),
        columnOf({ name: 'vector', kind: 'embedding', family: 'vector', vectorLength: 2 }, 4),
      ]),
    );
  });

  it('of the area under the ROC curve', () => {
    const scan: Scan = {
      relation: parquet,
      prunable: { by: 'timestamp', column: 'at' },
      instant: instantSql('at', 'timestamp', ZONE) ?? '',
      segment: { column: 'land', family: 'text' },
    };
    const score = columnOf({ name: 'p', kind: 'numeric', family: 'real' }, 0);

    expectGolden(
      'sql/auc.sql',
      aucSql(scan, windows, withObserved(score, 0, { name: 'clicked', family: 'boolean' })?.inner ?? []),
    );
  });

  it('of the ranking of queries', () => {
    const scan: Scan = {
      relation: parquet,
      prunable: { by: 'timestamp', column: 'at' },
      instant: instantSql('at', 'timestamp', ZONE) ?? '',
      segment: { column: 'land', family: 'text' },
    };
    const both = withObserved(columnOf({ name: 'p', kind: 'numeric', family: 'real' }, 0), 0, {
      name: 'grade',
      family: 'integer',
    });
    const query = queryInner({ name: 'the "query"', family: 'text' }) ?? '';

    expectGolden('sql/ndcg.sql', ndcgSql(scan, windows, [...(both?.inner ?? []), query]));
  });

  it('of a profile by the bins of a reference, and of the edges of those bins', () => {
    const scan: Scan = {
      relation: parquet,
      prunable: { by: 'timestamp', column: 'at' },
      instant: instantSql('at', 'timestamp', ZONE) ?? '',
    };
    const age: PlannedColumn = { name: 'age', kind: 'numeric', family: 'real', defaultValue: -1 };

    expectGolden(
      'sql/bins.sql',
      profileSql(scan, windows, [
        columnOf({ ...age, bins: { kind: 'numeric', edges: [-1e-300, 0.5, 1e21], defaultValue: -1 } }, 0),
      ]),
    );
    expectGolden('sql/edges.sql', profileSql(scan, windows, [edgesSql(age, 0) ?? { inner: [], outer: [] }]));
    expectGolden('sql/slots-together.sql', slotsSql(windows, { together: true }));
  });

  it('of the largest segments, and of the traffic of those that have a place', () => {
    const scan: Scan = {
      relation: parquet,
      prunable: { by: 'timestamp', column: 'at' },
      instant: instantSql('at', 'timestamp', ZONE) ?? '',
    };
    const land = { column: 'land', family: 'text' } as const;

    expectGolden('sql/segments.sql', segmentsSql({ ...scan, segment: land }, windows, 52));
    expectGolden(
      'sql/segment-traffic.sql',
      profileSql({ ...scan, segment: { ...land, kept: ["it's", '(missing)'] } }, windows, []),
    );
  });

  it('of a profile that counts rows only', () => {
    const scan: Scan = {
      relation: relationSql({ pattern: 'a.csv', format: 'csv', isMany: false }, 'tolerant'),
      instant: instantSql('day', 'text', ZONE) ?? '',
    };

    expectGolden('sql/traffic.sql', profileSql(scan, windows, []));
  });

  it('of the largest categories and of counting them, with segments and without', () => {
    const scan: Scan = {
      relation: parquet,
      prunable: { by: 'date', column: 'at' },
      instant: instantSql('at', 'date', ZONE) ?? '',
    };
    const city = { name: 'city', family: 'text' } as const;
    const code = { name: 'code "1"', family: 'integer' } as const;

    expectGolden('sql/top-categories.sql', topCategoriesSql(scan, windows, { columns: [city, code], limit: 20 }));
    expectGolden(
      'sql/known-categories.sql',
      topCategoriesSql(scan, windows, { columns: [city], limit: 9, slots: true }),
    );
    expectGolden(
      'sql/category-counts.sql',
      categoryCountsSql({ ...scan, segment: { column: 'land', family: 'text' } }, windows, [
        { ...city, categories: ["O'Hare"], known: ["O'Hare", '🦊', 'Oslo'], defaultValue: 'Oslo' },
        { ...code, categories: [], known: [], defaultValue: '' },
      ]),
    );
  });

  it('of the time range and of the sample', () => {
    const instant = instantSql('at', 'integer', ZONE) ?? '';
    const columns = [
      { name: 'at', family: 'integer' },
      { name: 'note', family: 'text' },
      { name: 'vector', family: 'vector' },
    ] as const;

    expectGolden(
      'sql/time-range.sql',
      timeRangeSql(parquet, { columns: ['at'], instant, number: timeNumberSql('at', 'integer') ?? '' }),
    );
    expectGolden(
      'sql/sample.sql',
      sampleSql(relationSql({ pattern: 'a.jsonl', format: 'jsonl', isMany: false }, 'sniffed'), columns),
    );
  });

  it('of the staging of a text file', () => {
    const relation = relationSql({ pattern: 'a.csv', format: 'csv', isMany: false }, 'sniffed');
    const instant = instantSql('at', 'timestamp', ZONE) ?? '';

    expectGolden('sql/stage.sql', stageSql(relation, windows, { instant, columns: ['at', 'a "b"'] }));
  });

  it('doubles quotes inside names and texts', () => {
    expect(quoteIdentifier('a"b')).toBe('"a""b"');
    expect(quoteText("a'b\\")).toBe("'a''b\\'");
    expect(quoteText("a\0'")).toBe("('a' || chr(0) || '''')");
  });
});

function columnOf(column: PlannedColumn, position: number) {
  const sql = columnSql(column, position);
  if (sql === undefined) throw new Error(`no SQL for ${column.name}`);
  return sql;
}
