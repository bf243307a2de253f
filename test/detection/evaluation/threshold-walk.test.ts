import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { figuresAt } from '../../../src/detection/evaluation/ranked-figures.ts';
import { type RankedSeries, rankSeries } from '../../../src/detection/evaluation/ranked-series.ts';
import {
  chooseThreshold,
  ONE_PER_SERIES_MONTH,
  recallAt,
  upperBound,
  walkThresholds,
} from '../../../src/detection/evaluation/threshold-walk.ts';
import { digits, marks, ranked, seriesOf } from './builders.ts';

describe('the walk down the scores', () => {
  const hundredDays = (labels: string, scores: string): RankedSeries => {
    const rest = 100 - labels.length;
    return ranked(labels + '.'.repeat(rest), scores + '0'.repeat(rest));
  };

  it('counts events and episodes at each distinct score, worked by hand', () => {
    const series = [hundredDays('#....#....#....', '9....7....3.5..')];

    // 5 comes two windows after the event of 3: inside its grace. At 0 the rest is a false one, 70 in 1,000 weeks.
    expect(walkThresholds(series, 69)).toEqual([
      { threshold: 9, falseRate: 0, events: 3, found: 1, episodes: 1, falseEpisodes: 0 },
      { threshold: 7, falseRate: 0, events: 3, found: 2, episodes: 2, falseEpisodes: 0 },
      { threshold: 5, falseRate: 0, events: 3, found: 3, episodes: 3, falseEpisodes: 0 },
      { threshold: 3, falseRate: 0, events: 3, found: 3, episodes: 3, falseEpisodes: 0 },
    ]);
    expect(walkThresholds(series, 70).at(-1)).toMatchObject({ threshold: 0, falseRate: 70, falseEpisodes: 1 });
  });

  it('ends where the budget is exceeded, although melting episodes would be fewer further down', () => {
    // Two false episodes in 100 days are 140 in 1,000 series-weeks; at 1 all melts into one, which touches the event.
    const series = [ranked(`#${'.'.repeat(99)}`, `9${'1'.repeat(10)}81111811${'1'.repeat(81)}`)];

    expect(walkThresholds(series, 69).map(({ threshold }) => threshold)).toEqual([9]);
    expect(walkThresholds(series, 140).map(({ threshold }) => threshold)).toEqual([9, 8, 1]);
  });

  it('chooses the best F1 within the budget, and the highest threshold of equals', () => {
    const series = [ranked(`#....#....${'.'.repeat(90)}`, `9....7....6....5${'.'.repeat(84)}`)];

    expect(chooseThreshold(series)).toMatchObject({ threshold: 7, found: 2, falseEpisodes: 0 });
    expect(chooseThreshold([ranked('#.........', '9.........'), ranked('..........', '5.........')])).toMatchObject({
      threshold: 9,
    });
  });

  it('keeps the budget on other series as well: what so few days can say of false episodes counts, not their number', () => {
    const days = (count: number) => [ranked(`#....#${'.'.repeat(count - 6)}`, `9....7....8${'.'.repeat(count - 11)}`)];

    // One in 110 days can still be one a month in truth, in 120 hardly: the bound of 1 is 3.9.
    expect(chooseThreshold(days(110))).toMatchObject({ threshold: 9, falseEpisodes: 0 });
    expect(chooseThreshold(days(120))).toMatchObject({ threshold: 7, falseEpisodes: 1 });
    expect(chooseThreshold([ranked('#....', '9....')])).toMatchObject({ threshold: 9 });
  });

  it('bounds a count by the 90 % quantile of the gamma distribution, to two hundredths', () => {
    const table = { 1: 3.89, 2: 5.3223, 5: 9.275, 10: 15.407, 20: 27.045, 100: 114.08 };
    for (const [count, bound] of Object.entries(table)) {
      expect(Math.abs(upperBound(Number(count)) / bound - 1)).toBeLessThan(0.02);
    }
  });

  it('chooses none where nothing is found within the budget', () => {
    const series = [ranked(`....................#${'.'.repeat(19)}`, `9.........9.........1${'.'.repeat(19)}`)];

    expect(chooseThreshold(series, { budget: ONE_PER_SERIES_MONTH })).toBeUndefined();
    expect(chooseThreshold(series, { budget: 10 * ONE_PER_SERIES_MONTH })?.found).toBe(1);
    expect(chooseThreshold([ranked('...', '123')])).toBeUndefined();
  });

  it('gives the recall before the budget is exceeded', () => {
    const series = [ranked(`#....#....#${'.'.repeat(89)}`, `9....7....1....8${'.'.repeat(84)}`)];
    const walk = walkThresholds(series, 100);

    expect(recallAt(walk, 2, 3)).toBeCloseTo(1 / 3);
    expect(recallAt(walk, 70, 3)).toBeCloseTo(1);
    expect(recallAt(walk, 70, 0)).toBeNull();
  });

  it('keeps within the budget, and says what applying the threshold gives', () => {
    const window = fc.tuple(fc.boolean(), fc.integer({ min: 0, max: 12 }));
    const cases = fc.array(fc.array(window, { minLength: 20, maxLength: 60 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(cases, fc.integer({ min: 0, max: 900 }), (all, budget) => {
        const series = all.map((pairs) =>
          ranked(
            pairs.map(([isOn]) => (isOn ? '#' : '.')).join(''),
            pairs.map(([, score]) => (score > 9 ? '.' : String(score))).join(''),
          ),
        );
        const chosen = chooseThreshold(series, { budget });
        fc.pre(chosen !== undefined);

        const { event } = figuresAt(series, chosen.threshold);

        expect(chosen.falseRate).toBeLessThanOrEqual(budget);
        expect(event).toMatchObject({
          events: chosen.events,
          found: chosen.found,
          episodes: chosen.episodes,
          falseEpisodes: chosen.falseEpisodes,
        });
      }),
    );
  });

  it('does not depend on the scale of the scores, only on their order', () => {
    const series = ranked('..##......#......', '01925..4617302893');
    const cubed = { ...series, scores: series.scores.map((score) => score ** 3) };

    expect(walkThresholds([cubed], 5_000).map(({ threshold, ...counts }) => counts)).toEqual(
      walkThresholds([series], 5_000).map(({ threshold, ...counts }) => counts),
    );
  });
});

describe('ranked series', () => {
  const set = (series: readonly ReturnType<typeof seriesOf>[]) => ({ name: 'x', granularity: 'day' as const, series });
  const quiet = new Array<number>(40).fill(1);

  it('cuts the warm-up of labels, scores and clusters alike', () => {
    const labels = new Uint8Array(40).fill(1, 0, 5).fill(1, 30, 31);
    const [one] = rankSeries(set([seriesOf(quiet, { labels, clusterAt: (window) => `at ${window}` })]), [
      { scores: Float64Array.from(quiet, (_, at) => at) },
    ]);

    expect(one?.labels).toEqual(marks('..#.........'));
    expect(one?.scores[0]).toBe(28);
    expect(one?.clusterAt(0)).toBe('at 28');
  });

  it('joins the series of a unit by the largest score, and leaves an unscored window lowest', () => {
    const scoresOf = (tail: string) => {
      const scores = new Float64Array(40).fill(Number.NaN);
      digits(tail).forEach((score, at) => {
        scores[28 + at] = Number.isFinite(score) ? score : Number.NaN;
      });
      return { scores };
    };
    const joined = rankSeries(set([seriesOf(quiet), seriesOf(quiet), seriesOf(quiet, { unit: 'b' })]), [
      scoresOf('12..........'),
      scoresOf('21.3........'),
      scoresOf('9...........'),
    ]);

    expect(joined).toHaveLength(2);
    expect(joined[0]?.scores).toEqual(digits('22.3........'));
  });
});
