import { type DetectorRank, historyStride, judgeSeries, rankDetector, type Variant } from '../detection/index.ts';
import type { Detector } from '../ports/detector.ts';

export interface DetectorVariantOptions {
  /** Default: what the detector is called in its manifest. */
  readonly name?: string;
  /** Default: `defaultRank`. */
  readonly rank?: DetectorRank;
  /** Windows between two history values of hours. Default: 24, the same hour of the days before. */
  readonly hourStride?: number;
  readonly signal?: AbortSignal;
}

/** A trained detector as a line of the evidence. */
export function detectorVariant(detector: Detector, options: DetectorVariantOptions = {}): Variant {
  const { rank = defaultRank(detector), signal } = options;
  return {
    name: options.name ?? detector.manifest.name,
    async scoreAll(grids, granularity) {
      const stride = granularity === 'hour' ? (options.hourStride ?? historyStride('hour')) : historyStride('day');
      // Another stride is another way to feed the network, which an hourly path of its own would pass by.
      const judged = await judgeSeries(detector, grids, {
        stride,
        signal,
        granularity: options.hourStride === undefined ? granularity : undefined,
      });
      return judged.map((one, index) => {
        const grid = grids[index];
        if (grid === undefined) throw new Error('judged more grids than were given');
        return rankDetector(grid, one, rank);
      });
    },
  };
}

/** By rarity where the detector is calibrated, else by the probability of its second stage. */
export function defaultRank({ manifest }: Pick<Detector, 'manifest'>): DetectorRank {
  return manifest.judging === undefined ? 'probability' : 'tail';
}
