import type { EpochMs } from '../../domain/identifiers.ts';
import { windowAt } from '../../domain/window.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Stores } from '../../ports/stores.ts';
import { collectDigest, type DigestDeps } from './collect-digest.ts';
import { digestMessage } from './digest-message.ts';

export interface PostDigestDeps extends DigestDeps {
  readonly stores: DigestDeps['stores'] & Pick<Stores, 'outbox' | 'digestPlans' | 'transaction'>;
  readonly clock: Clock;
}

const DAY_MS = 86_400_000;
const WEEK_DAYS = 7;
/** 1 January 1970 was a Thursday, ISO 4. */
const FIRST_WEEKDAY = 4;
const MONDAY = 1;

/**
 * Writes the intention to post a channel's digest, where its plan says: once a week, whatever calls it how often. A week
 * begins on the weekday of the plan, so that another weekday is a week of its own.
 */
export function postDigest({ stores, clock, ...deps }: PostDigestDeps, channel: string): boolean {
  const now = clock.now();
  return stores.transaction(() => {
    const plan = stores.digestPlans.of(channel);
    if (plan?.isOn === false) return false;
    const digest = collectDigest({ stores, ...deps }, channel, now);
    const key = `digest:${channel}:${weekFrom(now, digest.zone, plan?.weekday ?? MONDAY)}`;
    if (digest.models.length === 0 || stores.outbox.has(key)) return false;
    const to = plan?.to ?? channel;
    const message = digestMessage(to === channel ? digest : { ...digest, elsewhere: channel });
    stores.outbox.add({ key, kind: 'channel', channel: to, message, at: now });
    return true;
  });
}

/** The day on which the week of an instant began in a zone. */
function weekFrom(now: EpochMs, zone: string, weekday: number): string {
  const day = Date.parse(`${windowAt(now, zone, 'day').key}T00:00Z`) / DAY_MS;
  const since = (((day + FIRST_WEEKDAY - weekday) % WEEK_DAYS) + WEEK_DAYS) % WEEK_DAYS;
  return new Date((day - since) * DAY_MS).toISOString().slice(0, 10);
}
