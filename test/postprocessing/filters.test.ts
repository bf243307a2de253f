import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DetectionRule, detectionRules } from '../../src/domain/anomaly.ts';
import type { FilterName } from '../../src/domain/finding.ts';
import type { ModelId } from '../../src/domain/identifiers.ts';
import type { DeclaredEvent } from '../../src/domain/model.ts';
import type { SeriesStatistic } from '../../src/domain/statistic.ts';
import {
  applyFilters,
  EMPTY_CONTEXT,
  type FilterContext,
  type FilterSettings,
  filters,
  NO_WINDOW_FACTS,
  paperFilterSettings,
} from '../../src/postprocessing/index.ts';
import { day, detectionsOf, seriesKey } from '../builders/detections.ts';

interface Case {
  readonly value?: number | null;
  readonly baseline?: number;
  readonly rows?: number;
  readonly tail?: number;
  readonly statistic?: SeriesStatistic;
  readonly role?: 'feature' | 'score' | 'traffic';
  readonly rule?: DetectionRule;
  /** Flags of the windows before it, the nearest last. */
  readonly before?: readonly boolean[];
  readonly facts?: Partial<typeof NO_WINDOW_FACTS>;
  readonly context?: Partial<FilterContext>;
  readonly settings?: Partial<FilterSettings>;
}

/** Everything about one anomaly of `age` whose band is one wide. */
function filtered(given: Case) {
  const { before = [true], statistic = 'mean', role = 'feature', baseline = 0, value = 5, rule = 'band' } = given;
  const series = seriesKey({ statistic, role });
  const detections = detectionsOf([...before.map(Number), 1], series);
  const index = before.length;
  const anomaly = {
    ...{ series, window: day(index), value, rows: given.rows ?? 1_000 },
    forecast: { baseline, lower: baseline - 0.5, upper: baseline + 0.5 },
    ...(given.tail === undefined ? {} : { tail: given.tail }),
    ...({ isAnomaly: true, rule } as const),
  };
  return applyFilters(
    {
      ...{ detections: [...detections.slice(0, -1), anomaly], index, anomaly, pattern: 'developing' },
      facts: { ...NO_WINDOW_FACTS, ...given.facts },
      context: { ...EMPTY_CONTEXT, ...given.context },
    },
    { ...paperFilterSettings, ...given.settings },
  );
}

/** What one filter answered; undefined where it was not asked. */
function answer(filter: FilterName, given: Case) {
  const entry = filtered(given).entries.find((one) => one.filter === filter);
  return entry && { isKept: entry.isKept, measure: entry.measure, threshold: entry.threshold };
}

const kept = (measure: number, threshold: number) => ({ isKept: true, measure, threshold });
const dropped = (measure: number, threshold: number) => ({ isKept: false, measure, threshold });
const event = (kind: DeclaredEvent['kind'], from: number, to: number): DeclaredEvent => ({
  ...{ modelId: 1 as ModelId, kind, text: 'sale' },
  ...{ startMs: day(from).startMs, endMs: day(to).startMs },
});
const ours = { rarity: { least: 1_000, alone: 20_000 } };

describe.each<[FilterName, readonly [string, Case, ReturnType<typeof answer>][]]>([
  [
    'direction',
    [
      ['a coverage that rises', { statistic: 'coverage', value: 2 }, dropped(-2, 0)],
      ['a coverage that falls', { statistic: 'coverage', value: -2 }, kept(2, 0)],
      ['a missing rate that rises', { statistic: 'missing_rate', value: 2 }, kept(2, 0)],
      ['a distance that shrinks', { statistic: 'psi', value: -2 }, dropped(-2, 0)],
      ['a mean, which has no good way', { value: -2 }, undefined],
      ['a coverage without a value', { statistic: 'coverage', value: null }, kept(0, 0)],
    ],
  ],
  [
    'rows',
    [
      ['enough of them', { rows: 30, settings: { minimumRows: 30 } }, kept(30, 30)],
      ['one too few', { rows: 29, settings: { minimumRows: 30 } }, dropped(29, 30)],
      [
        'traffic, of which few rows are the news',
        { rows: 3, role: 'traffic', settings: { minimumRows: 30 } },
        undefined,
      ],
      ['rows that nobody counted', { rows: 0, settings: { minimumRows: 30 } }, undefined],
      ['a filter that is off', { rows: 1 }, undefined],
    ],
  ],
  [
    'change',
    [
      ['a share by half a point', { statistic: 'unseen_share', value: 0.005 }, kept(0.005, 0.005)],
      ['a share by less', { statistic: 'share[ORD]', value: -0.004 }, dropped(0.004, 0.005)],
      ['a mean, which has no least change', { value: 0.001 }, undefined],
      ['a mean with one', { value: 2, settings: { minimumAbsoluteChange: 3 } }, dropped(2, 3)],
      ['no value', { value: null, settings: { minimumAbsoluteChange: 3 } }, dropped(0, 3)],
    ],
  ],
  [
    'relative change',
    [
      ['a tenth', { baseline: -100, value: -110, settings: { minimumRelativeChange: 0.1 } }, kept(0.1, 0.1)],
      ['less', { baseline: 100, value: 105, settings: { minimumRelativeChange: 0.1 } }, dropped(0.05, 0.1)],
      ['any from zero', { baseline: 0, value: 1e-9, settings: { minimumRelativeChange: 0.1 } }, kept(1e9, 0.1)],
      ['none at zero', { baseline: 0, value: 0, settings: { minimumRelativeChange: 0.1 } }, dropped(0, 0.1)],
      ['a share', { statistic: 'coverage', value: -1, settings: { minimumRelativeChange: 9 } }, undefined],
      ['a filter that is off', { baseline: 100, value: 101 }, undefined],
    ],
  ],
  [
    'importance',
    [
      [
        'enough',
        { context: { importance: new Map([['age', 0.1]]) }, settings: { minimumImportance: 0.1 } },
        kept(0.1, 0.1),
      ],
      [
        'too little',
        { context: { importance: new Map([['age', 0]]) }, settings: { minimumImportance: 0.1 } },
        dropped(0, 0.1),
      ],
      ['one that is not told', { settings: { minimumImportance: 0.1 } }, undefined],
      [
        'a score',
        { role: 'score', context: { importance: new Map([['age', 0]]) }, settings: { minimumImportance: 0.1 } },
        undefined,
      ],
    ],
  ],
  [
    'duration',
    [
      ['one day', { before: [false, false] }, dropped(1, 2)],
      ['two days', { before: [false, true] }, kept(2, 2)],
      ['two of three days', { before: [true, false] }, kept(2, 2)],
      ['two days too far apart', { before: [true, false, false] }, dropped(1, 2)],
      ['one day that is rare enough alone', { before: [], tail: 1e-6, settings: ours }, undefined],
    ],
  ],
  [
    'duration waived',
    [
      ['the rarest', { tail: 0.00005, settings: ours }, kept(20_000, 20_000)],
      ['the rare', { tail: 0.0005, settings: ours }, undefined],
      ['what has no tail probability', { settings: ours }, undefined],
    ],
  ],
  [
    'severity',
    [
      ['enough', { value: 1.3 }, kept(1.3, 1.3)],
      ['too little', { value: -1.2 }, dropped(1.2, 1.3)],
      ['no value', { value: null }, dropped(0, 1.3)],
      ['one that is judged by its rarity', { tail: 0.0005, settings: ours }, undefined],
      ['one without a tail probability of a detector that has them', { settings: ours }, kept(5, 1.3)],
    ],
  ],
  [
    'rarity',
    [
      ['enough', { tail: 0.001, settings: ours }, kept(1_000, 1_000)],
      ['too little', { tail: 0.002, settings: ours }, dropped(500, 1_000)],
      ['the impossible', { tail: 0, settings: ours }, kept(1e12, 1_000)],
      ['a detector that asks for severity', { tail: 0.001 }, undefined],
    ],
  ],
  [
    'concurrency',
    [
      ['enough', { facts: { anomalousSeries: 3 }, settings: { minimumConcurrent: 3 } }, kept(3, 3)],
      ['alone', { settings: { minimumConcurrent: 3 } }, dropped(1, 3)],
      ['off, as in the paper', { facts: { anomalousSeries: 3 } }, undefined],
    ],
  ],
  [
    'traffic',
    [
      ['three percent', { context: { trafficRatio: 0.03 } }, kept(0.03, 0.03)],
      ['less', { context: { trafficRatio: 0.029 } }, dropped(0.029, 0.03)],
      ['a model without a group', {}, undefined],
    ],
  ],
  [
    'false discovery',
    [
      [
        'one that stands out',
        { tail: 1e-5, facts: { adjustedTails: new Map([['\u0000age', 0.1]]) }, settings: { falseDiscoveryRate: 0.1 } },
        kept(0.1, 0.1),
      ],
      [
        'one among many',
        { tail: 1e-3, facts: { adjustedTails: new Map([['\u0000age', 0.3]]) }, settings: { falseDiscoveryRate: 0.1 } },
        dropped(0.3, 0.1),
      ],
      [
        'what has no tail probability',
        { facts: { adjustedTails: new Map([['\u0000age', 0.3]]) }, settings: { falseDiscoveryRate: 0.1 } },
        undefined,
      ],
      ['off, as with the paper', { tail: 1e-3, facts: { adjustedTails: new Map([['\u0000age', 0.3]]) } }, undefined],
    ],
  ],
  [
    'expected event',
    [
      ['inside', { context: { events: [event('expected', 1, 2)] } }, dropped(1, 0)],
      ['the day after', { context: { events: [event('expected', 0, 1)] } }, kept(0, 0)],
      [
        'a note, a holiday and a fault on purpose',
        { context: { events: [event('note', 1, 2), event('holiday', 1, 2), event('injected', 1, 2)] } },
        undefined,
      ],
    ],
  ],
  [
    'deploy',
    [
      ['of today', { context: { events: [event('deploy', 1, 2)] }, settings: { deployWindows: 1 } }, dropped(1, 0)],
      ['of yesterday', { context: { events: [event('deploy', 0, 1)] }, settings: { deployWindows: 2 } }, dropped(1, 0)],
      [
        'of the day before',
        { before: [true, true], context: { events: [event('deploy', 0, 1)] }, settings: { deployWindows: 2 } },
        kept(0, 0),
      ],
      ['of tomorrow', { context: { events: [event('deploy', 2, 3)] }, settings: { deployWindows: 2 } }, kept(0, 0)],
      ['where the owner does not wait', { context: { events: [event('deploy', 1, 2)] } }, undefined],
    ],
  ],
])('the filter %s', (filter, cases) => {
  it.each(cases)('is asked of %s', (_name, given, expected) => {
    const got = answer(filter, given);

    expect(got && { ...got, measure: Number(got.measure.toPrecision(9)) }).toEqual(expected);
  });
});

describe('all filters', () => {
  it('let what breaks a rule without history through on its first day, but for what is about the model or said', () => {
    for (const rule of detectionRules.filter((each) => each !== 'band')) {
      const strict = {
        minimumRows: 1e6,
        minimumSeverity: 1e6,
        minimumConcurrent: 9,
        minimumAbsoluteChange: 1e6,
        ...ours,
      };
      const result = filtered({
        rule,
        before: [],
        value: 0,
        tail: 0.9,
        settings: { ...strict, falseDiscoveryRate: 0.1 },
      });

      expect([rule, result]).toEqual([rule, { isKept: true, isHeld: false, entries: [] }]);
      expect(filtered({ rule, before: [], context: { trafficRatio: 0 } }).isKept).toBe(false);
      expect(filtered({ rule, before: [], context: { events: [event('expected', 0, 1)] } })).toMatchObject({
        ...{ isKept: true, isHeld: true, holder: { heldBy: 'expected event', note: 'sale' } },
      });
    }
  });

  it('call dropped what a judgement drops, whatever people said besides', () => {
    const events = [event('expected', 1, 2)];

    expect(filtered({ value: 1, context: { events } })).toMatchObject({ isKept: false, isHeld: false });
  });

  it('answer with finite numbers, whatever the detector says (property)', () => {
    const number = fc.oneof(
      fc.double({ noDefaultInfinity: true, noNaN: true }),
      fc.constantFrom(0, 1e300, -1e300, 5e-324),
    );
    const settings = {
      ...ours,
      minimumRelativeChange: 0.1,
      minimumAbsoluteChange: 1,
      minimumRows: 1,
      falseDiscoveryRate: 0.1,
    };
    fc.assert(
      fc.property(number, number, fc.double({ min: 0, max: 1, noNaN: true }), (value, baseline, tail) => {
        for (const { measure, threshold } of filtered({ value, baseline, tail, settings }).entries) {
          expect(Number.isFinite(measure) && Number.isFinite(threshold)).toBe(true);
        }
      }),
    );
  });

  it('only drop more when any of them asks for more (property)', () => {
    const input = fc.record({
      value: fc.double({ min: -50, max: 50, noNaN: true }),
      baseline: fc.double({ min: -50, max: 50, noNaN: true }),
      tail: fc.double({ min: 1e-9, max: 1, noNaN: true }),
      rows: fc.nat(100),
    });
    const strictness = fc.record({
      minimumSeverity: fc.double({ min: 0, max: 9, noNaN: true }),
      minimumRows: fc.nat(100),
      minimumAbsoluteChange: fc.double({ min: 0, max: 50, noNaN: true }),
      minimumRelativeChange: fc.double({ min: 0, max: 9, noNaN: true }),
    });
    fc.assert(
      fc.property(input, strictness, fc.double({ min: 1, max: 5, noNaN: true }), (given, settings, factor) => {
        const stricter = Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, value * factor]));

        if (!filtered({ ...given, settings }).isKept)
          expect(filtered({ ...given, settings: stricter }).isKept).toBe(false);
      }),
    );
  });

  it('have names of their own', () => {
    expect(new Set(filters.map(({ name }) => name)).size).toBe(filters.length);
  });
});
