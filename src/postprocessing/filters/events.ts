import type { Anomaly, Detection } from '../../domain/anomaly.ts';
import type { DeclaredEvent } from '../../domain/model.ts';
import type { Filter, FilterVerdict } from '../filter.ts';

/** What people's words give: held by one of them or not, so the numbers are 0 of 0 and 1 of 0. */
export function heldBy(count: number, note: string | undefined): FilterVerdict {
  return { isKept: count === 0, measure: count, threshold: 0, ...(note === undefined ? {} : { note }) };
}

export const expectedEvent: Filter = {
  name: 'expected event',
  kind: 'word',
  isSkippedByCatastrophe: false,
  sentence: 'The window must not lie in an event that was declared as expected, such as a campaign or a backfill.',
  standard: 'on; deploys, holidays and notes are shown in the report and hold nothing',
  evidence:
    'Who declares an event as expected asks for silence; all other kinds explain a finding, and are told with it.',
  judge({ anomaly, context }) {
    const events = context.events.filter(({ kind }) => kind === 'expected');
    if (events.length === 0) return undefined;
    const holding = events.filter((event) => overlaps(event, anomaly));
    return heldBy(holding.length, holding[0]?.text);
  },
};

export const deploy: Filter = {
  name: 'deploy',
  kind: 'word',
  isSkippedByCatastrophe: true,
  sentence: 'The window must not be one of the first after a declared deploy.',
  standard: 'off',
  evidence:
    'A deploy that breaks a feature is what reports are for; only an owner whose deploys always move the numbers waits.',
  judge({ anomaly, detections, context }, { deployWindows }) {
    const deploys = context.events.filter(({ kind }) => kind === 'deploy');
    if (deployWindows === 0 || deploys.length === 0) return undefined;
    const holding = deploys.filter((event) => windowsAfter(event, anomaly, detections) < deployWindows);
    return heldBy(holding.length, holding[0]?.text);
  },
};

function overlaps({ startMs, endMs }: DeclaredEvent, { window }: Anomaly): boolean {
  return startMs < window.endMs && endMs > window.startMs;
}

/** 0 for the window that the deploy began in; infinite for windows before it, and where it began before all windows. */
function windowsAfter({ startMs }: DeclaredEvent, { window }: Anomaly, detections: readonly Detection[]): number {
  const at = detections.findIndex((detection) => detection.window.endMs > startMs);
  const here = detections.findIndex((detection) => detection.window.startMs === window.startMs);
  const first = detections[at]?.window.startMs ?? Number.POSITIVE_INFINITY;
  return here < at || startMs < first ? Number.POSITIVE_INFINITY : here - at;
}
