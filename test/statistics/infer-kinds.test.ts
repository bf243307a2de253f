import { describe, expect, it } from 'vitest';
import { likenesses, type SourceColumn } from '../../src/domain/profile.ts';
import { inferKind, planProfile } from '../../src/statistics/index.ts';

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

  it.each([
    ['age', 0, 99, 90, 'numeric', /type BIGINT/],
    ['zip', 501, 99_950, 900, 'categorical', /named like a code, 900 different/],
    ['postal_code', 501, 99_950, 900, 'categorical', /named like a code/],
    ['zip_code_prefix', 0, 999, 700, 'categorical', /named like a code/],
    ['http_status', 200, 503, 9, 'categorical', /named like a code, 9/],
    ['statusCode', 200, 503, 9, 'categorical', /named like a code/],
    ['device_type', 1, 5, 5, 'categorical', /named like a code/],
    ['age_bucket', 0, 9, 10, 'categorical', /named like a code/],
    ['ship-class', 1, 3, 3, 'categorical', /named like a code/],
    ['encode', 0, 900, 500, 'numeric', /BIGINT/],
    ['prototype_count', 0, 900, 500, 'numeric', /BIGINT/],
    ['is_new', 0, 1, 2, 'boolean', /0 or 1/],
    ['hasCar', 0, 0, 1, 'boolean', /0 or 1; one value only/],
    ['opt_in_flag', 0, 1, 2, 'boolean', /0 or 1/],
    ['is_level', 0, 7, 8, 'numeric', /BIGINT/],
    ['paid', 0, 1, 2, 'boolean', /0 or 1/],
    ['num_orders', 0, 1, 2, 'numeric', /BIGINT/],
    ['clickCount', 0, 1, 2, 'numeric', /BIGINT/],
    ['hour', 0, 23, 24, 'numeric', /BIGINT/],
    ['rank', 7, 7, 1, 'numeric', /one value only in the sample/],
    ['revenue_at_risk', 0, 5_000_000, 900, 'numeric', /BIGINT/],
    ['seats_at', 1, 400, 300, 'numeric', /BIGINT/],
    ['distance', 1_000_000_000, 2_000_000_000, 990, 'numeric', /BIGINT/],
  ] as const)(
    'takes whole numbers named %s from %d to %d, %d different, for %s',
    (name, minimum, maximum, distinct, kind, reason) => {
      const numbersInSample = { minimum, maximum, areWhole: true };
      const source = column(name, 'BIGINT', { distinctInSample: distinct, presentInSample: 1000, numbersInSample });

      expect(inferKind(source)).toEqual({ kind, reason: expect.stringMatching(reason) });
    },
  );

  it.each([
    ['zip', 501, 99_950, 4000, /a code: 4000 different whole numbers/],
    ['created_at', 1_767_225_600, 1_798_761_600, 990, /a time: seconds since 1970/],
    ['eventTs', 1_767_225_600, 1_798_761_600, 990, /a time: seconds/],
    ['updated_at_ms', 1_767_225_600_000, 1_798_761_600_000, 990, /a time: milliseconds/],
    ['opened', 1_767_225_600_000, 1_798_761_600_000, 990, /a time: milliseconds/],
    ['timestamp', 1_767_225_600_000_000, 1_798_761_600_000_000, 990, /a time: microseconds/],
    ['event_time', 1_767_225_600_000_000_000, 1_798_761_600_000_000_000, 990, /a time: nanoseconds/],
    ['signup_date', 20_240_101, 20_261_231, 700, /a date: written as YYYYMMDD/],
    ['session', 1e15, 9e18, 1000, /an identifier: whole numbers beyond 2\^53/],
    ['session', -9e18, 5, 1000, /an identifier: whole numbers beyond 2\^53/],
  ] as const)(
    'leaves whole numbers named %s from %d to %d, %d different, out',
    (name, minimum, maximum, distinct, reason) => {
      const numbersInSample = { minimum, maximum, areWhole: true };
      const source = column(name, 'BIGINT', { distinctInSample: distinct, presentInSample: 1000, numbersInSample });

      expect(inferKind(source)).toEqual({ kind: undefined, reason: expect.stringMatching(reason) });
    },
  );

  it.each([
    ['status_code', { minimum: 200, maximum: 503, areWhole: true }, 'categorical', /named like a code/],
    ['status_code', { minimum: 0.5, maximum: 503, areWhole: false }, 'numeric', /DOUBLE/],
    ['created_at', { minimum: 1_767_225_600.25, maximum: 1_798_761_600, areWhole: false }, undefined, /a time/],
    ['price', { minimum: 0.5, maximum: 503, areWhole: false }, 'numeric', /DOUBLE/],
  ] as const)('takes reals named %s with %j for %s', (name, numbersInSample, kind, reason) => {
    const source = column(name, 'DOUBLE', { distinctInSample: 9, presentInSample: 1000, numbersInSample });

    expect(inferKind(source)).toEqual({ kind, reason: expect.stringMatching(reason) });
  });

  it.each([
    [{ truth: 1000 }, 2, 'boolean', /true or false, yes or no/],
    [{ truth: 960 }, 5, 'boolean', /true or false/],
    [{ truth: 500 }, 4, 'categorical', /text, 4 different/],
    [{ number: 1000, fraction: 800 }, 990, 'numeric', /numbers written as text/],
    [{ number: 1000 }, 40, 'categorical', /text, 40 different/],
    [{ number: 1000, leading_zero: 300 }, 40, 'categorical', /codes with zeros in front, 40/],
    [{ number: 1000, leading_zero: 300 }, 990, undefined, /codes with zeros in front: 990/],
    [{ comma: 1000 }, 990, undefined, /decimal comma: write them with a point/],
    [{ date: 1000 }, 300, undefined, /dates or times written as text/],
    [{ date: 900 }, 300, 'categorical', /text, 300/],
    [{ uuid: 1000 }, 12, undefined, /UUIDs written as text/],
    [{ nested: 1000 }, 12, undefined, /nested values written as text/],
  ] as const)('takes text that looks like %j, %d different, for %s', (looks, distinct, kind, reason) => {
    const none = Object.fromEntries(likenesses.map((look) => [look, 0])) as Record<(typeof likenesses)[number], number>;
    const source = column('x', 'VARCHAR', {
      ...{ distinctInSample: distinct, presentInSample: 1000, meanTextLength: 8 },
      looksInSample: { ...none, ...looks },
    });

    expect(inferKind(source)).toEqual({ kind, reason: expect.stringMatching(reason) });
  });

  it.each([
    ['all missing', { presentInSample: 0, distinctInSample: 0 }, 'categorical', /no value in the sample, so declare/],
    ['unreadable', { problem: 'a broken page' }, undefined, /cannot be read: a broken page/],
    ['a folder for each time', { isPartition: true }, undefined, /a folder for each time/],
  ] as const)('says of a column that is %s what it knows', (_, sample, kind, reason) => {
    expect(inferKind(column('dt', 'VARCHAR', sample))).toEqual({ kind, reason: expect.stringMatching(reason) });
  });

  it('never infers over what is declared, and watches what is named', () => {
    const zip = column('zip', 'BIGINT', { distinctInSample: 4000 });
    const source = { columns: [column('at', 'TIMESTAMP'), zip], rows: 1000 };
    const table = {
      source: { location: 'x' },
      timeColumn: 'at',
      zone: 'UTC',
      granularity: 'day',
      defaults: {},
    } as const;
    const kindsOf = (more: object) =>
      planProfile({ ...table, declaredKinds: {}, ...more }, source).plan.columns.map(({ kind }) => kind);

    expect(kindsOf({})).toEqual([]);
    expect(kindsOf({ declaredKinds: { zip: 'categorical' } })).toEqual(['categorical']);
    expect(kindsOf({ features: ['zip'] })).toEqual(['numeric']);
  });
});
