import { DriftbellError } from '../src/domain/errors.ts';

const UNITS_MS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };
const SHORTEST_MS = 60_000;
/** Thirty days: a longer mute is a forgotten one. */
const LONGEST_MS = 30 * 86_400_000;
const FORM = 'a duration from 1m to 30d, such as 4h or 3d';
/** Characters of what was typed that come back in an error. */
const SHOWN = 40;

/**
 * `30m`, `4h`, `3d`, `2w` in milliseconds; from a minute to thirty days. `typed` is the text around it, shown where
 * the duration cannot be read: of `5 bananas`, 5 alone would puzzle.
 */
export function parseDuration(text: string, typed: string = text): number {
  const match = /^([-+]?)(\d+)\s*(m|h|d|w)$/i.exec(text.trim());
  if (match === null) throw refusal(FORM, typed, 'write a number followed by m, h, d or w');
  const duration = Number(match[2]) * (UNITS_MS[(match[3] ?? '').toLowerCase()] ?? 0);
  if (match[1] === '-') throw refusal(`${FORM}, not a negative one`, text, 'leave the minus out');
  if (duration > LONGEST_MS) throw refusal(`at most 30d (${FORM})`, text, 'write a shorter one, and mute again later');
  if (duration < SHORTEST_MS) throw refusal(`at least 1m (${FORM})`, text, 'write a longer one');
  return duration;
}

function refusal(expected: string, received: string, remedy: string): DriftbellError {
  const shown = received.length > SHOWN ? `${received.slice(0, SHOWN)}…` : received;
  return new DriftbellError('usage.invalid', { expected, received: JSON.stringify(shown), remedy });
}
