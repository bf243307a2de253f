/** A labelled series as a detector saw it, on a regular grid of windows; the warm-up without a history is cut off. */
export interface JudgedSeries {
  /** 1 on windows that people call anomalous. */
  readonly labels: Uint8Array;
  /** 1 on windows that the detector calls anomalous; a window that it could not judge is 0. */
  readonly alerts: Uint8Array;
  /** Ranks windows by how anomalous they seem; one that could not be judged has the least. */
  readonly scores: Float64Array;
}

/** Half open, in windows. */
export interface Interval {
  readonly start: number;
  readonly end: number;
}

/** Runs of consecutive ones, in order. */
export function runsOf(flags: ArrayLike<number>): Interval[] {
  const runs: Interval[] = [];
  let start = -1;
  for (let index = 0; index <= flags.length; index += 1) {
    const isOn = index < flags.length && flags[index] === 1;
    if (isOn && start < 0) start = index;
    if (!isOn && start >= 0) {
      runs.push({ start, end: index });
      start = -1;
    }
  }
  return runs;
}

export function overlaps(a: Interval, b: Interval): boolean {
  return a.start < b.end && b.start < a.end;
}

/** Null instead of 0 / 0: nothing was measured. */
export function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

export function harmonicMean(precision: number | null, recall: number | null): number | null {
  if (precision === null || recall === null) return null;
  return precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
}
