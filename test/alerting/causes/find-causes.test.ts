import { describe, expect, it } from 'vitest';
import { type Cause, type CauseInput, findCauses, plainCauseLine } from '../../../src/alerting/causes/index.ts';
import type { Column } from '../../../src/domain/column.ts';
import type { StoredFinding } from '../../../src/domain/finding.ts';
import type { FindingId, ModelId } from '../../../src/domain/identifiers.ts';
import type { SeriesKey } from '../../../src/domain/series.ts';
import { seriesName } from '../../../src/domain/series.ts';
import { createSeededRandom } from '../../../src/platform/random.ts';
import { day, seriesKey } from '../../builders/detections.ts';
import { anomaly, finding } from '../../builders/reports.ts';

let nextId = 1;

/** A departure of one series that began on a day. */
function departure(
  key: Partial<SeriesKey>,
  change: {
    readonly on?: number;
    readonly value?: number | null;
    readonly severity?: number;
    readonly tail?: number;
  } = {},
): StoredFinding {
  const { on = 30, value = 512, severity = 2, tail } = change;
  const worst = anomaly({
    series: seriesKey(key),
    window: day(on),
    value,
    forecast:
      key.statistic === 'coverage' ? { baseline: 1, lower: 0.98, upper: 1 } : { baseline: 724, lower: 700, upper: 745 },
    ...(tail === undefined ? {} : { tail }),
  });
  nextId += 1;
  return finding({ id: nextId as FindingId, from: day(on), to: day(on + 1), anomalies: [worst], worst, severity });
}

/** A column without a value left. */
function outage(column: string, on = 30, rule: 'all_missing' | 'column_vanished' = 'all_missing'): StoredFinding {
  const worst = anomaly({ series: seriesKey({ column, statistic: 'coverage' }), window: day(on), value: 0, rule });
  nextId += 1;
  return finding({
    id: nextId as FindingId,
    from: day(on),
    to: day(on),
    anomalies: [worst],
    worst,
    rule,
    pattern: 'outage',
  });
}

function features(names: readonly string[], importance: Readonly<Record<string, number>> = {}): Column[] {
  return names.map((name) => ({
    name,
    role: 'feature',
    kind: 'numeric',
    ...(importance[name] === undefined ? {} : { importance: importance[name] }),
  }));
}

const MANY = features([
  ...['profile_age', 'profile_city', 'profile_income', 'profile_tenure'],
  ...Array.from({ length: 20 }, (_, index) => `basket_item${index}`),
  ...['clicks', 'views', 'price', 'discount', 'weight', 'rating'],
]);

function causesOf(findings: readonly StoredFinding[], input: Partial<CauseInput> = {}): readonly Cause[] {
  return findCauses({ findings, columns: MANY, events: [], pastDeviations: new Map(), ...input });
}

function linesOf(causes: readonly Cause[]): string[] {
  return causes.map((cause) => plainCauseLine(cause, 'UTC'));
}

describe('likely causes', () => {
  it('takes nine sensors that fail together for one upstream cause, as in a station that loses power', () => {
    const sensors = ['co', 'nmhc', 'c6h6', 'nox', 'no2', 'o3', 'temperature', 'humidity', 'pressure'];
    const columns = features([...sensors, 'wind', 'rain', 'hour']);

    const causes = causesOf(
      sensors.map((sensor) => outage(sensor)),
      { columns },
    );

    expect(linesOf(causes)).toEqual([
      'Upstream of the model: 9 features, one cause: all null since Sat 31 Jan 2026: c6h6, co, humidity +6',
    ]);
  });

  it('names the source by what the columns begin with', () => {
    const lost = ['profile_age', 'profile_city', 'profile_income'].map((column) => outage(column));

    expect(linesOf(causesOf(lost))).toEqual(['3 features, one cause: all null since Sat 31 Jan 2026, prefix profile_']);
  });

  it('keeps apart what began at another time, and what looks otherwise', () => {
    const causes = causesOf([
      outage('clicks'),
      outage('views', 20),
      departure({ column: 'price' }, { value: 940 }),
      departure({ column: 'discount', statistic: 'standard_deviation' }, { value: 310 }),
    ]);

    expect(causes.map(({ findings }) => findings.length)).toEqual([1, 1, 1, 1]);
    expect(causes.every(({ links }) => links.length === 0)).toBe(true);
  });

  it('joins neighbours in time, window by window', () => {
    const causes = causesOf([outage('clicks', 30), outage('views', 31), outage('price', 33)]);

    expect(causes.map(({ findings }) => findings.length)).toEqual([2, 1]);
  });

  it('sees a change of unit in several columns', () => {
    const causes = causesOf([
      departure({ column: 'price' }, { value: 72_400 }),
      departure({ column: 'weight' }, { value: 70_900 }),
      departure({ column: 'rating' }, { value: 7.1 }),
    ]);

    expect(linesOf(causes)).toContain(
      '2 features, one cause: about 100 times as large, as after a change of unit since Sat 31 Jan 2026: price, weight',
    );
    expect(linesOf(causes)[1]).toMatch(/^Rating mean is 1\/102 of what was expected since/);
  });

  it('says that the same rows lost their values', () => {
    const coverage = (column: string, value: number) => departure({ column, statistic: 'coverage' }, { value });

    expect(linesOf(causesOf([coverage('price', 0.881), coverage('weight', 0.88)]))).toEqual([
      '2 features, one cause: the same 12 % of the rows lost their values since Sat 31 Jan 2026: price, weight',
    ]);
    expect(linesOf(causesOf([coverage('price', 0.88), coverage('weight', 0.4)]))[0]).toContain('values lost since');
  });

  it('blames a deploy of that time for whatever began with it', () => {
    const deploy = {
      modelId: 1 as ModelId,
      startMs: day(29).startMs,
      endMs: day(29).endMs,
      kind: 'deploy',
      text: 'v42',
    } as const;
    const found = [
      departure({ column: 'price' }, { value: 940 }),
      departure({ column: 'rating', statistic: 'standard_deviation' }),
    ];

    const [cause, ...others] = causesOf(found, { events: [deploy] });

    expect(others).toEqual([]);
    expect(cause?.links).toContain('deploy');
    expect(plainCauseLine(cause as Cause, 'UTC')).toContain('at the time of the deploy “v42”');
    expect(causesOf(found, { events: [{ ...deploy, startMs: day(20).startMs }] })).toHaveLength(2);
  });

  it('joins series that have always deviated together, and only those', () => {
    const random = createSeededRandom(5);
    const shared = Array.from({ length: 40 }, () => random.normal());
    const like = (weight: number) => Float64Array.from(shared, (value) => weight * value + 0.4 * random.normal());
    const [a, b, c] = [
      departure({ column: 'price' }, { value: 940 }),
      departure({ column: 'weight', statistic: 'standard_deviation' }),
      departure({ column: 'rating', statistic: 'q95' }),
    ] as const;
    const deviations = new Map([
      [seriesName(a.series), like(1)],
      [seriesName(b.series), like(-1)],
      [seriesName(c.series), like(1)],
    ]);

    const causes = causesOf([a, b, c], { pastDeviations: deviations });

    expect(causes.map(({ findings }) => findings.map(({ series }) => series.column).toSorted())).toEqual([
      ['price', 'rating'],
      ['weight'],
    ]);
    expect(plainCauseLine(causes[0] as Cause, 'UTC')).toContain('they have always deviated together');
  });

  it('never takes the score for a cause, and puts what moved it first', () => {
    const score = departure({ column: 'score', role: 'score' }, { on: 30, severity: 5 });
    const early = departure({ column: 'clicks' }, { on: 20, severity: 3, value: 940 });
    const withIt = departure({ column: 'views' }, { on: 30, severity: 2 });

    const causes = causesOf([score, early, withIt]);

    expect(causes.map(({ findings }) => findings[0]?.series.column)).toEqual(['views', 'clicks']);
  });

  it('puts the important feature first where importance was told', () => {
    const columns = features(['clicks', 'price'], { clicks: 0.1, price: 0.9 });

    const causes = causesOf(
      [departure({ column: 'clicks' }, { severity: 4, value: 940 }), departure({ column: 'price' }, { severity: 2 })],
      { columns },
    );

    expect(causes.map(({ findings }) => findings[0]?.series.column)).toEqual(['price', 'clicks']);
  });

  it('gives a group the tail probability of Simes, and none where one is unknown', () => {
    const tails = [0.01, 0.04, 0.03].map((tail, index) => departure({ column: `basket_item${index}` }, { tail }));

    expect(causesOf(tails)[0]?.tail).toBeCloseTo(0.03, 10);
    expect(causesOf([...tails, departure({ column: 'basket_item9' })])[0]?.tail).toBeUndefined();
  });

  it('is the same in whatever order the findings come, and has each of them once', () => {
    const found = [
      outage('profile_age'),
      outage('profile_city'),
      departure({ column: 'price' }, { value: 940 }),
      departure({ column: 'price', statistic: 'q95' }, { value: 940, severity: 3 }),
      departure({ column: 'rating' }, { on: 12 }),
    ];

    expect(causesOf(found.toReversed())).toEqual(causesOf(found));
    expect(causesOf(found).flatMap(({ findings }) => findings)).toHaveLength(found.length);
    expect(causesOf([])).toEqual([]);
  });

  it('takes ten thousand findings in well under a second', () => {
    const ofDay = Array.from({ length: 60 }, (_, on) => departure({}, { on }));
    const found = Array.from({ length: 10_000 }, (_, index): StoredFinding => {
      const like = ofDay[index % ofDay.length] ?? departure({});
      return { ...like, series: seriesKey({ column: `c${index}`, statistic: index % 2 === 0 ? 'mean' : 'q95' }) };
    });
    const began = performance.now();

    const causes = causesOf(found);

    expect(performance.now() - began).toBeLessThan(2_000);
    expect(causes.flatMap(({ findings }) => findings)).toHaveLength(10_000);
  });
});
