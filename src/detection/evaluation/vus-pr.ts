import { type Interval, type JudgedSeries, runsOf } from './judged-series.ts';

/**
 * Volume under the surface of precision and recall (Paparrizos et al., 2022): the area under a precision-recall curve
 * whose labels fade out over a buffer around each event, averaged over buffer widths 0 .. L. No threshold is chosen.
 *
 * soft label at distance d outside an event = sqrt(1 - d / (l + 1)) for d = 1 .. floor(l / 2), l the buffer width
 * P = (sum of labels + sum of soft labels) / 2; TP = sum of soft labels of the alarms
 * recall = min(1, TP / P) * share of events that hold an alarm; precision = TP / alarms
 * area = sum over falling thresholds of precision * (recall - previous recall)
 *
 * Tied scores make one threshold; -Infinity, a window that could not be scored, makes none and earns nothing. Source:
 * the definition in the paper, with l + 1 so that the width 0 is defined.
 * Edge cases: a series without an event or without windows has no area (undefined).
 */
export const VUS_BUFFER_WINDOWS = { day: 7, hour: 24 } as const;

export function vusPr(series: Pick<JudgedSeries, 'labels' | 'scores'>, bufferWindows: number): number | undefined {
  const events = runsOf(series.labels);
  if (events.length === 0) return undefined;
  const order = Uint32Array.from(series.scores.keys()).sort(
    (a, b) => (series.scores[b] ?? 0) - (series.scores[a] ?? 0) || a - b,
  );
  let sum = 0;
  for (let width = 0; width <= bufferWindows; width += 1) sum += rangeArea(series, events, order, width);
  return sum / (bufferWindows + 1);
}

/** The mean over the series that have events; null where none has. */
export function meanVusPr(
  series: readonly Pick<JudgedSeries, 'labels' | 'scores'>[],
  bufferWindows: number,
): number | null {
  const areas = series.flatMap((one) => vusPr(one, bufferWindows) ?? []);
  return areas.length === 0 ? null : areas.reduce((sum, area) => sum + area, 0) / areas.length;
}

function rangeArea(
  series: Pick<JudgedSeries, 'labels' | 'scores'>,
  events: readonly Interval[],
  order: Uint32Array,
  width: number,
): number {
  const soft = softLabels(series.labels, events, width);
  const eventOf = numberRuns(soft);
  const positives = (sumOf(series.labels) + sumOf(soft)) / 2;
  const seen = new Uint8Array(eventOf.count);
  let found = 0;
  let hits = 0;
  let area = 0;
  let previousRecall = 0;
  for (let rank = 0; rank < order.length; rank += 1) {
    const at = order[rank] ?? 0;
    if (series.scores[at] === Number.NEGATIVE_INFINITY) break;
    hits += soft[at] ?? 0;
    const event = eventOf.numbers[at] ?? -1;
    if (event >= 0 && seen[event] === 0) {
      seen[event] = 1;
      found += 1;
    }
    const isTied = rank + 1 < order.length && series.scores[order[rank + 1] ?? 0] === series.scores[at];
    if (isTied) continue;
    const recall = Math.min(1, hits / positives) * (found / eventOf.count);
    area += (hits / (rank + 1)) * (recall - previousRecall);
    previousRecall = recall;
  }
  return area;
}

function softLabels(labels: Uint8Array, events: readonly Interval[], width: number): Float64Array {
  const soft = Float64Array.from(labels);
  for (const event of events) {
    for (let distance = 1; distance <= Math.floor(width / 2); distance += 1) {
      const height = Math.sqrt(1 - distance / (width + 1));
      for (const at of [event.start - distance, event.end - 1 + distance]) {
        if (at >= 0 && at < soft.length) soft[at] = Math.max(soft[at] ?? 0, height);
      }
    }
  }
  return soft;
}

/** The number of the run that each positive entry belongs to, else -1: buffers may join neighbouring events. */
function numberRuns(soft: Float64Array): { readonly numbers: Int32Array; readonly count: number } {
  const numbers = new Int32Array(soft.length).fill(-1);
  const runs = runsOf(soft.map((height) => (height > 0 ? 1 : 0)));
  runs.forEach((run, number) => {
    numbers.fill(number, run.start, run.end);
  });
  return { numbers, count: runs.length };
}

function sumOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let index = 0; index < values.length; index += 1) sum += values[index] ?? 0;
  return sum;
}
