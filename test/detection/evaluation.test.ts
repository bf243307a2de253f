import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventQuality } from '../../src/detection/evaluation/event-quality.ts';
import { cutRuns, intervalQuality } from '../../src/detection/evaluation/interval-quality.ts';
import { type JudgedSeries, runsOf } from '../../src/detection/evaluation/judged-series.ts';
import { vusPr } from '../../src/detection/evaluation/vus-pr.ts';
import { createSeededRandom } from '../../src/platform/random.ts';

/** `.` quiet, `#` on; one character per window. */
function judged(labels: string, alerts: string): JudgedSeries {
  const flags = (text: string) => Uint8Array.from(text, (mark) => (mark === '#' ? 1 : 0));
  return { labels: flags(labels), alerts: flags(alerts), scores: Float64Array.from(flags(alerts)) };
}

describe('interval-wise quality', () => {
  it('counts a two-day detection inside a three-day label as one right item', () => {
    expect(intervalQuality([judged('..###...', '...##...')])).toMatchObject({ precision: 1, recall: 1, f1: 1 });
  });

  it('counts false runs against precision and missed labels against recall', () => {
    const quality = intervalQuality([judged('..##....##', '#..#..#...')]);

    expect(quality).toMatchObject({ detected: 3, detectedRightly: 1, labelled: 2, labelledFound: 1 });
    expect(quality.precision).toBeCloseTo(1 / 3);
    expect(quality.recall).toBe(0.5);
  });

  it('cuts runs at seven windows', () => {
    expect(cutRuns(runsOf(new Uint8Array(16).fill(1)))).toEqual([
      { start: 0, end: 7 },
      { start: 7, end: 14 },
      { start: 14, end: 16 },
    ]);
    expect(intervalQuality([judged('##########', '#.........')])).toMatchObject({ labelled: 2, labelledFound: 1 });
  });

  it('says null rather than zero where nothing was detected or labelled', () => {
    expect(intervalQuality([judged('....', '....')])).toMatchObject({ precision: null, recall: null, f1: null });
  });
});

describe('event quality', () => {
  it('finds an event by an episode that starts in it or up to two windows after', () => {
    expect(eventQuality([judged('..##......', '.....#....')], 1)).toMatchObject({ found: 1, falseEpisodes: 0 });
    expect(eventQuality([judged('..##......', '......#...')], 1)).toMatchObject({ found: 0, falseEpisodes: 1 });
  });

  it('joins alerts at most two windows apart into one episode', () => {
    expect(eventQuality([judged('..........', '#.#..#....')], 1)).toMatchObject({ episodes: 2, falseEpisodes: 2 });
  });

  it('gives no credit to an alarm that was on before the event', () => {
    const always = eventQuality([judged('....##....##....', '################')], 1);

    expect(always).toMatchObject({ events: 2, found: 0, episodes: 1 });
  });

  it('measures the delay and the false episodes per series and month', () => {
    const quality = eventQuality([judged(`${'.'.repeat(20)}###.......`, `#${'.'.repeat(20)}#........`)], 1);

    expect(quality.falseEpisodesPerSeriesMonth).toBe(1);
    expect(quality.delay).toEqual({ median: 1, p90: 1, withinOne: 1, withinThree: 1 });
  });
});

describe('VUS-PR', () => {
  const labels = Uint8Array.from({ length: 200 }, (_, index) => (index >= 100 && index < 105 ? 1 : 0));

  it('is 1 without a buffer for a perfect ranking and near the base rate for a constant', () => {
    expect(vusPr({ labels, scores: Float64Array.from(labels) }, 0)).toBe(1);
    expect(vusPr({ labels, scores: new Float64Array(200) }, 0)).toBeCloseTo(5 / 200);
  });

  it('is far higher for the truth than for a random scorer', () => {
    const random = createSeededRandom(1);
    const areas = Array.from({ length: 50 }, () => {
      return vusPr({ labels, scores: Float64Array.from(labels, () => random.uniform()) }, 7) ?? Number.NaN;
    });

    expect(vusPr({ labels, scores: Float64Array.from(labels) }, 7)).toBeGreaterThan(0.7);
    expect(areas.reduce((sum, area) => sum + area, 0) / areas.length).toBeLessThan(0.15);
  });

  it('forgives an alarm next to an event in proportion to the buffer', () => {
    const late = Float64Array.from(labels, (_, index) => (index === 105 ? 1 : 0));
    const far = Float64Array.from(labels, (_, index) => (index === 150 ? 1 : 0));

    expect(vusPr({ labels, scores: late }, 7) ?? 0).toBeGreaterThan(vusPr({ labels, scores: far }, 7) ?? 0);
  });

  it('has no value without an event', () => {
    expect(vusPr({ labels: new Uint8Array(50), scores: new Float64Array(50) }, 7)).toBeUndefined();
  });

  it('lies in 0 .. 1 and does not change when scores are transformed in order', () => {
    const score = fc.integer({ min: 0, max: 20 });
    const windows = fc.array(fc.tuple(fc.boolean(), score), { minLength: 5, maxLength: 60 });
    fc.assert(
      fc.property(windows, fc.integer({ min: 0, max: 24 }), (pairs, buffer) => {
        const series = {
          labels: Uint8Array.from(pairs, ([isOn]) => (isOn ? 1 : 0)),
          scores: Float64Array.from(pairs, ([, value]) => value),
        };
        fc.pre(pairs.some(([isOn]) => isOn));
        const area = vusPr(series, buffer) ?? Number.NaN;

        expect(area).toBeGreaterThanOrEqual(0);
        expect(area).toBeLessThanOrEqual(1);
        expect(vusPr({ ...series, scores: series.scores.map((value) => value ** 3 - 7) }, buffer)).toBe(area);
      }),
    );
  });
});
