import { describe, expect, it } from 'vitest';
import { createStores } from '../../src/db/stores/create-stores.ts';
import type { DriftbellError } from '../../src/domain/errors.ts';
import type { Model } from '../../src/domain/model.ts';
import type { Stores } from '../../src/ports/stores.ts';
import { day } from '../builders/detections.ts';
import { ANNA, AT, BORIS, memoryStores, openBelow, registeredModel, settings } from './memory-stores.ts';

const full = settings({
  owners: [ANNA, BORIS],
  source: { location: '/data/flights.csv', format: 'csv' },
  granularity: 'hour',
  scoreColumn: 'score',
  labelColumn: 'delay',
  queryColumn: 'search',
  segmentColumn: 'carrier',
  features: ['distance', 'origin'],
  declaredKinds: { origin: 'categorical' },
  defaults: { distance: 0, origin: '', weekend: false },
  group: 'flights',
  importanceSource: { location: '/data/importance.csv', format: 'csv' },
});

describe('models', () => {
  it.each([
    ['everything said', full],
    ['only what must be said', settings()],
  ])('come back as they were registered: %s', (_case, given) => {
    const { models } = memoryStores();

    const inserted = models.insert(given, ANNA, AT);

    expect(inserted).toEqual({ ...given, id: 1, revision: 1, registeredAt: AT, registeredBy: ANNA });
    expect(models.byId(inserted.id)).toEqual(inserted);
    expect(models.bySlug(given.slug)).toEqual(inserted);
  });

  it('are unknown by other slugs and ids', () => {
    const { models } = memoryStores();

    expect(models.bySlug('delays')).toBeUndefined();
    expect(models.byId(1 as Model['id'])).toBeUndefined();
  });

  it('refuse a slug that is taken', () => {
    const { models } = memoryStores();
    models.insert(settings(), ANNA, AT);

    expect(() => models.insert(settings(), BORIS, AT)).toThrow(expect.objectContaining({ code: 'model.exists' }));
  });

  it('are listed by slug without those that are retired', () => {
    const { client, stores } = openBelow();
    for (const slug of ['b', 'c', 'a']) stores.models.insert(settings({ slug }), ANNA, AT);
    client.sqlite.exec(`update models set retired_at = ${AT} where slug = 'c'`);

    expect(stores.models.list().map(({ slug }) => slug)).toEqual(['a', 'b']);
    expect(stores.models.bySlug('c')?.retiredAt).toBe(AT);
  });

  it.each([
    ['owners', 'not json', /row 1 of the table models/],
    ['declared_kinds', '{"age":"shape"}', /age/],
  ])('name the row when its %s cannot be read', (column, text, message) => {
    const { client, stores } = openBelow();
    const { id } = stores.models.insert(settings(), ANNA, AT);
    client.sqlite.prepare(`update models set ${column} = ?`).run(text);

    const read = () => stores.models.byId(id);

    expect(read).toThrow(expect.objectContaining({ code: 'store.failed', message: expect.stringMatching(message) }));
  });
});

describe('a list with a model that cannot be read', () => {
  function damaged(onUnreadableModel?: (error: DriftbellError) => void): Stores {
    const { client, stores } = openBelow();
    for (const slug of ['a', 'b']) stores.models.insert(settings({ slug }), ANNA, AT);
    client.sqlite.exec(`update models set owners = '{}' where slug = 'a'`);
    return createStores(client, onUnreadableModel === undefined ? {} : { onUnreadableModel });
  }

  it('goes on with the others and tells of it', () => {
    const told: DriftbellError[] = [];
    const { models } = damaged((error) => told.push(error));

    expect(models.list().map(({ slug }) => slug)).toEqual(['b']);
    expect(told.map(({ message }) => message)).toEqual([expect.stringContaining('row 1 of the table models')]);
  });

  it('throws when nobody is there to be told', () => {
    const { models } = damaged();

    expect(() => models.list()).toThrow(/row 1 of the table models/);
  });
});

describe('columns of a model', () => {
  const age = { name: 'age', role: 'feature', kind: 'numeric', defaultValue: 0 } as const;
  const score = { name: 'score', role: 'score', kind: 'numeric' } as const;
  const id = { name: 'id', type: 'BIGINT', reason: 'an identifier' };

  it('come back in the order they were put', () => {
    const { models } = memoryStores();
    const model = models.insert(settings(), ANNA, AT);

    models.putColumns(model.id, [score, age], [id]);

    expect(models.columns(model.id)).toEqual([score, age]);
    expect(models.leftOut(model.id)).toEqual([id]);
  });

  it('are none before they are put, traffic included', () => {
    const { models } = memoryStores();
    const model = models.insert(settings(), ANNA, AT);

    expect(models.columns(model.id)).toEqual([]);
    expect(models.leftOut(model.id)).toEqual([]);
  });

  it('include traffic when it was put', () => {
    const { models } = memoryStores();
    const model = models.insert(settings(), ANNA, AT);
    const traffic = { name: '*', role: 'traffic' } as const;

    models.putColumns(model.id, [age, traffic], []);

    expect(models.columns(model.id)).toEqual([age, traffic]);
  });

  it('keep their statistics when they disappear from the source and when they come back', () => {
    const { models, statistics } = memoryStores();
    const model = models.insert(settings(), ANNA, AT);
    const row = {
      window: day(0),
      segment: '',
      column: 'age',
      role: 'feature',
      kind: 'numeric',
      rows: 9,
      statistics: { mean: 41 },
      problems: [],
    } as const;
    models.putColumns(model.id, [age, score], []);
    statistics.replaceWindows(model.id, [day(0)], [row]);

    models.putColumns(model.id, [score], []);

    expect(models.columns(model.id)).toEqual([score]);
    expect(statistics.window(model.id, day(0))).toEqual([row]);
    models.putColumns(model.id, [score], [{ name: 'age', type: 'VARCHAR', reason: 'free text' }]);
    expect(statistics.window(model.id, day(0))).toEqual([row]);
    models.putColumns(model.id, [age], []);
    expect(models.columns(model.id)).toEqual([age]);
    expect(models.leftOut(model.id)).toEqual([]);
  });

  it('have the importance that was set last, and none where it was not told', () => {
    const { models } = memoryStores();
    const model = models.insert(settings(), ANNA, AT);
    models.putColumns(model.id, [age, score], []);

    models.setImportance(model.id, { age: 0.25, score: 0.75, gone: 1 });
    expect(models.columns(model.id)).toEqual([
      { ...age, importance: 0.25 },
      { ...score, importance: 0.75 },
    ]);
    models.setImportance(model.id, { score: 1 });

    expect(models.columns(model.id)).toEqual([age, { ...score, importance: 1 }]);
  });

  it('that came later are left out and known as new, until the columns are put again', () => {
    const { models } = memoryStores();
    const model = models.insert(settings(), ANNA, AT);
    models.putColumns(model.id, [age], [id]);
    const city = { name: 'city', type: 'VARCHAR', reason: 'new since 2026-01-30, not watched' };
    const land = { name: 'land', type: 'VARCHAR', reason: 'new since 2026-01-31, not watched' };

    models.putNewColumns(model.id, [city]);
    models.putNewColumns(model.id, [land]);

    expect(models.newColumns(model.id)).toEqual([city, land]);
    expect(models.leftOut(model.id)).toEqual([id, city, land]);
    expect(models.columns(model.id)).toEqual([age]);

    models.putColumns(model.id, [age, { name: 'city', role: 'feature', kind: 'categorical' }], [id]);
    expect(models.newColumns(model.id)).toEqual([]);
    expect(models.columns(model.id).map(({ name }) => name)).toEqual(['age', 'city']);
  });

  it('of one model are not those of another', () => {
    const stores = memoryStores();
    const first = registeredModel(stores, { slug: 'a' });
    const second = registeredModel(stores, { slug: 'b' });

    stores.models.putColumns(second.id, [score], []);

    expect(stores.models.columns(first.id).map(({ name }) => name)).toEqual(['age', 'carrier']);
  });
});
