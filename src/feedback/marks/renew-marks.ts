import { directionOf } from '../../domain/direction.ts';
import type { HeldFinding } from '../../domain/finding.ts';
import type { EpochMs } from '../../domain/identifiers.ts';
import type { Model } from '../../domain/model.ts';
import { sideName } from '../../domain/twin-series.ts';
import type { Stores } from '../../ports/stores.ts';
import { QUIET_DAYS } from './act-at-once.ts';

/** However often a pattern comes back, people are asked again after half a year. */
export const MOST_QUIET_DAYS = 180;
const DAY_MS = 86_400_000;

/**
 * A vote that a pattern is a false alarm holds for QUIET_DAYS from the last time that the pattern came, so that what comes
 * with each month stays quiet and what does not come back is forgotten; for at most MOST_QUIET_DAYS from the vote.
 */
export function renewMarks(
  { seriesMarks }: Pick<Stores, 'seriesMarks'>,
  {
    model,
    held,
    now,
  }: { readonly model: Pick<Model, 'id'>; readonly held: readonly HeldFinding[]; readonly now: EpochMs },
): void {
  const lastMs = new Map<string, EpochMs>();
  for (const { heldBy, series, worst, to } of held) {
    const name = sideName(series, directionOf(worst) === 'up');
    if (heldBy === 'quieted') lastMs.set(name, Math.max(to.endMs, lastMs.get(name) ?? 0));
  }
  if (lastMs.size === 0) return;
  for (const { id, kind, series, isAbove, at, expiresAt, lastHeldMs = 0 } of seriesMarks.active(model.id, now)) {
    const last = lastMs.get(sideName(series, isAbove === true));
    if (kind !== 'quieted' || expiresAt === undefined || last === undefined) continue;
    const until = Math.min(last + QUIET_DAYS * DAY_MS, at + MOST_QUIET_DAYS * DAY_MS);
    if (last > lastHeldMs) seriesMarks.renew(id, { lastHeldMs: last, expiresAt: Math.max(until, expiresAt) });
  }
}
