import { describe, expect, it } from 'vitest';
import type { JudgingRules } from '../../src/domain/detector.ts';
import {
  codeFilterSettings,
  EMPTY_CONTEXT,
  filterSettingsOf,
  findFindings,
  paperFilterSettings,
} from '../../src/postprocessing/index.ts';
import { days, detectionsOf } from '../builders/detections.ts';

const judging: JudgingRules = {
  ...{
    omittedWindows: 3,
    leastKnownWindows: 7,
    masksAnomalies: true,
    relearnWindows: 10,
    flatWindows: 5,
    tailThreshold: 0.001,
  },
};
/** The other columns of the window are not the subject here. */
const ours = {
  ...filterSettingsOf({ configuration: 'driftbell', judging }, 'day'),
  falseDiscoveryRate: 1,
};
/** Barely outside the band: 0.6 of its widths, where the paper asks for 1.3. */
const NEAR = 0.6;

/** One detection per value; those with a tail are as rare as it says. */
function find(values: readonly number[], tails: readonly (number | undefined)[], settings = ours) {
  const detections = detectionsOf(values).map((detection, place) => {
    const tail = tails[place];
    return tail === undefined ? detection : { ...detection, tail };
  });
  return findFindings({ detections, windows: days(values.length), context: EMPTY_CONTEXT, settings });
}

function asked(found: ReturnType<typeof find>, place: number) {
  const key = days(place + 1)[place]?.key;
  return found.ledger
    .filter(({ window }) => window.key === key)
    .map(({ filter, isKept, measure, threshold }) => ({ filter, isKept, measure, threshold }));
}

describe('the filters of a detector with tail probabilities', () => {
  it('ask how rare a window is in place of how many widths of the band it left it', () => {
    const found = find([0, 0, NEAR, NEAR], [0.4, 0.4, 0.0005, 0.0005]);

    expect(found.isFiring).toBe(true);
    expect(asked(found, 3)).toEqual([
      { filter: 'duration', isKept: true, measure: 2, threshold: 2 },
      { filter: 'rarity', isKept: true, measure: 2_000, threshold: 1_000 },
    ]);
  });

  it('ask for the severity of a window without a tail probability', () => {
    const found = find([0, 0, NEAR, NEAR], []);

    expect(found.isFiring).toBe(false);
    expect(asked(found, 3).map(({ filter }) => filter)).toEqual(['duration', 'severity']);
  });

  it('wait for a second window of what is rare, and not of what no model shows by chance', () => {
    const rare = find([0, 0, 0, 9], [0.4, 0.4, 0.4, 5e-5]);
    const catastrophic = find([0, 0, 0, 9], [0.4, 0.4, 0.4, 4e-5]);

    expect(rare.isFiring).toBe(false);
    expect(asked(rare, 3)[0]).toEqual({ filter: 'duration', isKept: false, measure: 1, threshold: 2 });
    expect(catastrophic.isFiring).toBe(true);
    // Three years of twenty daily series.
    expect(asked(catastrophic, 3)[0]).toMatchObject({ filter: 'duration waived', isKept: true, threshold: 21_900 });
    expect(asked(catastrophic, 3)[0]?.measure).toBeCloseTo(25_000, 6);
  });

  it('do not wait for a second window where a coverage loses half of the rows', () => {
    const day = (coverage: number) => {
      const detections = detectionsOf([0, 0, 0, 9]).map((detection, place) => ({
        ...detection,
        series: { ...detection.series, statistic: 'coverage' as const },
        value: place === 3 ? coverage : 0.98,
        forecast: { baseline: 0.98, lower: 0.9, upper: 1 },
        tail: place === 3 ? 5e-4 : 0.4,
      }));
      return findFindings({ detections, windows: days(4), context: EMPTY_CONTEXT, settings: ours }).isFiring;
    };

    expect(day(0.48)).toBe(true);
    expect(day(0.49)).toBe(false);
  });

  it('keep numbers in the ledger even of what is impossible', () => {
    const found = find([0, 0, 0, 9], [0.4, 0.4, 0.4, 0]);

    expect(found.isFiring).toBe(true);
    for (const { measure, threshold } of found.ledger) expect(Number.isFinite(measure + threshold)).toBe(true);
  });

  it('are those of the paper and of its code for their configurations, and more patient by the hour', () => {
    expect(filterSettingsOf({ configuration: 'paper' }, 'day')).toBe(paperFilterSettings);
    expect(filterSettingsOf({ configuration: 'code' }, 'day')).toBe(codeFilterSettings);
    expect(filterSettingsOf({ configuration: 'driftbell', judging }, 'hour').rarity).toEqual({
      least: 1_000,
      alone: 24 * (ours.rarity?.alone ?? 0),
    });
    expect(find([0, 0, 9], [0.4, 0.4, 1e-12], paperFilterSettings).isFiring).toBe(false);
  });
});
