import { DriftbellError } from '../domain/errors.ts';
import type { SourceColumn } from '../domain/profile.ts';
import { type TypeFamily, typeFamily } from '../domain/source-type.ts';
import { inferKind } from './infer-kinds.ts';

/** Types of which no value is a number. */
const NEVER_NUMBERS: ReadonlySet<TypeFamily> = new Set([
  ...(['timestamp', 'timestamptz', 'date', 'time', 'identifier', 'vector', 'nested', 'binary'] as const),
]);
/** Where fewer texts than these are numbers or truths, those are stray values of a column of something else. */
const STRAY_SHARE = 0.05;
/** Names listed in the message; a wide table has more. */
const LISTED_NAMES = 12;

/**
 * A score is watched by its mean, so it has to be of numbers or truths, also written as text. Throws `usage.invalid` with
 * what was found and what could be one. A column that cannot be looked at, or has no value yet, passes.
 */
export function requireScore(column: SourceColumn, others: readonly SourceColumn[]): void {
  if (mayBeScore(column)) return;
  const candidates = others.filter((other) => mayBeNamed(other)).map(({ name }) => JSON.stringify(name));
  const more = candidates.length > LISTED_NAMES ? ` and ${candidates.length - LISTED_NAMES} more` : '';
  const named =
    candidates.length === 0
      ? 'no column of the source could be one: leave the score out'
      : `name one of ${candidates.slice(0, LISTED_NAMES).join(', ')}${more}, or leave the score out`;
  throw new DriftbellError('usage.invalid', {
    expected: 'a score column of numbers, or of true and false',
    received: `${JSON.stringify(column.name)} of type ${column.type}: ${inferKind(column).reason}`,
    remedy: named,
  });
}

function mayBeScore({ type, problem, presentInSample = 0, looksInSample: looks }: SourceColumn): boolean {
  if (problem !== undefined) return true;
  const family = typeFamily(type);
  if (NEVER_NUMBERS.has(family)) return false;
  if (family !== 'text' || looks === undefined || presentInSample === 0) return true;
  return looks.number + looks.truth > presentInSample * STRAY_SHARE;
}

/** Of those that may, the ones that look like one. */
function mayBeNamed(column: SourceColumn): boolean {
  const { kind } = inferKind(column);
  return (kind === 'numeric' || kind === 'boolean') && mayBeScore(column);
}
