import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../src/db/index.ts';
import { OUTAGE_DEPARTURE } from '../../src/domain/departure.ts';
import { COMMAND_LINE, type UserId } from '../../src/domain/identifiers.ts';
import type { Label } from '../../src/domain/label.ts';
import type { Model } from '../../src/domain/model.ts';
import type { SeriesStatistic } from '../../src/domain/statistic.ts';
import { bringLabels, labelLine, parseLabelLines } from '../../src/feedback/index.ts';
import { day, seriesKey } from '../builders/detections.ts';
import { label, seen } from '../builders/labels.ts';
import { NOW } from '../builders/reports.ts';
import { fakeClock, memoryDatabase, registeredModel } from '../builders/stores.ts';

const HOUR_MS = 3_600_000;
let database: Database;
let model: Model;

beforeEach(() => {
  database = memoryDatabase();
  model = registeredModel(database.stores);
});

afterEach(() => database.close());

function bring(change: Partial<Label>, mark = '') {
  const file = 'labels.jsonl';
  const labels = parseLabelLines(`${mark}${labelLine(label(change))}\r\n`, file);
  const { stores } = database;
  return bringLabels({ stores, clock: fakeClock() }, { labels, modelOf: () => model, file, by: COMMAND_LINE });
}

describe('labels of another database', () => {
  it.each([
    ['a day that is to come', { window: day(33) }, 'a window that has begun'],
    ['a word of the future', { at: NOW + 2 * HOUR_MS }, 'a word of the past'],
  ])('are refused where they are of %s, after which no vote would be the newest', (_, change, expected) => {
    expect(() => bring(change)).toThrow(`Expected in line 1 of labels.jsonl ${expected}, got `);
    expect(database.stores.labels.of(model.id)).toEqual([]);
  });

  it('are taken from a machine whose clock is a little ahead', () => {
    expect(bring({ at: NOW + HOUR_MS / 2 })).toHaveLength(1);
  });

  it('are refused where they are of no statistic, which nothing would ever be judged by', () => {
    const of = (statistic: string) => bring({ series: seriesKey({ statistic: statistic as SeriesStatistic }) });

    expect(() => of('meen')).toThrow(
      'line 1 of labels.jsonl: series.statistic: no statistic that there is, nor share[category]',
    );
    expect(of('share[ORD]')).toHaveLength(1);
  });

  it.each([
    [
      'a context',
      seen(3, { sign: 1e300 }),
      'seen.context.0: no detector gives such a number; it lies within -10 and 10',
    ],
    ['evidence', seen(-1e308), 'seen.evidence: no detector gives such a number; it lies within -100 and 100'],
  ])('are refused where they have %s that no detector gives, which would stop all learning', (_, given, expected) => {
    expect(() => bring({ seen: given })).toThrow(`line 1 of labels.jsonl: ${expected}`);
  });

  it.each([
    ['a feature as the score', { role: 'score' }, 'the role that age of churn has, feature, got score'],
    ['traffic as a feature', { column: '*' }, 'the role that * of churn has, traffic, got feature'],
  ] as const)('are refused where they are of %s', (_, of, expected) => {
    expect(() => bring({ series: seriesKey(of) })).toThrow(`Expected in line 1 of labels.jsonl ${expected}. Mend `);
  });

  it.each([
    ['were said before time began', { at: -1 }, 'at: before 1970, when nobody said anything'],
    [
      'have an incident with a name as long as a book',
      { incident: 'x'.repeat(1_000_000) },
      'incident: longer than the ',
    ],
  ])('are refused where they %s', (_, change, expected) => {
    expect(() => bring(change)).toThrow(`line 1 of labels.jsonl: ${expected}`);
  });

  it('are taken of an outage, which goes further than any number', () => {
    expect(bring({ seen: { ...seen(3), departure: { size: OUTAGE_DEPARTURE } } })).toHaveLength(1);
  });

  it('are refused where who said so has no id, as every channel would be called by it', () => {
    expect(() => bring({ by: ['<!channel>' as UserId] })).toThrow('line 1 of labels.jsonl: by.0: ');
  });

  it('keep how far they went, and need not know it, as older exports do not', () => {
    const departure = { size: 3.5, left: 0.4 };

    const [known] = bring({ seen: { ...label().seen, departure } });
    const [unknown] = bring({ window: day(29) });

    const kept = database.stores.labels
      .of(model.id)
      .flatMap(({ windows }) => windows.map(({ seen }) => seen.departure));
    expect([known, unknown].every((one) => one !== undefined)).toBe(true);
    expect(kept).toEqual([departure, undefined]);
  });

  it('are no news a second time, beside what another person said of the same windows', () => {
    expect(bring({})).toHaveLength(1);
    expect(bring({ by: ['U0BEN0001' as UserId] })).toHaveLength(1);

    expect(bring({})).toEqual([]);
  });

  it('are one where they stand twice in a file', () => {
    expect(bring({}, `${labelLine(label())}\n`)).toHaveLength(1);
  });

  it('are taken anew where a line was mended', () => {
    bring({});

    expect(bring({ verdict: 'real' })).toHaveLength(1);
  });

  it('are read from a file that begins with the mark of its encoding', () => {
    expect(bring({}, '\uFEFF')).toHaveLength(1);
  });
});
