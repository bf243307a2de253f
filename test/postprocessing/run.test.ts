import { describe, expect, it } from 'vitest';
import type { FilterOverrides } from '../../src/domain/filter-settings.ts';
import type { UntilChange } from '../../src/domain/mute.ts';
import { NOTHING_SAID, type SaidOfSeries } from '../../src/domain/said.ts';
import { paperFilterSettings, runPostprocessing } from '../../src/postprocessing/index.ts';
import { day, detectionsOf, seriesKey } from '../builders/detections.ts';
import { ANNA, AT, memoryStores, registeredModel } from '../db/memory-stores.ts';

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

describe('what people said of series', () => {
  /** A column that leaves its band of one on the second day and stays out. */
  function judged(values: readonly number[]) {
    const stores = memoryStores();
    const model = registeredModel(stores, { zone: 'UTC' });
    const judge = (last: number, said?: SaidOfSeries) => {
      const detections = detectionsOf(values).slice(last, last + 1);
      stores.detections.replaceWindow(model.id, day(last), detections, 'd');
      return runPostprocessing(
        { stores, settings: paperFilterSettings, ...(said && { said: () => said }) },
        { model, window: day(last), now: AT },
      );
    };
    return { stores, model, judge };
  }
  const mute = { by: ANNA, startMs: AT, untilMs: AT + 1_000 };

  it('holds what is muted, with a row in the ledger, and tells the rest', () => {
    const { stores, model, judge } = judged([0, 5, 5]);
    stores.mutes.put({ ...mute, modelId: model.id, scope: { column: 'age' }, reason: 'known' });

    const [, , result] = [judge(0), judge(1), judge(2)];

    expect(result.isFiring).toBe(false);
    expect(result.findings).toEqual([]);
    expect(result.held).toMatchObject([{ heldBy: 'mute', note: 'by U0ANNA: known', severity: 5 }]);
    expect(stores.ledger.window(model.id, day(2)).at(-1)).toMatchObject({
      ...{ filter: 'mute', isKept: false, measure: 1, threshold: 0, note: 'by U0ANNA: known' },
    });
  });

  it.each([
    [{ column: 'plan' }, true],
    [{ column: 'age', statistic: 'coverage' }, true],
    [{ column: 'age', pattern: 'spike' }, true],
    [{ column: 'age', pattern: 'developing' }, false],
    [{ segment: '' }, false],
  ] as const)('tells age mean, which is developing, under a mute of %o: %s', (scope, isFiring) => {
    const { stores, model, judge } = judged([0, 5, 5]);
    stores.mutes.put({ ...mute, modelId: model.id, scope });

    expect([judge(0), judge(1), judge(2)].at(-1)?.isFiring).toBe(isFiring);
  });

  it('ends a mute until it changes for the series that has left its level, and tells that one on the same day', () => {
    const { stores, model, judge } = judged([0, 5, 5, 6, 9]);
    const untilChange: UntilChange = {
      ratio: 0.5,
      levels: [{ series: seriesKey(), value: 5, forecast: { baseline: 0, lower: -0.5, upper: 0.5 }, rule: 'band' }],
    };
    for (const last of [0, 1, 2]) judge(last);
    stores.mutes.put({ ...mute, modelId: model.id, untilChange });

    expect(judge(3).isFiring).toBe(false);
    expect(judge(4).isFiring).toBe(true);
    expect(stores.mutes.inForce(model.id, AT)).toEqual([]);
    expect(stores.mutes.ended(model.id, AT - 1, AT)).toHaveLength(1);
  });

  it('holds what was expected once in its windows, and what was quieted about as far and half as long again', () => {
    const { judge } = judged([0, 6, 6, 6, 6]);
    const DAY_MS = 86_400_000;
    const pattern = { series: seriesKey(), direction: 'up', untilMs: AT + 1, longestMs: DAY_MS, by: ANNA } as const;
    const said = (overrides: Partial<SaidOfSeries>) => ({ ...NOTHING_SAID, ...overrides });
    const mark = { scope: { column: 'age' }, by: ANNA };
    for (const last of [0, 1]) judge(last);

    const fires = (overrides: Partial<SaidOfSeries>, last = 2): boolean => judge(last, said(overrides)).isFiring;

    expect(fires({ expectedOnce: [{ ...mark, startMs: day(2).startMs, endMs: day(2).endMs }] })).toBe(false);
    expect(fires({ expectedOnce: [{ ...mark, startMs: day(1).startMs, endMs: day(1).endMs }] })).toBe(true);
    expect(fires({ quieted: [{ ...pattern, departure: { size: 4 } }] })).toBe(false);
    expect(fires({ quieted: [{ ...pattern, departure: { size: 3.9 } }] })).toBe(true);
    expect(fires({ quieted: [{ ...pattern, departure: { size: 9 } }] })).toBe(false);
    expect(fires({ quieted: [{ ...pattern, departure: { size: 9.1 } }] })).toBe(true);
    // Of several votes the smallest and the largest count.
    expect(fires({ quieted: [9.1, 3.9].map((size) => ({ ...pattern, departure: { size } })) })).toBe(false);
    expect(fires({ quieted: [pattern] })).toBe(false);
    expect(fires({ quieted: [{ ...pattern, departure: { size: 4 }, direction: 'down' }] })).toBe(true);
    expect(fires({ quieted: [{ ...pattern, departure: { size: 4 }, untilMs: AT }] })).toBe(true);
    // Two windows are no longer than what a vote of the first day saw; the third is.
    expect(fires({ quieted: [{ ...pattern, departure: { size: 4 } }] }, 3)).toBe(true);
    expect(fires({ quieted: [{ ...pattern, departure: { size: 4 }, longestMs: 2 * DAY_MS }] }, 3)).toBe(false);
    expect(fires({ quieted: [{ ...pattern, departure: { size: 4 }, longestMs: 2 * DAY_MS }] }, 4)).toBe(true);
  });

  it('holds the two windows that a quiet pattern takes to fade, and tells what stays after it or comes without it', () => {
    const pattern = { series: seriesKey(), direction: 'up', untilMs: AT + 1, longestMs: 86_400_000, by: ANNA } as const;
    const fires = (values: readonly number[]): boolean => {
      const { judge } = judged(values);
      for (const last of values.keys()) if (last < values.length - 1) judge(last);
      return judge(values.length - 1, { ...NOTHING_SAID, quieted: [{ ...pattern, departure: { size: 6 } }] }).isFiring;
    };

    expect(fires([0, 6, 6, 2])).toBe(false);
    expect(fires([0, 6, 6, 2, 2])).toBe(false);
    expect(fires([0, 6, 6, 2, 2, 2])).toBe(true);
    expect(fires([0, 6, 6, 10])).toBe(true);
    expect(fires([0, 2, 2])).toBe(true);
  });

  it('asks what the owner has set for the model', () => {
    const { stores, model, judge } = judged([0, 5, 5]);
    for (const last of [0, 1]) judge(last);
    const withFilters = (filters: FilterOverrides) => {
      stores.detections.replaceWindow(model.id, day(2), detectionsOf([0, 5, 5]).slice(2), 'd');
      return runPostprocessing(
        { stores, settings: paperFilterSettings },
        { model: { ...model, filters }, window: day(2), now: AT },
      );
    };

    expect(withFilters({}).isFiring).toBe(true);
    expect(withFilters({ minimumSeverity: 5.1 }).isFiring).toBe(false);
    expect(withFilters({ minimumRows: 1_001 }).isFiring).toBe(false);
  });
});
