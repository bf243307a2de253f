import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventOutcomes } from '../../../src/detection/evaluation/event-outcomes.ts';
import { eventQuality, f1Of } from '../../../src/detection/evaluation/event-quality.ts';
import { marks } from './builders.ts';

const outcomes = (labels: string, alerts: string) => eventOutcomes({ labels: marks(labels), alerts: marks(alerts) });

describe('event outcomes', () => {
  it('tells of each event its delay, and of each episode whether it is false', () => {
    //                   0         10        20
    const found = outcomes('..###.......##.......#..', '#..#..........#..##.....');

    expect(found.events).toEqual([
      { start: 2, end: 5, delay: 1 },
      { start: 12, end: 14, delay: 2 },
      { start: 21, end: 22, delay: null },
    ]);
    expect(found.episodes).toEqual([
      { start: 0, end: 1, isFalse: true },
      { start: 3, end: 4, isFalse: false },
      { start: 14, end: 15, isFalse: false },
      { start: 17, end: 19, isFalse: true },
    ]);
  });

  it('calls an episode that began before its event and reaches into it neither false nor a find', () => {
    const { events, episodes } = outcomes('....##..', '..###...');

    expect(events).toEqual([{ start: 4, end: 6, delay: null }]);
    expect(episodes).toEqual([{ start: 2, end: 5, isFalse: false }]);
  });

  it('counts precision over episodes and recall over events, worked by hand', () => {
    // Events 2 (one found); episodes: one right, two false. P = 1/3, R = 1/2, F1 = 2/5.
    const quality = eventQuality(
      [{ labels: marks('..#.......#...'), alerts: marks('..#..#...#....'), scores: new Float64Array(14) }],
      1,
    );

    expect(quality).toMatchObject({ events: 2, found: 1, episodes: 3, falseEpisodes: 2 });
    expect(quality.f1).toBeCloseTo(0.4);
    expect(quality.falseEpisodesPer1000SeriesWeeks).toBeCloseTo(1_000);
  });

  it('weighs each series by its own windows per day', () => {
    const one = (length: number) => ({
      labels: new Uint8Array(length),
      alerts: Uint8Array.from({ length }, (_, at) => (at === 0 ? 1 : 0)),
      scores: new Float64Array(length),
    });

    // 30 days and 720 hours: two months, two false episodes.
    expect(eventQuality([one(30), one(720)], [1, 24]).falseEpisodesPerSeriesMonth).toBe(1);
  });

  it('never finds more events than there are episodes or events, whatever comes', () => {
    const flags = fc.array(fc.tuple(fc.boolean(), fc.boolean()), { maxLength: 80 });
    fc.assert(
      fc.property(flags, (pairs) => {
        const labels = Uint8Array.from(pairs, ([isLabelled]) => (isLabelled ? 1 : 0));
        const alerts = Uint8Array.from(pairs, ([, isAlert]) => (isAlert ? 1 : 0));
        const { events, episodes } = eventOutcomes({ labels, alerts });
        const found = events.filter(({ delay }) => delay !== null);

        expect(episodes.every((episode, at) => at === 0 || episode.start - (episodes[at - 1]?.end ?? 0) >= 2)).toBe(
          true,
        );
        expect(found.every(({ start, end, delay }) => (delay ?? 0) >= 0 && start + (delay ?? 0) < end + 2)).toBe(true);
        const f1 = f1Of({
          events: events.length,
          found: found.length,
          episodes: episodes.length,
          falseEpisodes: episodes.filter(({ isFalse }) => isFalse).length,
        });
        expect(f1 === null || (f1 >= 0 && f1 <= 1)).toBe(true);
      }),
    );
  });

  it('finds everything at once when the alerts are the labels and events lie apart', () => {
    const runs = fc.array(fc.tuple(fc.integer({ min: 3, max: 9 }), fc.integer({ min: 1, max: 9 })), { minLength: 1 });
    fc.assert(
      fc.property(runs, (spans) => {
        const flags = marks(spans.map(([quiet, loud]) => '.'.repeat(quiet) + '#'.repeat(loud)).join(''));
        const quality = eventQuality([{ labels: flags, alerts: flags, scores: Float64Array.from(flags) }], 1);

        expect(quality).toMatchObject({ f1: 1, falseEpisodes: 0, delay: { median: 0, p90: 0 } });
      }),
    );
  });
});
