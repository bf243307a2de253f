import { digestChannels, postDigest } from '../alerting/index.ts';
import {
  CALIBRATION_JOB,
  calibrate,
  catchUpCalibration,
  catchUpLearning,
  LEARNING_JOB,
  learnNow,
  type Schedule,
  scheduleDigests,
} from '../jobs/index.ts';
import type { BotOptions, Core } from '../main.ts';

export interface WatchedJobs {
  readonly core: Core;
  readonly schedule: Schedule;
  readonly options: Pick<BotOptions, 'calibrationSchedule' | 'learningSchedule' | 'digestSchedule'>;
  /** Work that nobody waits for. */
  readonly background: (work: () => Promise<unknown>) => void;
  /** Sends what a job has written. */
  readonly kick: () => void;
  readonly signal: AbortSignal;
}

/**
 * Puts the timers of the jobs that are about no single model, and makes up for what was missed. Returns a look at the
 * digests as they are planned now.
 */
export function watchJobs(given: WatchedJobs): { readonly lookAtDigests: () => void } {
  const { core, schedule, options, background, kick, signal: stopping } = given;
  const { calibrationSchedule, learningSchedule, digestSchedule } = options;
  const { stores, clock, learning } = core;
  if (calibrationSchedule !== undefined) {
    const run = (signal: AbortSignal) => calibrate(core, signal);
    schedule.put({ name: CALIBRATION_JOB, expression: calibrationSchedule, zone: 'UTC', run });
    background(() => catchUpCalibration(core, stopping));
  }
  if (learningSchedule !== undefined) {
    // Receipts are sent at once.
    const run = (signal: AbortSignal) => learnNow(core, signal).then(kick);
    schedule.put({ name: LEARNING_JOB, expression: learningSchedule, zone: 'UTC', run });
    background(() => catchUpLearning(core, stopping).then(kick));
  }
  const post = (channel: string) => postDigest({ stores, clock, learning: learning.digest }, channel) && kick();
  const digests = { clock, models: stores.models.list, channels: digestChannels, plan: stores.digestPlans.of, post };
  return { lookAtDigests: scheduleDigests(schedule, digests, digestSchedule) };
}
