import { describe, expect, it } from 'vitest';
import type { Detection, DetectionRule } from '../../src/domain/anomaly.ts';
import type { ModelId, MuteId, UserId } from '../../src/domain/identifiers.ts';
import { filterWords } from '../../src/messages/ledger-words.ts';
import {
  EMPTY_CONTEXT,
  type FilterContext,
  findFindings,
  paperFilterSettings,
} from '../../src/postprocessing/index.ts';
import { day, days, seriesKey } from '../builders/detections.ts';

/** Values by day around a narrow band; an absent one is the baseline. */
function detections(
  statistic: 'coverage' | 'missing_rate',
  values: readonly (number | undefined)[],
  of: { readonly rule?: DetectionRule; readonly baseline?: number; readonly column?: string } = {},
): Detection[] {
  const { rule = 'band', baseline = statistic === 'coverage' ? 0.9 : 0.1, column = 'age' } = of;
  return values.map((value, index) => ({
    ...{ series: seriesKey({ statistic, column }), window: day(index), value: value ?? baseline, rows: 1000 },
    forecast: { baseline, lower: baseline - 0.02, upper: baseline + 0.02 },
    isAnomaly: value !== undefined,
    ...(value === undefined ? {} : { rule }),
  }));
}

function find(parts: readonly Detection[][], context: Partial<FilterContext> = {}) {
  return findFindings({
    ...{ detections: parts.flat(), windows: days(parts[0]?.length ?? 0), settings: paperFilterSettings },
    context: { ...EMPTY_CONTEXT, ...context },
  });
}

function told(parts: readonly Detection[][], context: Partial<FilterContext> = {}): string[] {
  return find(parts, context)
    .findings.map(({ series, from, to }) => `${series.column} ${series.statistic} ${from.key}..${to.key}`)
    .toSorted();
}

const NO = undefined;

describe('the coverage and the missing rate of a column', () => {
  it('are one finding, on the missing rate where missing values are all that the coverage lost', () => {
    const parts = [detections('coverage', [NO, NO, 0.6, 0.6]), detections('missing_rate', [NO, NO, 0.4, 0.4])];

    expect(told(parts)).toEqual(['age missing_rate 2026-01-03..2026-01-04']);
    expect(find(parts).isFiring).toBe(true);
  });

  it('are one finding, on the coverage where a default takes part in it', () => {
    const parts = [detections('coverage', [NO, NO, 0.5, 0.5]), detections('missing_rate', [NO, NO, 0.4, 0.4])];

    expect(told(parts)).toEqual(['age coverage 2026-01-03..2026-01-04']);
  });

  it('say in the ledger which of them tells it', () => {
    const { ledger } = find([
      detections('coverage', [NO, NO, 0.6, 0.6]),
      detections('missing_rate', [NO, NO, 0.4, 0.4]),
    ]);

    const yields = ledger.filter(({ filter }) => filter === 'said twice');
    expect(yields).toMatchObject([
      { series: { statistic: 'coverage' }, window: { key: '2026-01-03' }, isKept: false, threshold: 0.1 },
      { series: { statistic: 'coverage' }, window: { key: '2026-01-04' }, isKept: false },
    ]);
    expect(yields[0] && filterWords(yields[0])).toBe('said twice: the missing rate of the column tells it');
  });

  it('keep the one that was told first while it lasts', () => {
    const parts = [
      detections('coverage', [NO, NO, 0, 0.6, 0.6], { rule: 'collapsed' }),
      detections('missing_rate', [NO, NO, NO, 0.4, 0.4]),
    ];

    expect(told(parts)).toEqual(['age coverage 2026-01-03..2026-01-05']);
  });

  it('keep an outage rather than a departure, whatever takes part', () => {
    const outage = detections('coverage', [NO, NO, 0.6, 0.6], { rule: 'collapsed' });

    expect(told([outage, detections('missing_rate', [NO, NO, 0.4, 0.4])])).toEqual([
      'age coverage 2026-01-03..2026-01-04',
    ]);
  });

  it('are two findings where the one goes on without the other', () => {
    const parts = [
      detections('coverage', [NO, 0.6, 0.6, 0.5, 0.5, 0.5]),
      detections('missing_rate', [NO, 0.4, 0.4, NO, NO, NO]),
    ];

    expect(told(parts)).toHaveLength(2);
  });

  it.each([
    ['of other columns', detections('missing_rate', [NO, NO, 0.4, 0.4], { column: 'plan' })],
    ['of other days', detections('missing_rate', [0.4, 0.4, NO, NO])],
  ])('%s do not yield to each other', (_, missing) => {
    expect(told([detections('coverage', [NO, NO, 0.6, 0.6]), missing])).toHaveLength(2);
  });

  it('never yield to what a mute holds', () => {
    const parts = [detections('coverage', [NO, NO, 0.6, 0.6]), detections('missing_rate', [NO, NO, 0.4, 0.4])];
    const mute: FilterContext['mutes'][number] = {
      ...{ id: 1 as MuteId, modelId: 1 as ModelId, scope: { column: 'age', statistic: 'missing_rate' } },
      ...{ by: 'U1' as UserId, startMs: 0, untilMs: 1 },
    };

    expect(told(parts, { mutes: [mute] })).toEqual(['age coverage 2026-01-03..2026-01-04']);
  });

  it('stay quiet together where people quieted the one of them, on its side and about as far', () => {
    const parts = [detections('coverage', [NO, NO, 0.6, 0.6]), detections('missing_rate', [NO, NO, 0.4, 0.4])];
    const series = seriesKey({ statistic: 'missing_rate' });
    const pattern = { series, direction: 'up' as const, longestMs: 0, untilMs: 1, by: 'U1' as UserId };

    expect(told(parts, { quieted: [pattern] })).toEqual([]);
    expect(told(parts, { quieted: [{ ...pattern, departure: { size: 0.3 } }] })).toEqual([]);
    expect(told(parts, { quieted: [{ ...pattern, direction: 'down' }] })).toHaveLength(1);
    // More than half as far again was lost: of that nobody has spoken.
    const worse = [detections('coverage', [NO, NO, 0.3, 0.3]), parts[1] as (typeof parts)[number]];
    expect(told(worse, { quieted: [{ ...pattern, departure: { size: 0.3 } }] })).toEqual([
      'age coverage 2026-01-03..2026-01-04',
    ]);
  });

  it('were expected together where people expected the one of them', () => {
    const parts = [detections('coverage', [NO, NO, 0.6, 0.6]), detections('missing_rate', [NO, NO, 0.4, 0.4])];
    const scope = { segment: '', column: 'age', statistic: 'missing_rate' as const };
    const expected = { scope, startMs: 0, endMs: Number.MAX_SAFE_INTEGER, by: 'U1' as UserId };

    expect(told(parts, { expectedOnce: [expected] })).toEqual([]);
    expect(told(parts, { expectedOnce: [{ ...expected, scope: { ...scope, column: 'plan' } }] })).toHaveLength(1);
  });
});
