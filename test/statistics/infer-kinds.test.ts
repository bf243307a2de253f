import { describe, expect, it } from 'vitest';
import type { SourceColumn } from '../../src/domain/profile.ts';
import { inferKind } from '../../src/statistics/index.ts';

function column(name: string, type: string, sample: Partial<SourceColumn> = {}): SourceColumn {
  return { name, type, distinctInSample: 50, rowsInSample: 1000, meanTextLength: null, ...sample };
}

describe('inferring kinds', () => {
  it.each([
    [column('age', 'DOUBLE'), 'numeric'],
    [column('price', 'DECIMAL(18,2)'), 'numeric'],
    [column('clicks', 'BIGINT', { distinctInSample: 1000 }), 'numeric'],
    [column('valid', 'INTEGER'), 'numeric'],
    [column('paid', 'BOOLEAN'), 'boolean'],
    [column('city', 'VARCHAR', { meanTextLength: 6 }), 'categorical'],
    [column('size', "ENUM('s', 'm')"), 'categorical'],
    [column('store_id', 'INTEGER', { distinctInSample: 40 }), 'categorical'],
    [column('vector', 'FLOAT[768]'), 'embedding'],
    [column('vector', 'DOUBLE[]'), 'embedding'],
    [column('vector', 'array(double)'), 'embedding'],
    [column('empty', 'JSON', { distinctInSample: 0 }), 'categorical'],
    [column('city', 'VARCHAR', { distinctInSample: 8, rowsInSample: 8 }), 'categorical'],
  ])('takes %o for %s', (source, kind) => {
    expect(inferKind(source).kind).toBe(kind);
  });

  it.each([
    [column('user_id', 'BIGINT', { distinctInSample: 1000 }), /identifier/],
    [column('userId', 'BIGINT', { distinctInSample: 990 }), /identifier/],
    [column('member', 'UUID'), /identifier/],
    [
      column('request', 'VARCHAR', { distinctInSample: 998, meanTextLength: 12 }),
      /identifier or free text: 998 different values/,
    ],
    [column('comment', 'VARCHAR', { distinctInSample: 970, meanTextLength: 140 }), /free text/],
    [column('term', 'VARCHAR', { distinctInSample: 4000, rowsInSample: 10_000, meanTextLength: 10 }), /free text/],
    [column('at', 'TIMESTAMP WITH TIME ZONE'), /a time/],
    [column('at', 'TIMESTAMP_NS'), /a time/],
    [column('day', 'DATE'), /a date/],
    [column('hour', 'TIME'), /time of day/],
    [column('raw', 'BLOB'), /bytes/],
    [column('row', 'STRUCT(a INTEGER, b VARCHAR[])'), /nested/],
    [column('map', 'MAP(VARCHAR, INTEGER)'), /nested/],
    [column('words', 'VARCHAR[]'), /nested/],
    [column('pairs', 'DOUBLE[][]'), /nested/],
    [column('odd', 'JSON'), /mixed or nested/],
    [column('new', 'HYPERTYPE'), /not known/],
  ])('leaves %o out', (source, reason) => {
    expect(inferKind(source)).toMatchObject({ kind: undefined, reason: expect.stringMatching(reason) });
  });
});
