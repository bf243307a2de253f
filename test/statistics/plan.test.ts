import { describe, expect, it } from 'vitest';
import type { TableDescription } from '../../src/domain/model.ts';
import type { SourceDescription } from '../../src/domain/profile.ts';
import { planFromColumns, planProfile } from '../../src/statistics/index.ts';

const description: SourceDescription = {
  rows: 1000,
  columns: [
    { name: 'at', type: 'TIMESTAMP', distinctInSample: 900, rowsInSample: 1000, meanTextLength: null },
    { name: 'age', type: 'BIGINT', distinctInSample: 60, rowsInSample: 1000, meanTextLength: null },
    { name: 'city', type: 'VARCHAR', distinctInSample: 30, rowsInSample: 1000, meanTextLength: 6 },
    { name: 'user_id', type: 'BIGINT', distinctInSample: 1000, rowsInSample: 1000, meanTextLength: null },
    { name: 'p', type: 'DOUBLE', distinctInSample: 999, rowsInSample: 1000, meanTextLength: null },
    { name: 'clicked', type: 'BOOLEAN', distinctInSample: 2, rowsInSample: 1000, meanTextLength: null },
    { name: 'land', type: 'VARCHAR', distinctInSample: 3, rowsInSample: 1000, meanTextLength: 2 },
  ],
};

function table(overrides: Partial<TableDescription> = {}): TableDescription {
  return {
    source: { location: 'rows.parquet' },
    timeColumn: 'at',
    zone: 'UTC',
    granularity: 'day',
    declaredKinds: {},
    defaults: {},
    ...overrides,
  };
}

describe('planning a profile', () => {
  it('watches what has a kind and says why it leaves the rest out', () => {
    const planned = planProfile(
      table({ scoreColumn: 'p', labelColumn: 'clicked', segmentColumn: 'land' }),
      description,
    );

    expect(planned.columns).toEqual([
      { name: 'age', role: 'feature', kind: 'numeric', type: 'BIGINT' },
      { name: 'city', role: 'feature', kind: 'categorical', type: 'VARCHAR' },
      { name: 'p', role: 'score', kind: 'numeric', type: 'DOUBLE' },
      { name: '*', role: 'traffic' },
    ]);
    expect(planned.leftOut.map(({ name, reason }) => `${name}: ${reason}`)).toEqual([
      'at: the time column',
      'user_id: an identifier: whole numbers, nearly all different',
      'clicked: the label column',
      'land: the segment column',
    ]);
    expect(planned.plan).toMatchObject({ labelColumn: 'clicked', segmentColumn: 'land', topCategories: 20 });
    expect(planned.plan.columns.map((column) => column.name)).toEqual(['age', 'city', 'p']);
  });

  it('leaves the query column out and hands it on', () => {
    const planned = planProfile(table({ scoreColumn: 'p', labelColumn: 'clicked', queryColumn: 'city' }), description);

    expect(planned.leftOut).toContainEqual({ name: 'city', type: 'VARCHAR', reason: 'the query column' });
    expect(planned.plan.queryColumn).toBe('city');
  });

  it('lets a declared kind and a named feature win over what it would infer', () => {
    const planned = planProfile(
      table({ features: ['user_id', 'age', 'city'], declaredKinds: { age: 'categorical' } }),
      description,
    );

    expect(planned.plan.columns.map((column) => [column.name, column.kind])).toEqual([
      ['age', 'categorical'],
      ['city', 'categorical'],
      ['user_id', 'numeric'],
    ]);
    expect(planned.reasons.get('age')).toBe('declared');
  });

  it.each([
    [{ scoreColumn: 'p', labelColumn: 'p' }, /the score column of its own, got "p", which is the label/],
    [{ scoreColumn: 'at' }, /the score column of its own, got "at", which is the time column too/],
    [{ features: ['age', 'at'] }, /a feature of its own, got "at", which is the time column too/],
    [{ labelColumn: 'clicked', features: ['clicked'] }, /a feature of its own, got "clicked", which is the label/],
  ])('refuses a column of two uses: %j', (overrides, message) => {
    expect(() => planProfile(table(overrides), description)).toThrow(message);
  });

  it('takes the score among the features for the score', () => {
    const { columns } = planProfile(table({ scoreColumn: 'p', features: ['age', 'p'] }), description);

    expect(columns.map(({ name, role }) => `${name} ${role}`)).toEqual(['age feature', 'p score', '* traffic']);
  });

  it('reads defaults in the kind of their column', () => {
    const defaults = { age: '-1', city: 'unknown', clicked: 'False' };

    const planned = planProfile(table({ defaults }), description);

    expect(planned.plan.columns.filter((column) => column.defaultValue !== undefined)).toMatchObject([
      { name: 'age', defaultValue: -1 },
      { name: 'city', defaultValue: 'unknown' },
      { name: 'clicked', defaultValue: false },
    ]);
  });

  it.each([
    ['', 'empty'],
    ['none', 'a word'],
  ])('refuses %j (%s) as the default of a number', (value) => {
    expect(() => planProfile(table({ defaults: { age: value } }), description)).toThrow(/a number as the default/);
  });

  it.each([
    [{ timeColumn: 'att' }, /a time column.*"att".*"at"/],
    [{ scoreColumn: 'score' }, /a score column/],
    [{ labelColumn: 'clicks' }, /a label column.*Perhaps "clicked"/],
    [{ queryColumn: 'town' }, /a query column/],
    [{ segmentColumn: 'country' }, /a segment column/],
    [{ features: ['age', 'agee'] }, /a feature.*"agee".*Perhaps "age"/],
    [{ declaredKinds: { cities: 'categorical' } }, /a declared kind.*"cities"/],
    [{ defaults: { Age: 0 } }, /a default.*"Age".*"age"/],
  ] as const)('refuses a name that is not in the source: %o', (overrides, message) => {
    expect(() => planProfile(table(overrides), description)).toThrow(message);
  });

  it('plans stored columns without looking at the source', () => {
    const plan = planFromColumns(table(), [
      { name: 'gone', role: 'feature', kind: 'numeric' },
      { name: '*', role: 'traffic' },
    ]);

    expect(plan.columns).toEqual([{ name: 'gone', role: 'feature', kind: 'numeric' }]);
  });
});
