import type { ChartPoint } from '../../src/domain/chart-request.ts';
import { drawnValue } from './value-axis.ts';

/** A drawn vertex; `run` keeps unbroken stretches apart, so that nothing is drawn across a gap. */
export interface LineVertex {
  readonly atMs: number;
  readonly value: number;
  readonly run: number;
}

export interface BandVertex {
  readonly atMs: number;
  readonly lower: number;
  readonly upper: number;
  readonly run: number;
}

export interface Stretch {
  readonly startMs: number;
  readonly endMs: number;
}

export function middleMs(point: ChartPoint): number {
  return (point.window.startMs + point.window.endMs) / 2;
}

/** What came in as a number but is none is a gap. */
export function finiteOrNull(value: number | null): number | null {
  return value === null || !Number.isFinite(value) ? null : drawnValue(value);
}

/** The values as unbroken lines, and those that stand alone and would be invisible as a line. */
export function valueRuns(points: readonly ChartPoint[]): {
  readonly line: readonly LineVertex[];
  readonly isolated: readonly LineVertex[];
} {
  const runs = split(points, (point) => finiteOrNull(point.value) !== null);
  const vertices = runs.map((run, index) =>
    run.map((point) => ({ atMs: middleMs(point), value: finiteOrNull(point.value) ?? 0, run: index })),
  );
  return {
    line: vertices.filter((run) => run.length > 1).flat(),
    isolated: vertices.filter((run) => run.length === 1).flat(),
  };
}

/** Reaches to the outer edges of its first and last window: a band of one window has a width too. */
export function baselineRuns(points: readonly ChartPoint[]): readonly LineVertex[] {
  const vertex = (point: ChartPoint, atMs: number, run: number): LineVertex => ({
    atMs,
    value: finiteOrNull(point.baseline) ?? 0,
    run,
  });
  return edged(
    split(points, (point) => finiteOrNull(point.baseline) !== null),
    vertex,
  );
}

export function bandRuns(points: readonly ChartPoint[]): readonly BandVertex[] {
  const vertex = (point: ChartPoint, atMs: number, run: number): BandVertex => ({
    atMs,
    lower: finiteOrNull(point.lower) ?? 0,
    upper: finiteOrNull(point.upper) ?? 0,
    run,
  });
  return edged(split(points, hasBand), vertex);
}

export function hasBand(point: ChartPoint): boolean {
  return finiteOrNull(point.lower) !== null && finiteOrNull(point.upper) !== null;
}

/** Anomalous windows that touch, as one stretch. */
export function anomalousStretches(points: readonly ChartPoint[]): readonly Stretch[] {
  return split(points, (point) => point.isAnomaly).map((run) => ({
    startMs: run[0]?.window.startMs ?? 0,
    endMs: run.at(-1)?.window.endMs ?? 0,
  }));
}

function edged<Vertex>(
  runs: readonly (readonly ChartPoint[])[],
  vertex: (point: ChartPoint, atMs: number, run: number) => Vertex,
): readonly Vertex[] {
  return runs.flatMap((run, index) => {
    const first = run[0];
    const last = run.at(-1);
    if (first === undefined || last === undefined) return [];
    return [
      vertex(first, first.window.startMs, index),
      ...run.map((point) => vertex(point, middleMs(point), index)),
      vertex(last, last.window.endMs, index),
    ];
  });
}

/** Stretches of points that qualify; a missing window between two points ends a stretch as well. */
function split(points: readonly ChartPoint[], qualifies: (point: ChartPoint) => boolean): ChartPoint[][] {
  const runs: ChartPoint[][] = [];
  let previous: ChartPoint | undefined;
  for (const point of points) {
    if (!qualifies(point)) {
      previous = undefined;
      continue;
    }
    if (previous === undefined || previous.window.endMs !== point.window.startMs) runs.push([]);
    runs.at(-1)?.push(point);
    previous = point;
  }
  return runs;
}
