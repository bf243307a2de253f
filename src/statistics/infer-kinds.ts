import type { ColumnKind, LeftOutColumn } from '../domain/column.ts';
import type { SourceColumn } from '../domain/profile.ts';
import { type TypeFamily, typeFamily } from '../domain/source-type.ts';

/** Rows below which the number of distinct values says nothing about identifiers. */
const FEWEST_ROWS_TO_JUDGE = 20;
/** Values that are nearly all different name rows, they do not describe them. */
const IDENTIFIER_DISTINCT_SHARE = 0.9;
/** More categories than this in the sample are no categories but names or free text. */
const MOST_CATEGORIES = 1000;
/** Mean characters from which values that are nearly all different are prose. */
const PROSE_LENGTH = 40;
/** `user_id`, `row`, `uuid` in any case ... */
const IDENTIFIER_WORD = /(?:^|[_\s.-])(?:id|ids|uuid|guid|key|hash|token|index|row)$/i;
/** ... and `userId`, but not `valid`. */
const IDENTIFIER_CAMEL = /[a-z](?:Id|ID|Uuid|UUID|Key|Hash|Token)$/;

/** What a column is taken for, and why; the reason is shown at registration. */
export type InferredKind =
  | { readonly kind: ColumnKind; readonly reason: string }
  | { readonly kind: undefined; readonly reason: string };

/** From type, sample and name to a kind, or to the reason why the column is not watched. */
export function inferKind(column: SourceColumn): InferredKind {
  const family = typeFamily(column.type);
  switch (family) {
    case 'boolean':
      return { kind: 'boolean', reason: `type ${column.type}` };
    case 'real':
      return { kind: 'numeric', reason: `type ${column.type}` };
    case 'integer':
      return inferInteger(column);
    case 'text':
      return inferText(column);
    case 'vector':
      return { kind: 'embedding', reason: `type ${column.type}` };
    case 'json':
      return column.distinctInSample === 0
        ? { kind: 'categorical', reason: 'no value in the sample' }
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

/** As `inferKind`, for a column that a person named: only types without any plain value stay out. */
export function inferNamedKind(column: SourceColumn): InferredKind {
  const inferred = inferKind(column);
  if (inferred.kind !== undefined) return inferred;
  const family = typeFamily(column.type);
  if (family === 'integer') return { kind: 'numeric', reason: 'named as a feature' };
  if (['text', 'identifier', 'json'].includes(family)) return { kind: 'categorical', reason: 'named as a feature' };
  return inferred;
}

export function leftOut(column: SourceColumn, reason: string): LeftOutColumn {
  return { name: column.name, type: column.type, reason };
}

function inferInteger(column: SourceColumn): InferredKind {
  if (!isNamedLikeIdentifier(column.name)) return { kind: 'numeric', reason: `type ${column.type}` };
  if (isNearlyUnique(column)) return { kind: undefined, reason: 'an identifier: whole numbers, nearly all different' };
  const distinct = column.distinctInSample ?? 0;
  return distinct <= MOST_CATEGORIES
    ? { kind: 'categorical', reason: `whole numbers named like an identifier, ${distinct} different ones` }
    : { kind: undefined, reason: `an identifier: ${distinct} different whole numbers` };
}

function inferText(column: SourceColumn): InferredKind {
  const distinct = column.distinctInSample ?? 0;
  if (isNearlyUnique(column) || distinct > MOST_CATEGORIES) {
    const isProse = (column.meanTextLength ?? 0) >= PROSE_LENGTH;
    const what = isProse ? 'free text' : 'an identifier or free text';
    return { kind: undefined, reason: `${what}: ${distinct} different values in ${column.rowsInSample} rows` };
  }
  return { kind: 'categorical', reason: `text, ${distinct} different values in ${column.rowsInSample} rows` };
}

function isNearlyUnique(column: SourceColumn): boolean {
  if (column.rowsInSample < FEWEST_ROWS_TO_JUDGE || column.distinctInSample === null) return false;
  return column.distinctInSample >= column.rowsInSample * IDENTIFIER_DISTINCT_SHARE;
}

function isNamedLikeIdentifier(name: string): boolean {
  return IDENTIFIER_WORD.test(name) || IDENTIFIER_CAMEL.test(name);
}
