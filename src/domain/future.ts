import type { EpochMs } from './identifiers.ts';

const MS_PER_MINUTE = 60_000;
/** A local time that is taken for UTC is at most 14 hours off. */
const ZONE_SLACK_MS = 86_400_000;

/** The latest time that a row of now may have: what is later lies in the future, as a mistyped year does. */
export function latestOfNow(nowMs: EpochMs, latenessMinutes = 0): EpochMs {
  return nowMs + latenessMinutes * MS_PER_MINUTE + ZONE_SLACK_MS;
}
