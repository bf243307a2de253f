import { describe, expect, it } from 'vitest';
import {
  bootstrapF1,
  type ClusterCounts,
  countByCluster,
  interval90,
} from '../../../src/detection/evaluation/cluster-bootstrap.ts';
import { f1Of } from '../../../src/detection/evaluation/event-quality.ts';
import { createSeededRandom } from '../../../src/platform/random.ts';
import { ranked } from './builders.ts';

const perfect = { events: 1, found: 1, episodes: 1, falseEpisodes: 0 };
const missed = { events: 1, found: 0, episodes: 1, falseEpisodes: 1 };

function clusters(counts: readonly (typeof perfect)[]): ClusterCounts {
  return new Map(counts.map((one, index) => [`cluster ${index}`, one]));
}

describe('counts by cluster', () => {
  it('puts an event and an episode where they begin, and keeps quiet clusters', () => {
    const week = (window: number) => `week ${Math.floor(window / 7)}`;
    const one = ranked('......##.............', '......9.....9........', { clusterAt: week });

    const counts = countByCluster([one], 9);

    expect([...counts]).toEqual([
      ['week 0', { events: 1, found: 1, episodes: 1, falseEpisodes: 0 }],
      ['week 1', { events: 0, found: 0, episodes: 1, falseEpisodes: 1 }],
      ['week 2', { events: 0, found: 0, episodes: 0, falseEpisodes: 0 }],
    ]);
  });

  it('adds up what series share a cluster', () => {
    const counts = countByCluster([ranked('#...', '9...'), ranked('#...', '9...')], 5);

    expect(counts.get('only')).toEqual({ events: 2, found: 2, episodes: 2, falseEpisodes: 0 });
  });
});

describe('the bootstrap', () => {
  it('gives the same draws for the same seed, and an interval of no width where all clusters agree', () => {
    const counts = clusters([perfect, perfect, perfect]);
    const [samples = new Float64Array()] = bootstrapF1([counts], createSeededRandom(5));

    expect(interval90(samples)).toEqual({ low: 1, high: 1 });
    expect(bootstrapF1([clusters([perfect, missed])], createSeededRandom(5))).toEqual(
      bootstrapF1([clusters([perfect, missed])], createSeededRandom(5)),
    );
  });

  it('shows all scorers the same draws, so that a scorer never differs from itself', () => {
    const mixed = clusters([perfect, missed, perfect, missed, missed, perfect]);
    const better = clusters([perfect, perfect, perfect, missed, missed, perfect]);
    const [a = new Float64Array(), b = new Float64Array(), c = new Float64Array()] = bootstrapF1(
      [mixed, mixed, better],
      createSeededRandom(2),
    );

    expect(a).toEqual(b);
    expect(c.every((f1, draw) => f1 >= (a[draw] ?? 1))).toBe(true);
  });

  it('counts a draw without events as an F1 of 0 instead of failing', () => {
    const nothing = { events: 0, found: 0, episodes: 0, falseEpisodes: 0 };
    const [samples = new Float64Array()] = bootstrapF1([clusters([nothing, nothing])], createSeededRandom(1));

    expect(samples.every((f1) => f1 === 0)).toBe(true);
  });

  it('covers the true F1 in about nine of ten samples of a toy world', () => {
    // Each of 60 clusters has one event, found with chance 0.6, and a false episode with chance 0.3.
    const random = createSeededRandom(11);
    const truth = f1Of({ events: 10, found: 6, episodes: 9, falseEpisodes: 3 }) ?? Number.NaN;
    let covered = 0;
    const worlds = 60;
    for (let world = 0; world < worlds; world += 1) {
      const counts = Array.from({ length: 60 }, () => {
        const found = random.uniform() < 0.6 ? 1 : 0;
        const falseEpisodes = random.uniform() < 0.3 ? 1 : 0;
        return { events: 1, found, episodes: found + falseEpisodes, falseEpisodes };
      });
      const [samples = new Float64Array()] = bootstrapF1([clusters(counts)], random);
      const { low, high } = interval90(samples);
      if (low <= truth && truth <= high) covered += 1;
    }

    expect(covered / worlds).toBeGreaterThan(0.78);
    expect(covered / worlds).toBeLessThan(0.99);
  });
});
