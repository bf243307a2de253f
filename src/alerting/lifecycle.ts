import type { Report, ReportState } from '../domain/report.ts';

/**
 * The states of a model's incident. `quiet`: there is none. Muted is no state: a muted incident goes on like any other,
 * and only its messages wait.
 */
export type IncidentState = 'quiet' | ReportState;

/**
 * `fires`: series are out in the newest window. `eases`: far fewer of them than at the worst. `rests`: none, but not for
 * long enough. `returns`: none for so long, or nothing is left of what the incident was about. `acknowledge` and
 * `settle` are what people do.
 */
export const incidentEvents = ['fires', 'eases', 'rests', 'returns', 'acknowledge', 'settle'] as const;
export type IncidentEvent = (typeof incidentEvents)[number];

/** Quiet windows after the last firing one until a report resolves: as long as a spike may last. */
export const RECOVERY_WINDOWS = 2;
/** Of the series that were out at the worst, at most this share is still out while a report is recovering. */
export const RECOVERING_SHARE = 0.5;

/** Where each event leads; undefined: it changes nothing, and a person who asks for it is told so. */
const transitions: Readonly<Record<IncidentState, Readonly<Record<IncidentEvent, IncidentState | undefined>>>> = {
  quiet: {
    fires: 'firing',
    eases: 'firing',
    rests: undefined,
    returns: undefined,
    acknowledge: undefined,
    settle: undefined,
  },
  firing: {
    fires: 'firing',
    eases: 'recovering',
    rests: 'recovering',
    returns: 'resolved',
    acknowledge: 'acknowledged',
    settle: 'resolved',
  },
  acknowledged: {
    fires: 'acknowledged',
    eases: 'recovering',
    rests: 'recovering',
    returns: 'resolved',
    acknowledge: undefined,
    settle: 'resolved',
  },
  recovering: {
    fires: 'firing',
    eases: 'recovering',
    rests: 'recovering',
    returns: 'resolved',
    acknowledge: 'recovering',
    settle: 'resolved',
  },
  // A resolved report stays so; what fires after it is another incident, which begins quiet.
  resolved: {
    fires: undefined,
    eases: undefined,
    rests: undefined,
    returns: undefined,
    acknowledge: undefined,
    settle: undefined,
  },
};

/** The state after an event. Somebody who looks after a report keeps doing so when it recovers and fires again. */
export function transition(
  state: IncidentState,
  event: IncidentEvent,
  { isAcknowledged }: { readonly isAcknowledged: boolean },
): IncidentState | undefined {
  if (event === 'acknowledge' && isAcknowledged) return undefined;
  const next = transitions[state][event];
  return state === 'recovering' && next === 'firing' && isAcknowledged ? 'acknowledged' : next;
}

export interface JudgedIncident {
  readonly isFiring: boolean;
  /** Series that are out in the newest window. */
  readonly outSeries: number;
  /** Of them at the worst so far. */
  readonly peakSeries: number;
  /** False when nothing is left of what the report was about, since its windows were judged again. */
  readonly hasFindings: boolean;
  /** Windows from the last firing one to the newest. */
  readonly windowsSinceFiring: number;
}

/** What a judged window means to an incident. */
export function eventOf(judged: JudgedIncident): IncidentEvent {
  const { isFiring, outSeries, peakSeries, hasFindings, windowsSinceFiring } = judged;
  if (!isFiring) return windowsSinceFiring >= RECOVERY_WINDOWS || !hasFindings ? 'returns' : 'rests';
  return outSeries <= peakSeries * RECOVERING_SHARE ? 'eases' : 'fires';
}

/**
 * True where a window is behind what the report knows: judging windows again in any order changes nothing, so every job
 * can be run twice.
 */
export function isPast(
  windowStartMs: number,
  { open, newest }: { readonly open: Report | undefined; readonly newest: Report | undefined },
): boolean {
  if (open !== undefined) return windowStartMs < open.judged.startMs;
  const lastSeen = newest === undefined ? undefined : (newest.resolved ?? newest.judged);
  return lastSeen !== undefined && windowStartMs <= lastSeen.startMs;
}
