import { describe, expect, it } from 'vitest';
import type { Detection } from '../../src/domain/anomaly.ts';
import type { LedgerEntry } from '../../src/domain/finding.ts';
import { seriesName } from '../../src/domain/series.ts';
import { day, detectionsOf, seriesKey } from '../builders/detections.ts';
import { memoryStores, registeredModel } from './memory-stores.ts';

const FAR = Date.UTC(2100, 0, 1);
const carrierKey = seriesKey({ column: 'carrier', statistic: 'share[ORD]' });

function placeOf({ series, window }: Detection): string {
  return `${seriesName(series)} ${window.key}`;
}

describe('detections', () => {
  it.each<[string, Partial<Detection>]>([
    ['a quiet one', {}],
    ['an anomaly', { isAnomaly: true, rule: 'band', score: 0.97 }],
    ['one without value', { value: null, rows: 0, isAnomaly: true, rule: 'no_rows' }],
    ['one with its rarity', { severity: 2.5, tail: 0.0006, nominalTail: 0.0003 }],
    ['one of a segment', { series: seriesKey({ segment: 'DE' }) }],
    ['one of a share', { series: carrierKey }],
  ])('come back as they were stored: %s', (_case, overrides) => {
    const stores = memoryStores();
    const { id } = registeredModel(stores);
    const detection = { ...detectionsOf([0])[0], ...overrides } as Detection;

    stores.detections.replaceWindow(id, day(0), [detection], 'paper-1');

    expect(stores.detections.between(id, 0, FAR)).toEqual([detection]);
  });

  it('without history have neither forecast nor score', () => {
    const stores = memoryStores();
    const { id } = registeredModel(stores);
    const young: Detection = { series: seriesKey(), window: day(0), value: 3, rows: 10, isAnomaly: false };

    stores.detections.replaceWindow(id, day(0), [young], 'paper-1');

    expect(stores.detections.between(id, 0, FAR)).toEqual([young]);
  });

  it('tell how rare each window of a column was, by one detector, in time order', () => {
    const stores = memoryStores();
    const { id } = registeredModel(stores);
    const rare = [{}, { tail: 0.5 }, { tail: 0.2, nominalTail: 0.1, isAnomaly: true, rule: 'band' as const }];
    for (const place of [2, 0, 1]) {
      const detection = { ...detectionsOf([0, 0, 0])[place], ...rare[place] } as Detection;
      stores.detections.replaceWindow(id, day(place), [detection], 'ours');
    }
    stores.detections.replaceWindow(
      id,
      day(3),
      [{ ...detectionsOf([0, 0, 0, 0])[3], tail: 0.3 } as Detection],
      'other',
    );

    const found = stores.detections.tails(id, { column: 'age', detector: 'ours', fromMs: 0, toMs: FAR });

    const series = { segment: '', statistic: 'mean' };
    expect(found).toEqual([
      { ...series, windowStartMs: day(1).startMs, tail: 0.5, nominalTail: 0.5, isAnomaly: false },
      { ...series, windowStartMs: day(2).startMs, tail: 0.2, nominalTail: 0.1, isAnomaly: true },
    ]);
    const none = { column: 'nobody', detector: 'ours', fromMs: 0, toMs: FAR };
    expect(stores.detections.tails(id, none)).toEqual([]);
  });

  it('come by series, then time, within the range', () => {
    const stores = memoryStores();
    const { id } = registeredModel(stores);
    const age = detectionsOf([0, 1, 0, 1]);
    const carrier = detectionsOf([0, 0, 1, 0], carrierKey);
    for (const index of [3, 1, 0, 2]) {
      const ofDay = [carrier[index], age[index]].filter((detection) => detection !== undefined);
      stores.detections.replaceWindow(id, day(index), ofDay, 'paper-1');
    }

    const found = stores.detections.between(id, day(1).startMs, day(3).startMs);

    expect(found.map(placeOf)).toEqual([
      'age.mean 2026-01-02',
      'age.mean 2026-01-03',
      'carrier.share[ORD] 2026-01-02',
      'carrier.share[ORD] 2026-01-03',
    ]);
    expect(stores.detections.ofSeries(id, [carrierKey], 0, FAR)).toEqual(carrier);
    expect(stores.detections.ofSeries(id, [seriesKey({ column: 'nobody' })], 0, FAR)).toEqual([]);
  });

  it('of one window are replaced as a whole, those of other models stay', () => {
    const stores = memoryStores();
    const { id } = registeredModel(stores);
    const other = registeredModel(stores, { slug: 'other' });
    const [first] = detectionsOf([0]);
    const [carrier] = detectionsOf([1], carrierKey);
    if (first === undefined || carrier === undefined) throw new Error('no detection');
    for (const model of [id, other.id]) stores.detections.replaceWindow(model, day(0), [first, carrier], 'paper-1');

    stores.detections.replaceWindow(id, day(0), [first], 'paper-2');

    expect(stores.detections.between(id, 0, FAR)).toEqual([first]);
    expect(stores.detections.between(other.id, 0, FAR)).toEqual([first, carrier]);
  });

  it.each<[string, Partial<Detection>]>([
    ['of another window', { window: day(5) }],
    ['of an unknown column', { series: seriesKey({ column: 'nobody' }) }],
    ['that is not a number', { value: Number.NaN }],
    ['whose band is not a number', { forecast: { baseline: 0, lower: Number.NaN, upper: 1 } }],
  ])('refuse one %s and change nothing', (_case, overrides) => {
    const stores = memoryStores();
    const { id } = registeredModel(stores);
    const detections = detectionsOf([0]);
    stores.detections.replaceWindow(id, day(0), detections, 'paper-1');

    const wrong = { ...detections[0], ...overrides } as Detection;

    expect(() => stores.detections.replaceWindow(id, day(0), [wrong], 'paper-1')).toThrow(
      expect.objectContaining({ code: 'store.failed' }),
    );
    expect(stores.detections.between(id, 0, FAR)).toEqual(detections);
  });
});

describe('the ledger', () => {
  const entry: LedgerEntry = {
    series: seriesKey(),
    window: day(0),
    filter: 'severity',
    isKept: false,
    measure: 1.1,
    threshold: 1.3,
    forecast: { baseline: 0, lower: -1, upper: 1 },
  };
  const { forecast: _none, ...outage } = { ...entry, filter: 'duration', isKept: true, series: carrierKey };

  it('keeps the entries of a window in their order and replaces them as a whole', () => {
    const stores = memoryStores();
    const { id } = registeredModel(stores);
    stores.ledger.replaceWindow(id, day(0), [outage, entry]);
    stores.ledger.replaceWindow(id, day(1), [{ ...entry, window: day(1) }]);

    expect(stores.ledger.window(id, day(0))).toEqual([outage, entry]);
    stores.ledger.replaceWindow(id, day(0), [entry]);
    expect(stores.ledger.window(id, day(0))).toEqual([entry]);
    expect(stores.ledger.window(id, day(1))).toHaveLength(1);
    expect(stores.ledger.window(id, day(2))).toEqual([]);
  });

  it('of one model is not that of another', () => {
    const stores = memoryStores();
    const { id } = registeredModel(stores);
    const other = registeredModel(stores, { slug: 'other' });
    stores.ledger.replaceWindow(id, day(0), [entry]);

    stores.ledger.replaceWindow(other.id, day(0), []);

    expect(stores.ledger.window(id, day(0))).toEqual([entry]);
    expect(stores.ledger.window(other.id, day(0))).toEqual([]);
  });
});
