import { describe, expect, it } from 'vitest';
import { paperFilterSettings, runPostprocessing } from '../../src/postprocessing/index.ts';
import { day, detectionsOf, seriesKey } from '../builders/detections.ts';
import { AT, memoryStores, registeredModel } from '../db/memory-stores.ts';

describe('the filters of a stored window', () => {
  it.each([
    ['below 3 %', 0.029, 0, 'traffic'],
    ['of 3 %', 0.03, 1, 'traffic'],
    ['that is not known', null, 1, undefined],
  ])('take the traffic ratio that is stored: one %s', (_case, ratio, findings, filter) => {
    const stores = memoryStores();
    const model = registeredModel(stores, { zone: 'UTC', group: 'search' });
    const traffic = { window: day(1), segment: '', column: '*', role: 'traffic', rows: 10, problems: [] } as const;
    stores.statistics.replaceWindows(
      model.id,
      [day(1)],
      [{ ...traffic, statistics: { traffic: 10, traffic_ratio: ratio } }],
    );
    const [, detection] = detectionsOf([0, 9], seriesKey(), 'all_missing');
    stores.detections.replaceWindow(model.id, day(1), detection === undefined ? [] : [detection], 'd');

    const result = runPostprocessing({ stores, settings: paperFilterSettings }, { model, window: day(1), now: AT });

    expect(result.findings).toHaveLength(findings);
    const asked = stores.ledger.window(model.id, day(1)).find((entry) => entry.filter === 'traffic');
    expect(asked?.filter).toBe(filter);
  });
});
