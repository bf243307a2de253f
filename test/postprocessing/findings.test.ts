import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EMPTY_CONTEXT, findFindings, paperFilterSettings } from '../../src/postprocessing/index.ts';
import { days, detectionsOf, seriesKey } from '../builders/detections.ts';

const REFERENCE_VALUES = [0, 0, 0, 0, 0, 0.5, 0.5, 0, 0, 10, 0, 0, 10, 10, 0];

function find(values: readonly number[], overrides: Partial<Parameters<typeof findFindings>[0]> = {}) {
  return findFindings({
    detections: detectionsOf(values),
    windows: days(values.length),
    context: EMPTY_CONTEXT,
    settings: paperFilterSettings,
    ...overrides,
  });
}

describe('findFindings', () => {
  it('keeps only days 13 and 14 of the reference fixture', () => {
    const { findings } = find(REFERENCE_VALUES);

    expect(findings).toHaveLength(1);
    expect(findings[0]?.anomalies.map((anomaly) => anomaly.window.key)).toEqual(['2026-01-13', '2026-01-14']);
    expect(findings[0]?.severity).toBe(10);
  });

  it('fires on the second anomalous day, not on the first, and names the first as the beginning', () => {
    const first = find([0, 0, 0, 10]);
    const second = find([0, 0, 0, 10, 10]);

    expect(first.isFiring).toBe(false);
    expect(second.isFiring).toBe(true);
    expect(second.findings[0]?.from.key).toBe('2026-01-04');
  });

  it('no longer fires on a quiet day, and still tells the run', () => {
    const { isFiring, findings } = find([0, 10, 10, 0]);

    expect(isFiring).toBe(false);
    expect(findings[0]?.pattern).toBe('spike');
  });

  it.each(['column_vanished', 'type_changed', 'unreadable'] as const)('takes %s for an outage at once', (rule) => {
    const detections = detectionsOf([0, 0, 0, 10], seriesKey({ statistic: 'coverage' }), rule);

    const { isFiring, findings } = find([0, 0, 0, 10], { detections });

    expect(isFiring).toBe(true);
    expect(findings).toMatchObject([{ rule, pattern: 'outage', from: { key: '2026-01-04' } }]);
  });

  it('tells an outage rather than what came after it, and of several the newest', () => {
    const [calm, , ...bad] = detectionsOf([0, 0, 10, 10, 1e9], seriesKey({ statistic: 'coverage' }));
    const rules = ['column_vanished', 'type_changed', 'band'] as const;
    const after = (count: number) =>
      find([0, 0, 10, 10, 1e9].slice(0, count + 2), {
        detections: [
          ...(calm ? [calm] : []),
          ...bad.slice(0, count).map((one, i) => ({ ...one, rule: rules[i] ?? 'band' })),
        ],
      }).findings.map(({ rule, worst }) => `${rule} ${worst.window.key}`);

    expect([1, 2, 3].map(after)).toEqual([
      ['column_vanished 2026-01-03'],
      ['type_changed 2026-01-04'],
      ['type_changed 2026-01-04'],
    ]);
  });

  it('tells a new column at once, after everything else and without a severity', () => {
    const added = detectionsOf([0, 0, 0, 10], seriesKey({ column: 'city' }), 'column_new');
    const detections = [...added, ...detectionsOf([0, 0, 10, 10])];

    const { isFiring, findings } = find([0, 0, 0, 10], { detections });

    expect(isFiring).toBe(true);
    expect(findings.map(({ rule }) => rule)).toEqual(['band', 'column_new']);
    expect(findings[1]).toMatchObject({ severity: 0, pattern: 'developing' });
  });

  it.each([
    { values: [0, 10, 10, 0], pattern: 'spike' },
    { values: [0, 0, 10, 10], pattern: 'developing' },
    { values: [10, 10, 10, 10, 10], pattern: 'level shift' },
    { values: [10, 10, 10, 10, 0, 0], pattern: 'level shift' },
  ])('calls $values a $pattern', ({ values, pattern }) => {
    expect(find(values).findings[0]?.pattern).toBe(pattern);
  });

  it('tells a run whole, with the window that the severity filter dropped', () => {
    const { findings } = find([0, 0.6, 10]);

    expect(findings.map(({ from, anomalies }) => [from.key, anomalies.length])).toEqual([['2026-01-02', 2]]);
  });

  it('leaves out a run that had ended before the story began, and tells a long one from its beginning', () => {
    const since = days(20)[15];
    const values = [0, 10, 10, 0, 0, 0, 0, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10];

    const { findings } = find(values, since === undefined ? {} : { since });

    expect(findings.map(({ from, to }) => [from.key, to.key])).toEqual([['2026-01-08', '2026-01-17']]);
  });

  it('lets an outage through on its first day', () => {
    const detections = detectionsOf([0, 0, 0, 1], seriesKey({ statistic: 'missing_rate' }), 'all_missing');

    const { isFiring, findings } = find([0, 0, 0, 1], { detections });

    expect(isFiring).toBe(true);
    expect(findings[0]?.pattern).toBe('outage');
  });

  it('says in the ledger which filter dropped an anomaly, with the numbers', () => {
    const { ledger } = find([0, 0, 0.6]);

    expect(ledger.map(({ filter, isKept, measure, threshold }) => ({ filter, isKept, measure, threshold }))).toEqual([
      { filter: 'duration', isKept: false, measure: 1, threshold: 2 },
      { filter: 'severity', isKept: false, measure: 0.6, threshold: 1.3 },
    ]);
  });

  it.each([
    { statistic: 'coverage', value: 10, isReported: false },
    { statistic: 'coverage', value: -10, isReported: true },
    { statistic: 'missing_rate', value: -10, isReported: false },
    { statistic: 'missing_rate', value: 10, isReported: true },
    { statistic: 'mean', value: -10, isReported: true },
    { statistic: 'mean', value: 10, isReported: true },
  ] as const)('reports $statistic at $value: $isReported', ({ statistic, value, isReported }) => {
    const detections = detectionsOf([0, value, value], seriesKey({ statistic }));

    expect(find([0, value, value], { detections }).isFiring).toBe(isReported);
  });

  it('does not report a share that moved by less than half a percent of the rows', () => {
    const near = (value: number) =>
      detectionsOf([0, value, value], seriesKey({ statistic: 'unseen_share' })).map((detection) => ({
        ...detection,
        forecast: { baseline: 0, lower: 0, upper: 0.0001 },
      }));

    expect(find([0, 0, 0], { detections: near(0.0049) }).isFiring).toBe(false);
    expect(find([0, 0, 0], { detections: near(0.005) }).isFiring).toBe(true);
  });

  it('stays silent for a model below three percent of its group, outage or not', () => {
    expect(find([10, 10, 10], { context: { ...EMPTY_CONTEXT, trafficRatio: 0.029 } }).findings).toEqual([]);
    expect(find([10, 10, 10], { context: { ...EMPTY_CONTEXT, trafficRatio: 0.03 } }).findings).toHaveLength(1);
  });

  it('treats a window without a detection as not anomalous', () => {
    const detections = detectionsOf([0, 10, 0, 0, 10]).filter((_, index) => index !== 2);

    expect(find([0, 10, 0, 0, 10], { detections }).findings).toEqual([]);
  });

  it('keeps exactly the anomalies that have another one within two days (property)', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 40 }), (flags) => {
        const values = flags.map((flag) => (flag ? 10 : 0));
        const expected = flags.flatMap((flag, index) => {
          const isNear = [-2, -1, 1, 2].some((step) => flags[index + step] === true);
          return flag && isNear ? [days(values.length)[index]?.key] : [];
        });

        const kept = find(values).findings.flatMap((finding) => finding.anomalies.map((anomaly) => anomaly.window.key));

        expect(kept.toSorted()).toEqual(expected.toSorted());
      }),
    );
  });
});
