import type { Finding, HeldFinding } from '../domain/finding.ts';
import { seriesName } from '../domain/series.ts';
import type { Window } from '../domain/window.ts';
import { outIn } from './extent.ts';

export interface Tracked {
  readonly findings: readonly Finding[];
  readonly isFiring: boolean;
}

/**
 * A report goes on being about what it told when people mute that: findings of its series that are held stay in it, so
 * that it is not resolved while they are out. Held findings of other series do not join it.
 */
export function trackHeld(
  told: readonly Finding[],
  { findings, held, isFiring }: Tracked & { readonly held: readonly HeldFinding[] },
  window: Window,
): Tracked {
  const names = new Set(told.map(({ series }) => seriesName(series)));
  const kept = held.filter(({ series }) => names.has(seriesName(series)));
  return { findings: [...findings, ...kept], isFiring: isFiring || outIn(kept, window).length > 0 };
}
