import type { EpochMs } from '../../domain/identifiers.ts';
import { windowAt } from '../../domain/window.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Stores } from '../../ports/stores.ts';
import { collectDigest, type DigestDeps } from './collect-digest.ts';
import { digestMessage } from './digest-message.ts';

export interface PostDigestDeps extends DigestDeps {
  readonly stores: DigestDeps['stores'] & Pick<Stores, 'outbox' | 'transaction'>;
  readonly clock: Clock;
}

const DAY_MS = 86_400_000;
/** 1 January 1970 was a Thursday: a week begins on the Monday before. */
const MONDAY_OFFSET_DAYS = 3;

/** Writes the intention to post a channel's digest: once a week, whatever calls it how often. */
export function postDigest({ stores, clock, ...deps }: PostDigestDeps, channel: string): boolean {
  const now = clock.now();
  return stores.transaction(() => {
    const digest = collectDigest({ stores, ...deps }, channel, now);
    const key = `digest:${channel}:${weekOf(now, digest.zone)}`;
    if (digest.models.length === 0 || stores.outbox.has(key)) return false;
    stores.outbox.add({ key, kind: 'channel', channel, message: digestMessage(digest), at: now });
    return true;
  });
}

/** Weeks since 1970, from Monday to Sunday in a zone. */
function weekOf(now: EpochMs, zone: string): number {
  const day = Date.parse(`${windowAt(now, zone, 'day').key}T00:00Z`) / DAY_MS;
  return Math.floor((day + MONDAY_OFFSET_DAYS) / 7);
}
