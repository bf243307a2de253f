import { expect, it } from 'vitest';
import type { WindowLook } from '../../src/domain/landing.ts';
import { day } from '../builders/detections.ts';
import { AT, memoryStores, registeredModel } from './memory-stores.ts';

function look(place: number, change: Partial<WindowLook> = {}): WindowLook {
  return { window: day(place), state: 'late', text: 'no rows yet', atMs: AT, rows: 0, sameSinceMs: AT, ...change };
}

it('keeps the last look at each window of a model', () => {
  const stores = memoryStores();
  const model = registeredModel(stores);
  const other = registeredModel(stores, { slug: 'other' });
  const landed = look(1, { state: 'landed', rows: 7, atMs: AT + 5 });

  stores.looks.put(model.id, [look(2), look(1), look(0)]);
  stores.looks.put(model.id, [landed]);

  expect(stores.looks.between(model.id, day(0).startMs, day(2).startMs)).toEqual([look(0), landed]);
  expect(stores.looks.between(model.id, 0, day(9).startMs, ['late', 'missing'])).toEqual([look(0), look(2)]);
  expect(stores.looks.between(other.id, 0, day(9).startMs)).toEqual([]);
});

it('keeps what is told at registration, and an importance that is told later', () => {
  const stores = memoryStores();
  const importanceSource = { location: '/data/importance.csv', format: 'csv' } as const;
  const model = registeredModel(stores, { slug: 'ranked', queryColumn: 'query', importanceSource });
  const age = { name: 'age', role: 'feature', kind: 'numeric', type: 'DOUBLE' } as const;

  stores.models.putColumns(model.id, [age], []);
  stores.models.setImportance(model.id, { age: 0.7, gone: 0.3 });

  expect(stores.models.bySlug('ranked')).toMatchObject({ queryColumn: 'query', importanceSource });
  expect(stores.models.columns(model.id)).toEqual([{ ...age, importance: 0.7 }]);
});
