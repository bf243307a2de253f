import type { Model } from '../domain/model.ts';
import type { Clock } from '../ports/clock.ts';
import type { Schedule } from './schedule.ts';

export const DIGEST_JOB = 'digest';
/** A channel that gets its first model is known after an hour at the latest. */
const LOOK_SCHEDULE = '23 * * * *';
const WEEK_MS = 7 * 86_400_000;
/** A bot that was down when a digest was due posts it when it starts, unless a day has passed. */
const LATEST_MS = 86_400_000;

export interface DigestJobDeps {
  readonly clock: Pick<Clock, 'now'>;
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

  function catchUp(channel: string): void {
    const next = schedule.next().find(({ name }) => name === `${DIGEST_JOB} ${channel}`)?.at ?? null;
    const lateMs = next === null ? LATEST_MS : deps.clock.now() - (next - WEEK_MS);
    if (lateMs >= 0 && lateMs < LATEST_MS) deps.post(channel);
  }

  look();
  for (const channel of zones.keys()) catchUp(channel);
  schedule.put({ name: `${DIGEST_JOB} channels`, expression: LOOK_SCHEDULE, zone: 'UTC', run: async () => look() });
}
