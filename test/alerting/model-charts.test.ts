import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { modelStrips } from '../../src/alerting/index.ts';
import { overviewOrder } from '../../src/alerting/overview-order.ts';
import type { SeriesKey } from '../../src/domain/series.ts';
import { parseWindow } from '../../src/domain/window.ts';
import type { Stores } from '../../src/ports/stores.ts';
import { day, detectionsOf, seriesKey } from '../builders/detections.ts';
import { finding } from '../builders/reports.ts';
import { memoryDatabase, registeredModel } from '../builders/stores.ts';

const score = seriesKey({ column: 'score', role: 'score' });
const traffic = seriesKey({ column: '*', role: 'traffic', statistic: 'traffic' });

function order(
  keys: readonly SeriesKey[],
  given: { bad?: readonly SeriesKey[]; importance?: Record<string, number>; most?: number } = {},
) {
  return overviewOrder({
    keys,
    latest: (given.bad ?? []).flatMap((key, index) => detectionsOf([10 - index], key)),
    importance: new Map(Object.entries(given.importance ?? {})),
    most: given.most ?? 12,
  }).map(({ column, statistic }) => `${column} ${statistic}`);
}

describe('what a model shows at a look', () => {
  it('is the score, the traffic, what is outside its band, then what is worth most', () => {
    const keys = ['b', 'a', 'c', 'd'].flatMap((column) => [
      seriesKey({ column }),
      seriesKey({ column, statistic: 'coverage' }),
    ]);

    const shown = order([...keys, traffic, score], {
      bad: [seriesKey({ column: 'd', statistic: 'coverage' })],
      importance: { c: 0.5 },
    });

    expect(shown).toEqual(['score mean', '* traffic', 'd coverage', 'c mean', 'a mean', 'b mean']);
  });

  it('never leaves the score out and never shows a column twice, however many there are', () => {
    const column = fc.string({ minLength: 1, maxLength: 3 }).filter((name) => name !== 'score');
    fc.assert(
      fc.property(fc.uniqueArray(column, { maxLength: 40 }), fc.integer({ min: 1, max: 12 }), (names, most) => {
        const keys = names.flatMap((name) => [
          seriesKey({ column: name }),
          seriesKey({ column: name, statistic: 'q95' }),
        ]);

        const shown = order([...keys, score], { bad: keys, most });

        expect(shown[0]).toBe('score mean');
        expect(shown).toHaveLength(Math.min(most, names.length + 1));
        expect(new Set(shown).size).toBe(shown.length);
      }),
    );
  });
});

/** Thirty days of a score and a report over the last two. */
function fill(stores: Stores, slug: string, zone: string, isFiring: boolean) {
  const model = registeredModel(stores, { slug, zone });
  for (let index = 0; index < 30; index += 1) {
    const row = { window: day(index), segment: '', column: 'score', role: 'score', kind: 'numeric', rows: 9 } as const;
    stores.statistics.replaceWindows(model.id, [day(index)], [{ ...row, statistics: { mean: 0.4 }, problems: [] }]);
  }
  if (isFiring) {
    stores.reports.insert({
      modelId: model.id,
      severity: 'high',
      opened: day(28),
      findings: [finding()],
      extent: { series: 1, severity: 4, word: 'high' },
    });
  }
  return model;
}

describe('the strip of models', () => {
  it('has a row for each model, and a picture for each zone', () => {
    const { stores } = memoryDatabase();
    const models = [
      fill(stores, 'churn', 'UTC', true),
      fill(stores, 'fraud', 'UTC', false),
      registeredModel(stores, { slug: 'new', zone: 'Asia/Tokyo' }),
    ];

    const strips = modelStrips({ stores }, models, day(30).startMs);

    expect(strips.map(({ zone, rows }) => [zone, ...rows.map(({ title, state }) => `${title}: ${state}`)])).toEqual([
      ['UTC', 'churn: firing since 29 Jan', 'fraud: quiet'],
      ['Asia/Tokyo', 'new: quiet'],
    ]);
    expect(strips[0]?.rows[0]?.lead.points).toHaveLength(28);
    expect(strips[0]?.rows[0]?.reports).toEqual([{ startMs: day(28).startMs, endMs: day(28).endMs }]);
    expect(strips[1]?.rows[0]?.lead.points).toEqual([]);
  });

  it('tells of a report by hours since when it is, in few words', () => {
    const { stores } = memoryDatabase();
    const model = registeredModel(stores, { granularity: 'hour' });
    const opened = parseWindow('2026-01-29T07', 'UTC', 'hour');
    stores.reports.insert({ modelId: model.id, severity: 'high', opened, findings: [finding()] });

    const [strip] = modelStrips({ stores }, [model], day(30).startMs);

    expect(strip?.rows[0]?.state).toBe('firing since 29 Jan, 07:00');
  });

  it('says that a model is muted', () => {
    const { stores } = memoryDatabase();
    const model = fill(stores, 'churn', 'UTC', false);
    stores.mutes.put({ modelId: model.id, by: 'U0' as never, startMs: 0, untilMs: day(90).startMs });

    const [strip] = modelStrips({ stores }, [model], day(30).startMs);

    expect(strip?.rows[0]?.state).toBe('muted, quiet');
  });
});
