import { type DigestPlan, digestExpression } from '../domain/digest-plan.ts';
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
  /** What somebody has said of a channel; undefined: the operator's expression counts. */
  readonly plan: (channel: string) => DigestPlan | undefined;
  /** Once a week and channel, whatever calls it how often. */
  readonly post: (channel: string) => unknown;
}

/**
 * A job for each channel that has models, in the zone of these. Without an expression only the channels with a plan get a
 * digest. Returns a look at the plans and channels as they are now, for whoever has changed one.
 */
export function scheduleDigests(schedule: Schedule, deps: DigestJobDeps, standard: string | undefined): () => void {
  const scheduled = new Map<string, { readonly expression: string; readonly zone: string }>();

  function look(): void {
    const due = dueDigests(deps, standard);
    for (const channel of scheduled.keys()) {
      if (due.has(channel)) continue;
      scheduled.delete(channel);
      schedule.remove(`${DIGEST_JOB} ${channel}`);
    }
    for (const [channel, { expression, zone }] of due) {
      const before = scheduled.get(channel);
      if (before?.expression === expression && before.zone === zone) continue;
      scheduled.set(channel, { expression, zone });
      schedule.put({ name: `${DIGEST_JOB} ${channel}`, expression, zone, run: async () => deps.post(channel) });
    }
  }

  function catchUp(channel: string): void {
    const next = schedule.next().find(({ name }) => name === `${DIGEST_JOB} ${channel}`)?.at ?? null;
    const lateMs = next === null ? LATEST_MS : deps.clock.now() - (next - WEEK_MS);
    if (lateMs >= 0 && lateMs < LATEST_MS) deps.post(channel);
  }

  look();
  for (const channel of scheduled.keys()) catchUp(channel);
  schedule.put({ name: `${DIGEST_JOB} channels`, expression: LOOK_SCHEDULE, zone: 'UTC', run: async () => look() });
  return look;
}

function dueDigests({ models, channels, plan }: DigestJobDeps, standard: string | undefined) {
  const due = new Map<string, { readonly expression: string; readonly zone: string }>();
  for (const { channel, zone } of channels(models())) {
    const planned = plan(channel);
    const expression = planned === undefined ? standard : planned.isOn ? digestExpression(planned) : undefined;
    if (expression !== undefined) due.set(channel, { expression, zone });
  }
  return due;
}
