/**
 * Feature importance from a table with a row per feature.
 *
 * share of a feature = |its importance| / sum of |importance| over the watched features that the table tells, so the
 * shares are in [0, 1] and sum to 1. The sign says in which direction a feature works, not how much it matters.
 * Source: AlerTiger section 3.1 (metadata). Any scale will do: gains, weights, SHAP means, percentages.
 * Edge cases: names that are not watched are passed over, watched features that are not told have no share; a number that
 * is none, a feature told twice, no feature that is watched, or zeros only make the table unusable.
 */

import { DriftbellError } from '../domain/errors.ts';
import { nearest } from '../domain/nearest.ts';

/** More rows are no list of features but a table of something else. */
export const MOST_FEATURES = 100_000;

/** In the order in which they are looked for. */
const NAME_COLUMNS = ['feature', 'name', 'column'] as const;
const NUMBER_COLUMNS = ['importance', 'weight', 'gain', 'value'] as const;

/** Names listed in an error. */
const LISTED_NAMES = 12;
const LONGEST_CELL = 40;

export interface Importance {
  /** Watched feature -> share 0..1. */
  readonly shares: Readonly<Record<string, number>>;
  /** Names in the table that are not watched. */
  readonly passedOver: readonly string[];
}

/** A row of the table as text; null: nothing there. */
export type ImportanceRow = readonly [name: string | null, number: string | null];

/** Which columns of a table hold names and numbers, whatever their case. */
export function importanceColumns(columns: readonly string[]): readonly [name: string, number: string] {
  const find = (wanted: readonly string[]) =>
    wanted.flatMap((name) => columns.find((column) => column.toLowerCase() === name) ?? [])[0];
  const name = find(NAME_COLUMNS);
  const number = find(NUMBER_COLUMNS);
  if (name !== undefined && number !== undefined) return [name, number];
  throw invalid({
    expected: `a column ${NAME_COLUMNS.join(', ')} and a column ${NUMBER_COLUMNS.join(', ')}`,
    received: columns.length === 0 ? 'no columns' : listed(columns),
    remedy: 'give the table a column `feature` and a column `importance`, with a row per feature',
  });
}

/** Shares of the watched `features` that the rows tell. Throws `importance.invalid`, naming the row. */
export function importanceShares(rows: readonly ImportanceRow[], features: readonly string[]): Importance {
  const told = new Map<string, { readonly size: number; readonly row: number }>();
  for (const [index, [name, text]] of rows.entries()) {
    const row = index + 1;
    if (name === null || name.trim() === '') throw invalidRow(row, 'the name of a feature', 'nothing');
    const earlier = told.get(name);
    if (earlier !== undefined) {
      throw invalidRow(row, 'every feature once', `${cell(name)}, which row ${earlier.row} tells already`);
    }
    told.set(name, { size: Math.abs(numberOf(text, { row, name })), row });
  }
  const watched = features.filter((name) => told.has(name));
  if (watched.length === 0) throw noneWatched([...told.keys()], features);
  return {
    shares: sharesOf(watched.map((name) => [name, told.get(name)?.size ?? 0])),
    passedOver: [...told.keys()].filter((name) => !features.includes(name)),
  };
}

function numberOf(text: string | null, of: { readonly row: number; readonly name: string }): number {
  const number = text === null || text.trim() === '' ? Number.NaN : Number(text);
  if (Number.isFinite(number)) return number;
  throw invalidRow(
    of.row,
    `a finite number as the importance of ${cell(of.name)}`,
    text === null ? 'nothing' : cell(text),
  );
}

function sharesOf(sizes: readonly (readonly [name: string, size: number])[]): Record<string, number> {
  const largest = sizes.reduce((most, [, size]) => Math.max(most, size), 0);
  if (largest === 0) {
    throw invalid({
      expected: 'an importance other than 0 for at least one watched feature',
      received: `0 for all ${sizes.length}`,
      remedy: 'check what writes the table',
    });
  }
  // By the largest first: the sum of two numbers near the largest possible would be infinite.
  const sum = sizes.reduce((total, [, size]) => total + size / largest, 0);
  return Object.fromEntries(sizes.map(([name, size]) => [name, size / largest / sum]));
}

function noneWatched(told: readonly string[], features: readonly string[]): DriftbellError {
  const near = told.slice(0, LISTED_NAMES).flatMap((name) => nearest(name, features) ?? [])[0];
  return invalid({
    expected: 'the importance of at least one watched feature',
    received: told.length === 0 ? 'a table without rows' : listed(told),
    remedy: near === undefined ? `the watched features are ${listed(features)}` : `perhaps ${cell(near)} is meant`,
  });
}

function invalidRow(row: number, expected: string, received: string): DriftbellError {
  return invalid({
    expected,
    received: `${received} in row ${row}`,
    remedy: 'correct that row of the importance table',
  });
}

function invalid(facts: {
  readonly expected: string;
  readonly received: string;
  readonly remedy: string;
}): DriftbellError {
  return new DriftbellError('importance.invalid', facts);
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, LISTED_NAMES).map(cell).join(', ');
  return names.length > LISTED_NAMES ? `${shown} and ${names.length - LISTED_NAMES} more` : shown;
}

function cell(text: string): string {
  return JSON.stringify(text.length > LONGEST_CELL ? `${text.slice(0, LONGEST_CELL)}…` : text);
}
