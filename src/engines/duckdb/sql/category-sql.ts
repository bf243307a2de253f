import type { TypeFamily } from '../../../domain/source-type.ts';
import type { Window } from '../../../domain/window.ts';
import { categoryText } from './column-sql.ts';
import { type Scan, scanSql, segmentInner } from './profile-sql.ts';
import { quoteIdentifier, quoteText } from './quote.ts';
import { slotsJoin, spanCondition } from './windows.ts';

/**
 * Several categorical columns in one scan: rows are grouped by each column's value on its own (grouping sets), and what
 * is asked of them is computed from those few groups. Cheaper than any aggregate per row, and exact.
 */
export interface CategoricalColumn {
  readonly name: string;
  readonly family: TypeFamily;
}

/** A column whose rows are counted by place: 1, 2, ... for its categories, the next for other known ones. */
export interface CountedColumn extends CategoricalColumn {
  /** Those with a place of their own. */
  readonly categories: readonly string[];
  /** Those and the ones that share a place. */
  readonly known: readonly string[];
  readonly defaultValue: string;
}

/**
 * The largest categories of each column over the whole span, or only over the windows in the table of slots; the largest
 * first, ties in the order of their text. `c` is the column's place in the list.
 */
export function topCategoriesSql(
  scan: Scan,
  windows: readonly Window[],
  of: { readonly columns: readonly CategoricalColumn[]; readonly limit: number; readonly slots?: true },
): string {
  return [
    'SELECT c, value AS category',
    'FROM (',
    `  SELECT ${placeAndValue(of.columns)}, count(*) AS n`,
    `  FROM (${scanSql(scan, windows, texts(of.columns))}) AS scan`,
    ...(of.slots === true ? [slotsJoin(windows)] : []),
    `  WHERE ${spanCondition(windows)}`,
    `  GROUP BY GROUPING SETS (${of.columns.map((_, i) => `(c${i})`).join(', ')})`,
    ') AS counted',
    'WHERE value IS NOT NULL',
    `QUALIFY row_number() OVER (PARTITION BY c ORDER BY n DESC, value) <= ${of.limit}`,
    'ORDER BY c, n DESC, value',
  ].join('\n');
}

/**
 * Rows `n`, different values, missing rows and rows of the default by window, segment (null: all traffic), column and
 * place; a place of null is that of unknown and missing values. `respelt`: rows of values that a known category, the
 * largest of its spelling, differs from in upper and lower case, blanks and underscores only; `variant` is the largest
 * such value, `usual` how the category is spelt.
 */
export function categoryCountsSql(scan: Scan, windows: readonly Window[], columns: readonly CountedColumn[]): string {
  const sets = columns.flatMap((_, i) => [
    `(slots.w, c${i})`,
    ...(scan.segment === undefined ? [] : [`(slots.w, segment, c${i})`]),
  ]);
  const defaults = columns.map(({ defaultValue }, i) => `WHEN ${i} THEN ${quoteText(defaultValue)}`);
  return [
    `WITH known AS (\n  ${columns.map(knownSql).join('\n  UNION ALL ')}\n)`,
    'SELECT w, segment, counted.c AS c, place,',
    '  CAST(sum(n) AS BIGINT) AS n, count(counted.value) AS different,',
    '  CAST(sum(CASE WHEN counted.value IS NULL THEN n END) AS BIGINT) AS missing,',
    `  CAST(sum(CASE WHEN counted.value = CASE counted.c ${defaults.join(' ')} END THEN n END) AS BIGINT) AS defaults,`,
    `  CAST(sum(CASE WHEN ${IS_RESPELT} THEN n END) AS BIGINT) AS respelt,`,
    `  arg_max(counted.value, CASE WHEN ${IS_RESPELT} THEN (n, counted.value) END) AS variant,`,
    `  arg_max(usual, CASE WHEN ${IS_RESPELT} THEN (n, counted.value) END) AS usual`,
    'FROM (',
    `  SELECT slots.w AS w, ${scan.segment === undefined ? 'NULL' : 'segment'} AS segment,`,
    `    ${placeAndValue(columns)}, count(*) AS n`,
    `  FROM (${scanSql(scan, windows, [...texts(columns), ...segmentInner(scan)])}) AS scan`,
    slotsJoin(windows),
    `  GROUP BY GROUPING SETS (${sets.join(', ')})`,
    ') AS counted',
    'LEFT JOIN known ON known.c = counted.c AND known.value = counted.value',
    `LEFT JOIN (SELECT c, ${spellingSql('value')} AS spelling, arg_min(value, i) AS usual FROM known GROUP BY ALL) AS spelt`,
    `  ON spelt.c = counted.c AND spelt.spelling = ${spellingSql('counted.value')}`,
    'GROUP BY w, segment, counted.c, place',
  ].join('\n');
}

/** Nothing is a spelling of a value that is blank. */
const IS_RESPELT = "usual <> counted.value AND spelling <> ''";

/** What is left of a value once case, surrounding blanks and underscores do not count. */
function spellingSql(value: string): string {
  return `lower(trim(replace(${value}, '_', ' ')))`;
}

function texts(columns: readonly CategoricalColumn[]): string[] {
  return columns.map(
    ({ name, family }, i) => `${categoryText(quoteIdentifier(name), family) ?? 'CAST(NULL AS VARCHAR)'} AS c${i}`,
  );
}

/** A group of one column has nulls for all the others. */
function placeAndValue(columns: readonly CategoricalColumn[]): string {
  const places = columns.map((_, i) => `WHEN GROUPING(c${i}) = 0 THEN ${i}`);
  return `CASE ${places.join(' ')} END AS c, coalesce(${columns.map((_, i) => `c${i}`).join(', ')}) AS value`;
}

/** Lists, since thousands of rows as VALUES take longer to plan than the scan takes. */
function knownSql({ categories, known }: CountedColumn, c: number): string {
  const values = `[${known.map(quoteText).join(', ')}]::VARCHAR[]`;
  const places = `[least(i, ${categories.length + 1}) for i in range(1, ${known.length + 1})]`;
  return `SELECT ${c} AS c, unnest(${values}) AS value, unnest(${places}) AS place, unnest(range(1, ${known.length + 1})) AS i`;
}
