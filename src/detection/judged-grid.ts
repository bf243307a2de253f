import type { SaidOfWindow } from './driftbell/run-tail.ts';

/** One grid as the detector sees it; NaN where there is too little history or no value. */
export interface JudgedGrid {
  readonly baseline: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly score: Float64Array;
  /** As in the port's `JudgementResult`; NaN throughout where the detector has no such measure. */
  readonly severity: Float64Array;
  readonly tail: Float64Array;
  /** 1 where both stages agree. */
  readonly anomalies: Uint8Array;
  /** Where a slow drift is told, the window that it began with, else -1; absent: none is looked for. */
  readonly slowDrifts?: Int32Array;
  /** Size of what its group did together, in gaps; 0: nothing; absent: nobody looked. */
  readonly commonModes?: Float64Array;
  /** 1 where that is a finding of the group. */
  readonly toldModes?: Uint8Array;
}

export function emptyGrid(length: number): JudgedGrid {
  const unknown = () => new Float64Array(length).fill(Number.NaN);
  return {
    baseline: unknown(),
    lower: unknown(),
    upper: unknown(),
    score: unknown(),
    severity: unknown(),
    tail: unknown(),
    anomalies: new Uint8Array(length),
  };
}

/** What was said of one window of a series; NaN before its first. */
export function saidOf(values: Float64Array, judged: JudgedGrid, at: number, isStuck: boolean): SaidOfWindow {
  return {
    value: values[at] ?? Number.NaN,
    baseline: judged.baseline[at] ?? Number.NaN,
    lower: judged.lower[at] ?? Number.NaN,
    upper: judged.upper[at] ?? Number.NaN,
    tail: judged.tail[at] ?? Number.NaN,
    isAnomaly: judged.anomalies[at] === 1,
    isStuck,
  };
}
