import type { Report } from '../domain/report.ts';
import type { Window } from '../domain/window.ts';

/** Quiet windows after the last firing one until a report resolves: as long as a spike may last. */
export const RECOVERY_WINDOWS = 2;

export type Step = 'open' | 'develop' | 'resolve' | 'wait' | 'past' | 'quiet';

export interface LifecycleInput {
  /** The model's report that is not resolved. */
  readonly open: Report | undefined;
  /** The newest report of the model, resolved or not. */
  readonly newest: Report | undefined;
  readonly window: Window;
  /** False where later windows have been judged already, such as for one whose rows came late. */
  readonly isNewest: boolean;
  readonly isFiring: boolean;
  /** False when nothing is left of what the report was about, since its windows were judged again. */
  readonly hasFindings: boolean;
  /** Windows from the open report's last firing one to `window`. */
  readonly windowsSinceFiring: number;
}

/**
 * What one judged window does to the model's report. Judging a window again that a report has passed changes
 * nothing, so every job can be run twice.
 */
export function nextStep(input: LifecycleInput): Step {
  const { open, newest, window, isFiring, windowsSinceFiring } = input;
  if (!input.isNewest) return 'past';
  if (open !== undefined) {
    if (window.startMs < open.latest.startMs) return 'past';
    if (isFiring) return 'develop';
    return windowsSinceFiring >= RECOVERY_WINDOWS || !input.hasFindings ? 'resolve' : 'wait';
  }
  if (!isFiring) return 'quiet';
  const lastSeen = newest === undefined ? undefined : (newest.resolved ?? newest.latest);
  return lastSeen !== undefined && window.startMs <= lastSeen.startMs ? 'past' : 'open';
}
