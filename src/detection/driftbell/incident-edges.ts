import type { Side } from './mask-history.ts';

/**
 * An incident seldom begins and ends with a window: the one before its first anomaly and the one after its last may hold a
 * part of it, too small to be an anomaly itself. Such an edge is no more what is usual than the incident.
 *
 * edge: a healthy window right beside an anomaly, farther on the side of that anomaly than every inner window
 * inner: the known healthy windows that are beside no anomaly, at least LEAST_INNER of them
 *
 * The edge of an incident that no window of a series went as far as; one of a window that was not touched is called so once in
 * n + 1 times, where n inner windows are known. Edge cases: an anomaly without a side has no edges; a missing window between
 * both means that nobody knows.
 */

/** As many as a forecast needs: what is left without the edges is enough for one. */
const LEAST_INNER = 7;

/** Places of edges among the first `used` values of `history`, oldest first. `isMasked`: an anomaly that is no longer looked at. */
export function findEdges(
  history: Float64Array,
  sides: ArrayLike<Side>,
  used: number,
  isMasked: (at: number) => boolean,
): readonly number[] {
  const beside: number[] = [];
  let inner = 0;
  let lowest = Number.POSITIVE_INFINITY;
  let highest = Number.NEGATIVE_INFINITY;
  for (let at = 0; at < used; at += 1) {
    const value = history[at] ?? Number.NaN;
    if (Number.isNaN(value) || (sides[at] ?? 0) !== 0) continue;
    if (sideAt(sides, at - 1, used) !== 0 || sideAt(sides, at + 1, used) !== 0) {
      beside.push(at);
      continue;
    }
    inner += 1;
    lowest = Math.min(lowest, value);
    highest = Math.max(highest, value);
  }
  if (inner < LEAST_INNER) return [];
  return beside.filter((at) =>
    [at - 1, at + 1].some((anomaly) => {
      const side = sideAt(sides, anomaly, used);
      if (side === 0 || !isMasked(anomaly)) return false;
      const value = history[at] ?? Number.NaN;
      return (side === -1 && value < lowest) || (side === 1 && value > highest);
    }),
  );
}

function sideAt(sides: ArrayLike<Side>, at: number, used: number): Side {
  return at < 0 || at >= used ? 0 : (sides[at] ?? 0);
}
