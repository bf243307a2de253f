import type { Model } from '../domain/model.ts';
import type { Schedule } from './schedule.ts';

export const DIGEST_JOB = 'digest';
/** A channel that gets its first model is known after an hour at the latest. */
const LOOK_SCHEDULE = '23 * * * *';

export interface DigestJobDeps {
  readonly models: () => readonly Model[];
  readonly channels: (models: readonly Model[]) => readonly { readonly channel: string; readonly zone: string }[];
  /** Once a week and channel, whatever calls it how often. */
  readonly post: (channel: string) => unknown;
}

/** A job for each channel that has models, in the zone of these. */
export function scheduleDigests(schedule: Schedule, deps: DigestJobDeps, expression: string): void {
  const zones = new Map<string, string>();

  function look(): void {
    for (const { channel, zone } of deps.channels(deps.models())) {
      if (zones.get(channel) === zone) continue;
      zones.set(channel, zone);
      schedule.put({ name: `${DIGEST_JOB} ${channel}`, expression, zone, run: async () => deps.post(channel) });
    }
  }

  look();
  schedule.put({ name: `${DIGEST_JOB} channels`, expression: LOOK_SCHEDULE, zone: 'UTC', run: async () => look() });
}
