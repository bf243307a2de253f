import type { Reliability } from '../../domain/calibration.ts';
import { kindOfStatistic, type StatisticKind } from '../../domain/statistic-kind.ts';
import type { JudgedTail } from '../../ports/stores.ts';
import { type GroupSums, inflationFactor, LEAST_EXPECTED, LEVELS, type LevelCount } from './tail-inflation.ts';

/** Levels that are told; the last is where detectors decide, and nothing is learned from it. */
export const TOLD_LEVELS = [...LEVELS, 0.001] as const;

/**
 * A window that lies on a value of a constant history has a tail of exactly 1. A series with more of them than this is
 * judged by what a change means, not by scatter: its tails are no sample of its kind, and it is left out as a whole.
 */
const MOST_CONSTANT = 0.1;

export interface KindCount {
  readonly factor: number;
  readonly windows: number;
  readonly leftOut: number;
  readonly series: number;
  readonly reliability: readonly Reliability[];
}

export interface TailTally {
  /** All judgements of one column of the model that is being counted. */
  addColumn(tails: readonly JudgedTail[]): void;
  /** The windows that follow are of another model. */
  endModel(): void;
  result(): ReadonlyMap<StatisticKind, KindCount>;
}

interface MutableGroups {
  groups: number;
  hitsSquared: number;
  crossed: number;
  expectedSquared: number;
}

interface KindSums {
  windows: number;
  leftOut: number;
  series: number;
  readonly hits: Float64Array;
  readonly expected: Float64Array;
  /** Windows at or below each level, whatever became of them. */
  readonly all: Float64Array;
  readonly bySeries: readonly MutableGroups[];
  readonly byWindow: readonly MutableGroups[];
  /** Of the model that is being counted: hits, then expected, by level, for each window. */
  readonly ofWindow: Map<number, Float64Array>;
}

/** Counts tails series by series and keeps sums only, however many windows there are. */
export function createTailTally(tailThreshold: number): TailTally {
  const kinds = new Map<StatisticKind, KindSums>();

  function addSeries(tails: readonly JudgedTail[]): void {
    const constant = tails.filter(({ nominalTail }) => nominalTail === 1).length;
    const [first] = tails;
    if (first === undefined || constant > MOST_CONSTANT * tails.length) return;
    const sums = sumsOf(kinds, kindOfStatistic(first.statistic));
    const ofSeries = new Float64Array(2 * TOLD_LEVELS.length);
    sums.series += 1;
    for (const one of tails) {
      const cut = flaggedBelow(one, tailThreshold);
      TOLD_LEVELS.forEach((level, place) => {
        if (one.nominalTail <= level) add(sums.all, place, 1);
      });
      if (one.isAnomaly || one.nominalTail <= cut) {
        sums.leftOut += 1;
        continue;
      }
      sums.windows += 1;
      const ofWindow = cellsOf(sums.ofWindow, one.windowStartMs);
      TOLD_LEVELS.forEach((level, place) => {
        const expected = Math.max(0, level - cut);
        const hit = one.nominalTail <= level ? 1 : 0;
        for (const cells of [ofSeries, ofWindow]) {
          add(cells, place, hit);
          add(cells, TOLD_LEVELS.length + place, expected);
        }
      });
    }
    TOLD_LEVELS.forEach((_, place) => {
      add(sums.hits, place, ofSeries[place] ?? 0);
      add(sums.expected, place, ofSeries[TOLD_LEVELS.length + place] ?? 0);
    });
    addGroup(sums.bySeries, ofSeries);
  }

  return {
    addColumn(tails) {
      const series = new Map<string, JudgedTail[]>();
      for (const one of tails) {
        const name = `${one.statistic}/${one.segment}`;
        const known = series.get(name);
        if (known === undefined) series.set(name, [one]);
        else known.push(one);
      }
      for (const each of series.values()) addSeries(each);
    },
    endModel() {
      for (const { byWindow, ofWindow } of kinds.values()) {
        for (const cells of ofWindow.values()) addGroup(byWindow, cells);
        ofWindow.clear();
      }
    },
    result: () => new Map([...kinds].map(([kind, sums]) => [kind, countOf(sums)])),
  };
}

/** c: the tail at which this window would have been flagged. A factor above 1 is cut off at a tail of 1. */
function flaggedBelow({ tail, nominalTail }: JudgedTail, tailThreshold: number): number {
  return tail > 0 ? tailThreshold * Math.max(1, nominalTail / tail) : tailThreshold;
}

function countOf(sums: KindSums): KindCount {
  const { windows, leftOut, series } = sums;
  const levels = LEVELS.map((_, place) => levelOf(sums, place));
  return { factor: inflationFactor(levels), windows, leftOut, series, reliability: reliabilityOf(sums) };
}

function levelOf(sums: KindSums, place: number): LevelCount {
  return {
    hits: sums.hits[place] ?? 0,
    expected: sums.expected[place] ?? 0,
    bySeries: sums.bySeries[place] as GroupSums,
    byWindow: sums.byWindow[place] as GroupSums,
  };
}

function reliabilityOf({ hits, expected, all, windows, leftOut }: KindSums): Reliability[] {
  return TOLD_LEVELS.map((nominal, place) => {
    const ofLevel = expected[place] ?? 0;
    const rate = (hits[place] ?? 0) / ofLevel;
    return {
      nominal,
      healthy: ofLevel >= LEAST_EXPECTED ? Math.min(1, nominal * rate) : null,
      all: (all[place] ?? 0) / (windows + leftOut),
    };
  });
}

function sumsOf(kinds: Map<StatisticKind, KindSums>, kind: StatisticKind): KindSums {
  const known = kinds.get(kind);
  if (known !== undefined) return known;
  const zeros = () => new Float64Array(TOLD_LEVELS.length);
  const groups = () => TOLD_LEVELS.map(() => ({ groups: 0, hitsSquared: 0, crossed: 0, expectedSquared: 0 }));
  const made: KindSums = {
    ...{ windows: 0, leftOut: 0, series: 0, hits: zeros(), expected: zeros(), all: zeros() },
    ...{ bySeries: groups(), byWindow: groups(), ofWindow: new Map() },
  };
  kinds.set(kind, made);
  return made;
}

function cellsOf(windows: Map<number, Float64Array>, startMs: number): Float64Array {
  const known = windows.get(startMs);
  if (known !== undefined) return known;
  const made = new Float64Array(2 * TOLD_LEVELS.length);
  windows.set(startMs, made);
  return made;
}

function addGroup(levels: readonly MutableGroups[], cells: Float64Array): void {
  levels.forEach((sums, place) => {
    const [hits, expected] = [cells[place] ?? 0, cells[TOLD_LEVELS.length + place] ?? 0];
    sums.groups += 1;
    sums.hitsSquared += hits ** 2;
    sums.crossed += hits * expected;
    sums.expectedSquared += expected ** 2;
  });
}

function add(cells: Float64Array, place: number, amount: number): void {
  cells[place] = (cells[place] ?? 0) + amount;
}
