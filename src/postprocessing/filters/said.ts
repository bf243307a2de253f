import { type Anomaly, isAnomaly, isOutage } from '../../domain/anomaly.ts';
import {
  type Departure,
  departureOf,
  leavesLess,
  OUTAGE_DEPARTURE,
  QUIET_SLACK,
  reachOf,
} from '../../domain/departure.ts';
import { directionOf } from '../../domain/direction.ts';
import type { Pattern } from '../../domain/finding.ts';
import { SYSTEM_USER, type UserId } from '../../domain/identifiers.ts';
import { QUIET_LENGTH_SLACK, type QuietedPattern } from '../../domain/said.ts';
import type { SeriesKey } from '../../domain/series.ts';
import { isInScope, type SeriesScope } from '../../domain/series-scope.ts';
import { sideName, twinOf } from '../../domain/twin-series.ts';
import type { Filter, FilterInput } from '../filter.ts';
import { heldBy } from './events.ts';

export const expectedOnce: Filter = {
  name: 'expected once',
  kind: 'word',
  isSkippedByCatastrophe: false,
  sentence: 'Nobody must have voted that what happened then was expected once.',
  standard: 'on',
  evidence: 'The windows of the vote are what the person knew of; the same again later is news.',
  judge({ anomaly, pattern, context }) {
    if (context.expectedOnce.length === 0) return undefined;
    const { startMs, endMs } = anomaly.window;
    const marks = context.expectedOnce.filter(
      (mark) => mark.startMs < endMs && mark.endMs > startMs && isSaidOf(mark.scope, anomaly.series, pattern),
    );
    return heldBy(marks.length, marks[0] && `by ${marks[0].by}`);
  },
};

/**
 * Votes often come on the first window of a run; it takes a second one until most are told at all. So many windows it may
 * fade, too: they go less far and count for nothing.
 */
const LEAST_WINDOWS = 2;

export const quieted: Filter = {
  name: 'quieted',
  kind: 'word',
  isSkippedByCatastrophe: false,
  sentence:
    'Nobody must have voted that the same series (or, of a column, the coverage for the missing rate and the other way round) going the same way, about as far and about as long, is a false alarm or does not matter; what goes more than half as far again or less than two thirds as far, drops and leaves less than two thirds as much, or goes on for more than two windows and half as long again, is told, but for two windows in which it fades; what its owner twice called unimportant is quiet however far it goes, unless it is an outage.',
  standard: 'on, for as long as the vote holds',
  evidence:
    'The next time goes further than the first in one case of two, so a vote that held no more than what was voted would hold half. A drop that people call a false alarm must not hide the loss of nearly everything, which is hardly larger. What goes clearly less far was mostly real, and a fault that hides in a quiet pattern mostly stays longer (docs/learning.md).',
  judge({ anomaly, detections, index, context }, settings) {
    const alike = alikeOf(context.quieted, anomaly).filter(({ untilMs }) => untilMs > context.now);
    if (alike.length === 0) return undefined;
    const own = departureOf(anomaly);
    const unbounded = isOutage(anomaly.rule) ? undefined : alike.find(({ departure }) => departure === undefined);
    if (unbounded !== undefined) {
      return {
        isKept: false,
        measure: own.size,
        threshold: own.size,
        note: `${byWords(unbounded.by)}, to whom it does not matter how far`,
      };
    }
    const run = departuresUntil({ detections, index, anomaly }, settings.durationWindows);
    const windowMs = anomaly.window.endMs - anomaly.window.startMs;
    const holding = alike.filter(({ longestMs, departure }) => {
      const lasted = run.filter(({ size }) => size >= (departure?.size ?? 0) / QUIET_SLACK).length;
      return lasted <= Math.max(LEAST_WINDOWS, (QUIET_LENGTH_SLACK * longestMs) / windowMs);
    });
    const by = byWords((holding[0] ?? alike[0])?.by);
    const reach = reachOf(holding.flatMap(({ departure }) => departure ?? []));
    if (reach === undefined)
      return { isKept: true, measure: own.size, threshold: 0, note: `${by}, but it lasts longer` };
    const least = reach.least / QUIET_SLACK;
    const most = Math.min(OUTAGE_DEPARTURE, reach.most * QUIET_SLACK);
    const isFading = run.slice(-LEAST_WINDOWS - 1).some(({ size }) => size >= least);
    const furthest = isFading ? furthestOf(run) : own;
    const { size: measure } = furthest;
    if (measure < least) return { isKept: true, measure, threshold: least, note: `${by}, but it goes less far` };
    if (measure <= most && leavesLess(furthest, reach.left)) {
      const [now, then] = [furthest.left, reach.left].map(percent);
      const note = `${by}, but only ${now} of what is usual is left, and then it was ${then}`;
      return { isKept: true, measure, threshold: most, note };
    }
    return { isKept: measure > most, measure, threshold: most, note: by };
  },
};

/** Of the series and side, and of its twin on the other, which tells the same and goes as far. */
function alikeOf(quieted: readonly QuietedPattern[], anomaly: Anomaly): readonly QuietedPattern[] {
  const side = directionOf(anomaly);
  if (side === 'none') return [];
  const own = sideName(anomaly.series, side === 'up');
  return quieted.filter(({ series, direction }) => sideName(series, direction === 'up') === own);
}

function isSaidOf(scope: SeriesScope, series: SeriesKey, pattern: Pattern | undefined): boolean {
  const twin = twinOf(series);
  return isInScope(scope, series, pattern) || (twin !== undefined && isInScope(scope, twin, pattern));
}

function byWords(by: UserId | undefined): string {
  return by === SYSTEM_USER
    ? 'by Driftbell: nobody voted on it, and what comes again after a month mostly is'
    : `by ${by}`;
}

function percent(share = 1): string {
  return `${Math.round(100 * share)} %`;
}

/** The largest of a run, and the least that a window of it left. */
function furthestOf(run: readonly Departure[]): Departure {
  const lefts = run.flatMap(({ left }) => left ?? []);
  return { size: Math.max(...run.map(({ size }) => size)), ...(lefts.length > 0 && { left: Math.min(...lefts) }) };
}

/** How far each anomaly of the run goes that window `index` is in, on its side, from the first to that window. */
function departuresUntil(
  { detections, index, anomaly }: Pick<FilterInput, 'detections' | 'index' | 'anomaly'>,
  reach: number,
): readonly Departure[] {
  const departures: Departure[] = [];
  const side = directionOf(anomaly);
  let first = index;
  for (let at = index; at >= 0 && first - at < reach; at -= 1) {
    const one = detections[at];
    if (one === undefined || !isAnomaly(one)) continue;
    first = at;
    if (directionOf(one) === side) departures.unshift(departureOf(one));
  }
  return departures;
}
