import { isOutage } from '../../domain/anomaly.ts';
import { directionOf } from '../../domain/direction.ts';
import { seriesName } from '../../domain/series.ts';
import { isInScope } from '../../domain/series-scope.ts';
import type { Filter } from '../filter.ts';
import { EMPTY_BAND_SEVERITY, severity } from '../severity.ts';
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
      (mark) => mark.startMs < endMs && mark.endMs > startMs && isInScope(mark.scope, anomaly.series, pattern),
    );
    return heldBy(marks.length, marks[0] && `by ${marks[0].by}`);
  },
};

export const quieted: Filter = {
  name: 'quieted',
  kind: 'word',
  isSkippedByCatastrophe: false,
  sentence:
    'Nobody must have voted that the same series going the same way, at least as far, is a false alarm; what goes further is told.',
  standard: 'on, for as long as the vote holds',
  evidence: 'A false alarm tells of its direction and size only: half as far again may be a fault.',
  judge({ anomaly, context }) {
    const name = seriesName(anomaly.series);
    const ofSeries = context.quieted.filter(
      ({ series, untilMs }) => seriesName(series) === name && untilMs > context.now,
    );
    const [widest] = ofSeries
      .filter((pattern) => pattern.direction === directionOf(anomaly))
      .toSorted((a, b) => b.largestSeverity - a.largestSeverity);
    if (widest === undefined) return undefined;
    const measure = isOutage(anomaly.rule) ? EMPTY_BAND_SEVERITY : severity(anomaly.value, anomaly.forecast);
    const isKept = measure > widest.largestSeverity;
    return { isKept, measure, threshold: widest.largestSeverity, note: `by ${widest.by}` };
  },
};
