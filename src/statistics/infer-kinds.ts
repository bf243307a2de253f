/**
 * What a column is taken for. The order is: what its type says; then its name and its values together, since neither is
 * enough: `status` is a code when it holds whole numbers, `created_at` a time when those lie where times lie. What would
 * be noise day after day (identifiers, free text, times) is left out, with a reason that the owner reads at registration
 * and can overrule.
 */

import type { ColumnKind, LeftOutColumn } from '../domain/column.ts';
import { counted } from '../domain/counted.ts';
import type { Likeness, SourceColumn } from '../domain/profile.ts';
import { type TypeFamily, typeFamily } from '../domain/source-type.ts';
import {
  isNamedLikeCode,
  isNamedLikeCount,
  isNamedLikeIdentifier,
  isNamedLikeTime,
  isNamedLikeTimePart,
  isNamedLikeTruth,
} from './column-names.ts';

/** Rows below which the number of distinct values says nothing about identifiers. */
const FEWEST_ROWS_TO_JUDGE = 20;
/** Values that are nearly all different name rows, they do not describe them. */
const IDENTIFIER_DISTINCT_SHARE = 0.9;
/** More categories than this in the sample are no categories but names or free text. */
const MOST_CATEGORIES = 1000;
/** Mean characters from which values that are nearly all different are prose. */
const PROSE_LENGTH = 40;
/** Nearly all texts that look alike are of one sort; a few may be markers such as `n/a`. */
const ALIKE_SHARE = 0.95;
/** Rows that hold only zeros and ones before a column without a telling name counts as a truth and not as a count. */
const FEWEST_ROWS_OF_TRUTHS = 1000;
/** 2000 to 2100 in seconds since 1970; thousandfold in milliseconds, and so on. */
const TIMES_IN_SECONDS = [946_684_800, 4_102_444_800] as const;
const TIME_UNITS = { seconds: 1, milliseconds: 1e3, microseconds: 1e6, nanoseconds: 1e9 } as const;

/** What a column is taken for, and why; the reason is shown at registration. */
export type InferredKind =
  | { readonly kind: ColumnKind; readonly reason: string }
  | { readonly kind: undefined; readonly reason: string };

/** From type, sample and name to a kind, or to the reason why the column is not watched. */
export function inferKind(column: SourceColumn): InferredKind {
  if (column.problem !== undefined) return { kind: undefined, reason: `cannot be read: ${column.problem}` };
  if (column.isPartition === true && isNamedLikeTimePart(column.name)) {
    return { kind: undefined, reason: 'a folder for each time' };
  }
  const inferred = ofType(column);
  if (inferred.kind === undefined) return inferred;
  const remark = remarkOn(column);
  return remark === undefined ? inferred : { ...inferred, reason: `${inferred.reason}; ${remark}` };
}

/** As `inferKind`, for a column that a person named: only types without any plain value stay out. */
export function inferNamedKind(column: SourceColumn): InferredKind {
  const inferred = inferKind(column);
  if (inferred.kind !== undefined) return inferred;
  const family = typeFamily(column.type);
  if (family === 'integer' || family === 'real') return { kind: 'numeric', reason: 'named as a feature' };
  if (['text', 'identifier', 'json'].includes(family)) return { kind: 'categorical', reason: 'named as a feature' };
  return inferred;
}

export function leftOut(column: SourceColumn, reason: string): LeftOutColumn {
  return { name: column.name, type: column.type, reason };
}

function ofType(column: SourceColumn): InferredKind {
  const family = typeFamily(column.type);
  switch (family) {
    case 'boolean':
      return { kind: 'boolean', reason: `type ${column.type}` };
    case 'real':
      return inferReal(column);
    case 'integer':
      return inferInteger(column);
    case 'text':
      return inferText(column);
    case 'vector':
      return { kind: 'embedding', reason: `type ${column.type}` };
    case 'json':
      return column.distinctInSample === 0
        ? { kind: 'categorical', reason: 'JSON' }
        : { kind: undefined, reason: 'mixed or nested values' };
    default:
      return { kind: undefined, reason: LEFT_OUT_REASONS[family] };
  }
}

const LEFT_OUT_REASONS: Readonly<
  Record<Exclude<TypeFamily, 'boolean' | 'real' | 'integer' | 'text' | 'vector' | 'json'>, string>
> = {
  timestamp: 'a time',
  timestamptz: 'a time',
  date: 'a date',
  time: 'a time of day or a duration',
  identifier: 'an identifier',
  nested: 'nested values',
  binary: 'bytes',
  unknown: 'a type that is not known',
};

/** What the owner should know besides: there is nothing to go by. */
function remarkOn({ presentInSample, distinctInSample, rowsInSample }: SourceColumn): string | undefined {
  if (rowsInSample === 0 || presentInSample === undefined) return undefined;
  if (presentInSample === 0) return 'no value in the sample, so declare its kind if it is another';
  return distinctInSample === 1 && rowsInSample >= FEWEST_ROWS_TO_JUDGE ? 'one value only in the sample' : undefined;
}

/** Whole numbers often come as reals, since a missing value makes them so in many programs. */
function inferReal(column: SourceColumn): InferredKind {
  const isCode = column.numbersInSample?.areWhole === true && isNamedLikeCode(column.name);
  if (isCode) return inferCode(column);
  return inferTime(column) ?? { kind: 'numeric', reason: `type ${column.type}` };
}

function inferInteger(column: SourceColumn): InferredKind {
  if (isNamedLikeIdentifier(column.name)) return inferIdentifier(column);
  if (isNamedLikeCode(column.name)) return inferCode(column);
  if (isBeyondExactNumbers(column) && isNearlyUnique(column) && !isNamedLikeTime(column.name)) {
    return { kind: undefined, reason: 'an identifier: whole numbers beyond 2^53, nearly all different' };
  }
  if (isTruth(column)) return { kind: 'boolean', reason: 'whole numbers that are 0 or 1' };
  return inferTime(column) ?? { kind: 'numeric', reason: `type ${column.type}` };
}

function inferIdentifier(column: SourceColumn): InferredKind {
  if (isNearlyUnique(column)) return { kind: undefined, reason: 'an identifier: whole numbers, nearly all different' };
  const distinct = column.distinctInSample ?? 0;
  return distinct <= MOST_CATEGORIES
    ? { kind: 'categorical', reason: `whole numbers named like an identifier, ${distinct} different ones` }
    : { kind: undefined, reason: `an identifier: ${distinct} different whole numbers` };
}

function inferCode(column: SourceColumn): InferredKind {
  const distinct = column.distinctInSample ?? 0;
  return distinct <= MOST_CATEGORIES
    ? { kind: 'categorical', reason: `whole numbers named like a code, ${distinct} different ones` }
    : { kind: undefined, reason: `a code: ${distinct} different whole numbers` };
}

/** Seconds may be any other number and need a name that says so; milliseconds and finer are nothing else. */
function inferTime({ name, numbersInSample: numbers }: SourceColumn): InferredKind | undefined {
  if (numbers === undefined) return undefined;
  for (const [unit, perSecond] of Object.entries(TIME_UNITS)) {
    const [first, last] = [TIMES_IN_SECONDS[0] * perSecond, TIMES_IN_SECONDS[1] * perSecond];
    const isWithin = numbers.minimum >= first && numbers.maximum <= last;
    const isTold =
      isNamedLikeTime(name) || (unit !== 'seconds' && numbers.areWhole && numbers.minimum < numbers.maximum);
    if (isWithin && isTold) return { kind: undefined, reason: `a time: ${unit} since 1970` };
  }
  const isDays = isNamedLikeTime(name) && numbers.minimum >= 19_000_101 && numbers.maximum <= 21_001_231;
  return isDays && numbers.areWhole ? { kind: undefined, reason: 'a date: written as YYYYMMDD' } : undefined;
}

function isTruth({ name, rowsInSample, distinctInSample, numbersInSample: numbers }: SourceColumn): boolean {
  if (numbers === undefined || numbers.minimum < 0 || numbers.maximum > 1) return false;
  if (isNamedLikeTruth(name)) return true;
  return !isNamedLikeCount(name) && distinctInSample === 2 && rowsInSample >= FEWEST_ROWS_OF_TRUTHS;
}

function isBeyondExactNumbers({ numbersInSample: numbers }: SourceColumn): boolean {
  if (numbers === undefined) return false;
  return Math.max(Math.abs(numbers.minimum), Math.abs(numbers.maximum)) > Number.MAX_SAFE_INTEGER;
}

function inferText(column: SourceColumn): InferredKind {
  const distinct = column.distinctInSample ?? 0;
  const are = (look: Likeness) => looksLike(column, look);
  if (are('truth') && distinct <= MOST_TRUTHS)
    return { kind: 'boolean', reason: 'text that is true or false, yes or no' };
  if (are('date')) return { kind: undefined, reason: 'dates or times written as text' };
  if (are('uuid')) return { kind: undefined, reason: 'an identifier: UUIDs written as text' };
  if (are('nested')) return { kind: undefined, reason: 'nested values written as text' };
  if (are('comma')) return { kind: undefined, reason: 'numbers with a decimal comma: write them with a point' };
  if (are('number') && (column.looksInSample?.fraction ?? 0) > 0)
    return { kind: 'numeric', reason: 'numbers written as text' };
  const isCode = are('number') && (column.looksInSample?.leading_zero ?? 0) > 0;
  const what = isCode ? 'codes with zeros in front' : 'text';
  if (isNearlyUnique(column) || distinct > MOST_CATEGORIES) {
    const isProse = (column.meanTextLength ?? 0) >= PROSE_LENGTH;
    const sort = isCode ? what : isProse ? 'free text' : 'an identifier or free text';
    return {
      kind: undefined,
      reason: `${sort}: ${counted(distinct, 'different value')} in ${counted(column.rowsInSample, 'row')}`,
    };
  }
  return {
    kind: 'categorical',
    reason: `${what}, ${counted(distinct, 'different value')} in ${counted(column.rowsInSample, 'row')}`,
  };
}

/** `true`, `True`, `false`, `False` and a blank. */
const MOST_TRUTHS = 5;

function looksLike({ presentInSample = 0, looksInSample }: SourceColumn, look: Likeness): boolean {
  return presentInSample > 0 && (looksInSample?.[look] ?? 0) >= presentInSample * ALIKE_SHARE;
}

function isNearlyUnique(column: SourceColumn): boolean {
  if (column.rowsInSample < FEWEST_ROWS_TO_JUDGE || column.distinctInSample === null) return false;
  return column.distinctInSample >= column.rowsInSample * IDENTIFIER_DISTINCT_SHARE;
}
