import { DriftbellError } from '../src/domain/errors.ts';

const UNITS_MS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };
const SHORTEST_MS = 60_000;
/** Thirty days: a longer mute is a forgotten one. */
const LONGEST_MS = 30 * 86_400_000;

/** `30m`, `4h`, `3d`, `2w` in milliseconds; from a minute to thirty days. */
export function parseDuration(text: string): number {
  const match = /^(\d{1,6})\s*(m|h|d|w)$/i.exec(text.trim());
  const duration = match === null ? Number.NaN : Number(match[1]) * (UNITS_MS[(match[2] ?? '').toLowerCase()] ?? 0);
  if (duration >= SHORTEST_MS && duration <= LONGEST_MS) return duration;
  throw new DriftbellError('usage.invalid', {
    expected: 'a duration from 1m to 30d, such as 4h or 3d',
    received: JSON.stringify(text.slice(0, 40)),
    remedy: 'write a number followed by m, h, d or w',
  });
}
