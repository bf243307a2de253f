import type { JudgingRules } from '../domain/detector.ts';
import { kindRange, type StatisticKind } from '../domain/statistic-kind.ts';

/**
 * A series that scattered and has stopped: a stale table or a frozen value, which no band sees because the value itself
 * is usual.
 *
 * length = known windows in a row that hold the judged value exactly, the judged one included
 * chance = product over i = 0 .. length - 2 of (repeats + 1 + i) / (pairs + 2 + i): that so many neighbours in a row are
 *          equal, after `repeats` of `pairs` neighbouring known windows before them were (Laplace's rule of succession)
 * flat where length >= flatWindows and chance <= tailThreshold
 *
 * Edge cases: fewer than leastKnownWindows known windows before them prove no scatter; a value that the series has held
 * before the row is one that it comes back to; missing windows neither lengthen nor end a row; at an end of its range (a missing rate of 0, a coverage of 1) a statistic stays where all is well, or
 * other rules speak. After some weeks only the flat part is left in the history, and the rule falls silent.
 */
export function flatlineChance(
  value: number,
  history: ArrayLike<number | null>,
  { kind, rules }: { readonly kind: StatisticKind; readonly rules: FlatlineRules },
): number | undefined {
  const { lowest, highest } = kindRange(kind);
  if (rules.flatWindows === 0 || value === lowest || value === highest) return undefined;
  let length = 1;
  let at = history.length - 1;
  for (; at >= 0; at -= 1) {
    const past = history[at];
    if (!isKnown(past)) continue;
    if (past !== value) break;
    length += 1;
  }
  if (length < rules.flatWindows) return undefined;
  let known = 0;
  let repeats = 0;
  let later: number | undefined;
  for (; at >= 0; at -= 1) {
    const past = history[at];
    if (!isKnown(past)) continue;
    known += 1;
    if (past === value) return undefined;
    if (past === later) repeats += 1;
    later = past;
  }
  if (known < rules.leastKnownWindows) return undefined;
  let chance = 1;
  for (let i = 0; i < length - 1; i += 1) chance *= (repeats + 1 + i) / (known + 1 + i);
  return chance <= rules.tailThreshold ? chance : undefined;
}

export type FlatlineRules = Pick<JudgingRules, 'flatWindows' | 'leastKnownWindows' | 'tailThreshold'>;

function isKnown(value: number | null | undefined): value is number {
  return value !== null && value !== undefined && Number.isFinite(value);
}
