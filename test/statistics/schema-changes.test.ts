import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Column } from '../../src/domain/column.ts';
import type { TypedColumn } from '../../src/domain/profile.ts';
import { schemaChanges } from '../../src/statistics/schema-changes.ts';

const age: Column = { name: 'age', role: 'feature', kind: 'numeric', type: 'DOUBLE' };
const plan: Column = { name: 'plan', role: 'feature', kind: 'categorical', type: 'VARCHAR' };
const traffic: Column = { name: '*', role: 'traffic' };
const registered = { watched: [age, plan, traffic], others: ['scored_at'] };
const now: readonly TypedColumn[] = [
  { name: 'scored_at', type: 'TIMESTAMP' },
  { name: 'age', type: 'DOUBLE' },
  { name: 'plan', type: 'VARCHAR' },
];
const without = (...names: string[]) => now.filter(({ name }) => !names.includes(name));

describe('what has changed between the registered columns and those of today', () => {
  it.each([
    ['nothing', now, {}],
    ['a watched column is gone', without('age'), { vanished: [{ name: 'age' }] }],
    ['one is called as the traffic is', [...now, { name: '*', type: 'DOUBLE' }], {}],
    ['a left out column is gone', without('scored_at'), {}],
    ['one has come', [...now, { name: 'city', type: 'VARCHAR' }], { added: [{ name: 'city', type: 'VARCHAR' }] }],
    [
      'one is gone and one of its type has come',
      [...without('age'), { name: 'years', type: 'BIGINT' }],
      { vanished: [{ name: 'age', successor: 'years' }], added: [{ name: 'years', type: 'BIGINT' }] },
    ],
    [
      'one is gone and one of another type has come',
      [...without('age'), { name: 'city', type: 'VARCHAR' }],
      { vanished: [{ name: 'age' }], added: [{ name: 'city', type: 'VARCHAR' }] },
    ],
    [
      'one is gone and two could be it',
      [...without('age'), { name: 'a', type: 'DOUBLE' }, { name: 'b', type: 'DOUBLE' }],
      {
        vanished: [{ name: 'age' }],
        added: [
          { name: 'a', type: 'DOUBLE' },
          { name: 'b', type: 'DOUBLE' },
        ],
      },
    ],
    [
      'names differ in case only',
      [...without('age'), { name: 'Age', type: 'DOUBLE' }],
      { vanished: [{ name: 'age', successor: 'Age' }], added: [{ name: 'Age', type: 'DOUBLE' }] },
    ],
  ])('%s', (_, columns, expected) => {
    expect(schemaChanges(registered, columns)).toEqual({ vanished: [], added: [], changed: [], ...expected });
  });

  it.each([
    ['DOUBLE', 'VARCHAR', true],
    ['VARCHAR', 'BIGINT', true],
    ['FLOAT[3]', 'DOUBLE', true],
    ['DOUBLE', 'FLOAT[]', true],
    ['DOUBLE', 'STRUCT(a INTEGER)', true],
    ['VARCHAR', 'VARCHAR[]', true],
    ['DATE', 'VARCHAR', true],
    ['BOOLEAN', 'VARCHAR', true],
    ['INTEGER', 'DOUBLE', false],
    ['DOUBLE', 'DECIMAL(18,2)', false],
    ['SMALLINT', 'HUGEINT', false],
    ['BOOLEAN', 'TINYINT', false],
    ['VARCHAR', 'UUID', false],
    ["ENUM('a', 'b')", 'VARCHAR', false],
    ['TIMESTAMP', 'TIMESTAMP WITH TIME ZONE', false],
    ['FLOAT[3]', 'DOUBLE[]', false],
    ['SOMETHING_NEW', 'DOUBLE', false],
    ['DOUBLE', 'SOMETHING_NEW', false],
  ])('%s to %s is a change: %s', (from, to, isChange) => {
    const { changed } = schemaChanges({ watched: [{ ...age, type: from }], others: [] }, [{ name: 'age', type: to }]);

    expect(changed).toEqual(isChange ? [{ name: 'age', from, to }] : []);
  });

  it('takes another guess for no change, nor a type that nobody noted', () => {
    const { type: _, ...untyped } = age;

    expect(
      schemaChanges(registered, [...without('age'), { name: 'age', type: 'VARCHAR', isTypeGuessed: true }]).changed,
    ).toEqual([]);
    expect(schemaChanges({ watched: [untyped], others: [] }, [{ name: 'age', type: 'VARCHAR' }]).changed).toEqual([]);
  });
});

const types = fc.constantFrom('DOUBLE', 'BIGINT', 'VARCHAR', 'BOOLEAN', 'FLOAT[]', 'STRUCT(a INTEGER)', 'DATE', 'ODD');
const tables = fc.uniqueArray(fc.record({ name: fc.string({ minLength: 2, maxLength: 4 }), type: types }), {
  selector: ({ name }) => name,
  maxLength: 12,
});
const asRegistered = (columns: readonly TypedColumn[]) => ({
  watched: columns.map(({ name, type }): Column => ({ name, type, role: 'feature', kind: 'numeric' })),
  others: [],
});

describe('properties of the comparison', () => {
  it('a source that has not changed gives nothing, in whatever order its columns are', () => {
    fc.assert(
      fc.property(tables, fc.infiniteStream(fc.nat()), (columns, keys) => {
        const order = new Map(columns.map((column) => [column, keys.next().value ?? 0]));
        const shuffled = columns.toSorted((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0));

        expect(schemaChanges(asRegistered(columns), shuffled)).toEqual({ vanished: [], added: [], changed: [] });
      }),
    );
  });

  it('every column is gone, there, or new; a successor is new and belongs to one column only', () => {
    fc.assert(
      fc.property(tables, tables, (before, after) => {
        const { vanished, added, changed } = schemaChanges(asRegistered(before), after);

        const names = new Set([...before, ...after].map(({ name }) => name));
        const both = before.filter(({ name }) => after.some((each) => each.name === name));
        expect(vanished.length + added.length + both.length).toBe(names.size);
        for (const { name } of changed) expect(both.map((each) => each.name)).toContain(name);
        const successors = vanished.flatMap(({ successor }) => successor ?? []);
        expect(new Set(successors).size).toBe(successors.length);
        for (const successor of successors) expect(added.map(({ name }) => name)).toContain(successor);
      }),
    );
  });
});
