import { describe, expect, it } from 'vitest';
import { calibrationDrift, LEAST_FINDINGS, type SaidAndReal } from '../../src/feedback/health/calibration-drift.ts';
import { createSeededRandom } from '../../src/platform/random.ts';
import type { Random } from '../../src/ports/random.ts';

/** Findings said to be real with 0.2 to 0.8, which come true as often as `truth` makes of it. */
function findings(count: number, random: Random, truth: (said: number) => number = (said) => said): SaidAndReal[] {
  return Array.from({ length: count }, () => {
    const said = 0.2 + 0.6 * random.uniform();
    return { said, isReal: random.uniform() < truth(said) };
  });
}
const of = (said: number, real: number, all: number): SaidAndReal[] =>
  Array.from({ length: all }, (_, at) => ({ said, isReal: at < real }));

describe('a drift of calibration', () => {
  it('is found where what was surest comes true least, although as much is real as before', () => {
    const before = [...of(0.7, 14, 20), ...of(0.3, 6, 20)];
    const now = [...of(0.7, 6, 20), ...of(0.3, 14, 20)];

    const drift = calibrationDrift(before, now);

    expect(drift).toMatchObject({ isDecaying: true });
    expect(drift?.chance).toBeLessThan(0.025);
    expect(Math.abs((drift?.before ?? 0) - (drift?.now ?? 0))).toBeGreaterThan(0.25);
  });

  it('is none where the same holds, and none where probabilities are wrong as ever', () => {
    const before = of(0.7, 14, 20);

    expect(calibrationDrift(before, before)).toMatchObject({ isDecaying: false, chance: 1 });
    expect(calibrationDrift(of(0.7, 4, 20), of(0.7, 5, 20))).toMatchObject({ isDecaying: false });
    // Better than it said is not worse.
    expect(calibrationDrift(of(0.5, 4, 20), of(0.5, 19, 20))).toMatchObject({ isDecaying: false });
  });

  it('is not asked for with too few findings on a side', () => {
    const many = of(0.7, 20, 40);

    expect(calibrationDrift(many, of(0.7, 0, LEAST_FINDINGS - 1))).toBeUndefined();
    expect(calibrationDrift(of(0.7, 0, LEAST_FINDINGS - 1), many)).toBeUndefined();
  });

  it('comes by chance no more than once in forty looks, and is found when there is one', () => {
    const random = createSeededRandom(4);
    const looks = 300;
    const alarms = (truth?: (said: number) => number) =>
      Array.from({ length: looks }, () => calibrationDrift(findings(60, random), findings(40, random, truth))).filter(
        (drift) => drift?.isDecaying === true,
      ).length / looks;

    expect(alarms()).toBeLessThan(0.04);
    expect(alarms((said) => 1 - said)).toBeGreaterThan(0.4);
    expect(alarms((said) => said / 2)).toBeGreaterThan(0.4);
  });

  it('stays finite where everything is real, or nothing', () => {
    const drift = calibrationDrift(of(0.999, 30, 30), of(0.999, 0, 30));

    expect(drift).toMatchObject({ isDecaying: true });
    for (const figure of [drift?.chance, drift?.before, drift?.now]) expect(figure).toSatisfy(Number.isFinite);
  });
});
