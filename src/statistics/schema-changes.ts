import { type Column, TRAFFIC_COLUMN } from '../domain/column.ts';
import type { TypedColumn } from '../domain/profile.ts';
import { type TypeFamily, typeFamily } from '../domain/source-type.ts';

/** What was in the source when the model was registered, and what is known to have come since. */
export interface RegisteredColumns {
  readonly watched: readonly Column[];
  /** Names of the others: left out, or of another use such as the time. */
  readonly others: readonly string[];
}

/** How the columns of a source differ from the registered ones; each list in the order of its source. */
export interface SchemaChanges {
  /** Watched columns that are gone; `successor` is the one new column that can only be the same under another name. */
  readonly vanished: readonly { readonly name: string; readonly successor?: string }[];
  readonly added: readonly TypedColumn[];
  /** Watched columns whose type means something else now. */
  readonly changed: readonly { readonly name: string; readonly from: string; readonly to: string }[];
}

/** Compares the registered columns with those of today; their order does not matter. Pure. */
export function schemaChanges(registered: RegisteredColumns, now: readonly TypedColumn[]): SchemaChanges {
  const watched = registered.watched.filter(({ role }) => role !== 'traffic');
  const known = new Set([TRAFFIC_COLUMN, ...watched.map(({ name }) => name), ...registered.others]);
  const present = new Map(now.map((column) => [column.name, column]));
  const gone = watched.filter(({ name }) => !present.has(name));
  const added = now.filter(({ name }) => !known.has(name));
  return {
    vanished: gone.map((column) => {
      const successor = successorOf(column, gone, added);
      return { name: column.name, ...(successor === undefined ? {} : { successor }) };
    }),
    added,
    changed: watched.flatMap(({ name, type: from }) => {
      const column = present.get(name);
      if (from === undefined || column === undefined || column.isTypeGuessed === true) return [];
      return hasChanged(from, column.type) ? [{ name, from, to: column.type }] : [];
    }),
  };
}

/** Two columns of one type that go or come together could be each other's: then nothing is said. */
function successorOf(
  { type }: Column,
  gone: readonly Column[],
  added: readonly TypedColumn[],
): TypedColumn['name'] | undefined {
  const meaning = meaningOf(type);
  if (meaning === undefined) return undefined;
  const alike = (column: { readonly type?: string }) => meaningOf(column.type) === meaning;
  const candidates = added.filter(alike);
  return candidates.length === 1 && gone.filter(alike).length === 1 ? candidates[0]?.name : undefined;
}

function hasChanged(from: string, to: string): boolean {
  const [before, after] = [meaningOf(from), meaningOf(to)];
  return before !== undefined && after !== undefined && before !== after;
}

/** What the values of a type are, in words; types of one meaning are read as one another, whatever their width. */
const MEANINGS: Readonly<Record<TypeFamily, string | undefined>> = {
  boolean: 'a number',
  integer: 'a number',
  real: 'a number',
  text: 'text',
  json: 'text',
  identifier: 'text',
  timestamp: 'a time',
  timestamptz: 'a time',
  date: 'a time',
  time: 'a time',
  vector: 'a list of numbers',
  nested: 'nested values',
  binary: 'bytes',
  unknown: undefined,
};

export function meaningOf(type: string | undefined): string | undefined {
  return type === undefined ? undefined : MEANINGS[typeFamily(type)];
}
