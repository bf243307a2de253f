import { describe, expect, it } from 'vitest';
import type { Mute, MutedLevel } from '../../src/domain/mute.ts';
import { seriesKey } from '../builders/detections.ts';
import { ANNA, AT, memoryStores, openBelow, registeredModel } from './memory-stores.ts';

const HOUR_MS = 3_600_000;
const level: MutedLevel = {
  series: seriesKey(),
  value: 12,
  forecast: { baseline: 5, lower: 4, upper: 6 },
  rule: 'band',
};
const gone: MutedLevel = { series: seriesKey({ column: 'plan', statistic: 'coverage' }), value: null, rule: 'no_rows' };

describe('mutes of a part of a model', () => {
  function withMute(overrides: Partial<Mute>) {
    const stores = memoryStores();
    const { id: modelId } = registeredModel(stores);
    const mute: Mute = { modelId, by: ANNA, startMs: AT, untilMs: AT + HOUR_MS, ...overrides };
    return { store: stores.mutes, modelId, mute, id: stores.mutes.put(mute) };
  }

  it.each([
    { segment: 'DE' },
    { column: 'age' },
    { column: 'plan', statistic: 'share[gold]' },
    { segment: '', column: 'age', statistic: 'mean', pattern: 'level shift' },
  ] as const)('keep what they are about: %o', (scope) => {
    const { store, modelId, mute, id } = withMute({ scope });

    expect(store.inForce(modelId, AT)).toEqual([{ ...mute, id }]);
  });

  it('do not silence the model, nor mask its windows', () => {
    const { store, modelId } = withMute({ scope: { column: 'age' } });

    expect(store.active(modelId, AT)).toBeUndefined();
    expect(store.spans(modelId, AT - HOUR_MS, AT + HOUR_MS)).toEqual([]);
  });

  it('keep the levels that have not changed, until none is left', () => {
    const { store, modelId, id } = withMute({ untilChange: { ratio: 0.5, levels: [level, gone] } });
    expect(store.active(modelId, AT)).toBeUndefined();
    expect(store.inForce(modelId, AT)[0]?.untilChange?.levels).toEqual([level, gone]);

    store.setLevels(id, [gone]);

    expect(store.inForce(modelId, AT)[0]?.untilChange).toEqual({ ratio: 0.5, levels: [gone] });
  });

  it('are ended one by one, and found by when they ended', () => {
    const { store, modelId, mute, id } = withMute({ scope: { column: 'age' } });
    const other = store.put({ ...mute, scope: { column: 'plan' } });

    expect(store.end(modelId, AT + 5, [other])).toBe(1);

    expect(store.inForce(modelId, AT + 5).map((each) => each.id)).toEqual([id]);
    expect(store.ended(modelId, AT, AT + 5)).toMatchObject([{ id: other, endedAt: AT + 5 }]);
    expect(store.ended(modelId, AT + 5, AT + HOUR_MS).map((each) => each.id)).toEqual([id]);
    expect(store.ended(modelId, AT + HOUR_MS, AT + 2 * HOUR_MS)).toEqual([]);
  });
});

describe('what an owner has set for a model', () => {
  it('is kept, replaced and taken away', () => {
    const stores = memoryStores();
    const { id } = registeredModel(stores);
    const calibrated = { setting: 'minimumRarity', value: 5_000, at: AT, windows: 90, replayedPerMonth: 1.5 } as const;
    stores.models.setFilters(id, { minimumRows: 100 });
    expect(stores.models.byId(id)?.filters).toEqual({ minimumRows: 100 });

    stores.models.setFilters(id, { minimumSeverity: 2 });
    stores.models.setBudget(id, { reportsPerMonth: 2, calibrated });

    expect(stores.models.byId(id)).toMatchObject({
      filters: { minimumSeverity: 2 },
      budget: { reportsPerMonth: 2, calibrated },
    });
    stores.models.setBudget(id, undefined);
    expect(stores.models.byId(id)?.budget).toBeUndefined();
  });

  it('is refused where it is out of range, also when it comes from a damaged row', () => {
    const { client, stores } = openBelow();
    const { id } = registeredModel(stores);

    expect(() => stores.models.setFilters(id, { minimumTrafficRatio: 3 })).toThrow(/a filter setting is out of range/);
    client.sqlite.exec(`update models set filters = '{"minimumRows": 1.5}'`);
    expect(() => stores.models.byId(id)).toThrow(/readable row/);
  });
});
