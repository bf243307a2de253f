import { describe, expect, it } from 'vitest';
import { isTold, offsetNames } from '../../src/domain/correction.ts';
import type { Label } from '../../src/domain/label.ts';
import { fitOffsets } from '../../src/feedback/learning/fit-offsets.ts';
import { objections } from '../../src/feedback/learning/gate.ts';
import {
  addedBy,
  mostAdded,
  type QuietByName,
  type QuietSeries,
  tooLoud,
} from '../../src/feedback/learning/quiet-windows.ts';
import { day, seriesKey } from '../builders/detections.ts';
import { label, seen } from '../builders/labels.ts';

const DAY_MS = 86_400_000;
const PLACE = label();
const missed = (overrides: Partial<Label> = {}): Label =>
  label({ verdict: 'real', isSaid: true, incident: 'said:1', seen: seen(-1), weight: 2, ...overrides });
/** Quiet windows of the series, five days apart, over so many days. */
function quiet(evidence: readonly number[], days = 90): QuietByName {
  const windows = evidence.map((one, at) => ({ window: day(at * 5), seen: seen(one) }));
  const own: QuietSeries = { ...PLACE, spanMs: days * DAY_MS, windows, silenced: [] };
  return new Map([[offsetNames(PLACE).series, own]]);
}
const tells = (labels: readonly Label[], evidence: number, beside?: QuietByName, place: Label = PLACE): boolean =>
  isTold(fitOffsets(labels, undefined, beside), seen(evidence), place);

describe('what tells a series more easily', () => {
  it('is an incident that a person named as missed: the same again is told, what is much weaker is not', () => {
    expect(tells([], -1)).toBe(false);
    expect(tells([missed()], -1)).toBe(true);
    expect(tells([missed()], -2.9)).toBe(false);
    expect(tells([missed()], -1, undefined, label({ isAbove: false }))).toBe(false);
    expect(tells([missed()], -1, undefined, label({ series: seriesKey({ column: 'plan' }) }))).toBe(false);
  });

  it('is no vote on what was told, however many say that it was real, and however weak it was', () => {
    const voted = Array.from({ length: 30 }, (_, at) =>
      label({
        verdict: 'real',
        incident: `report:${at}`,
        window: day(at),
        seen: seen(at % 2 === 0 ? 2 : -1),
        weight: 2,
      }),
    );

    expect(fitOffsets(voted, undefined)).not.toHaveProperty('raises');
    expect(tells(voted, -0.1)).toBe(false);
  });

  it('weighs votes that what it told was nothing against what was named', () => {
    const votes = Array.from({ length: 6 }, (_, at) =>
      label({ incident: `report:${at}`, window: day(at), seen: seen(-1), weight: 2 }),
    );

    expect(tells([missed(), ...votes], -1)).toBe(false);
  });

  it('takes windows that nobody complained of for healthy: a long run of them keeps what is as weak quiet', () => {
    const named = missed({ weight: 1 });
    const windows = Array.from({ length: 40 }, (_, at) => ({ window: day(at), seen: seen(-0.99) }));
    const [[name, own]] = [...quiet([])] as [[string, QuietSeries]];
    const run = new Map([[name, { ...own, windows }]]);

    expect(mostAdded(own)).toBe(1);
    expect(tells([named], -0.99)).toBe(true);
    expect(tells([named], -0.99, run)).toBe(false);
  });

  it('is cut to where it would have told one finding in two months that nobody asked for', () => {
    const beside = quiet([-0.2, -0.4, -0.6]);
    const fitted = fitOffsets(
      [missed({ seen: seen(-0.8) }), missed({ seen: seen(-0.9), window: day(31) })],
      undefined,
      beside,
    );
    const [own] = beside.values();

    expect(mostAdded({ spanMs: 90 * DAY_MS })).toBe(1);
    expect(addedBy(fitted, own as QuietSeries)).toBe(1);
    expect(tooLoud(fitted, beside)).toEqual([]);
  });
});

describe('the gate on what a candidate would tell in addition', () => {
  const candidate = { ...fitOffsets([missed()], undefined), raises: { [offsetNames(PLACE).series]: 2 } };

  it('refuses more than one finding in two months that nobody asked for, and names the series', () => {
    const figures = { precision: 0.8, recall: 0.9, logLoss: 0.4 };
    const better = {
      votes: { before: figures, after: figures },
      quieted: { all: 0, real: 0 },
      gain: { low: 0.1, high: 0.2 },
    };
    const objectionsTo = (beside: QuietByName) => objections(better, better.votes, { candidate, quiet: beside });

    expect(objectionsTo(quiet([-0.2, -0.4]))).toEqual([
      'it would have told 2 findings of age mean of churn in 90 days that nobody asked for, and 0.5 a month are allowed',
    ]);
    expect(objectionsTo(quiet([-0.2]))).toEqual([]);
    expect(objectionsTo(quiet([-0.2], 28))).toHaveLength(1);
  });

  it('counts windows that belong together once, and leaves what stays quiet alone', () => {
    const [own] = quiet([]).values();
    const together = [day(1), day(2), day(4)].map((window) => ({ window, seen: seen(-0.5) }));
    const series = { ...(own as QuietSeries), windows: together };

    expect(addedBy(candidate, series)).toBe(1);
    expect(addedBy(fitOffsets([], undefined), series)).toBe(0);
  });
});
