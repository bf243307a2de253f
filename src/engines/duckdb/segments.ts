import { ALL_TRAFFIC, type ColumnProblem, OTHER_SEGMENTS } from '../../domain/statistic.ts';
import type { Window } from '../../domain/window.ts';
import { type Scanning, withScan } from './scanning.ts';
import { segmentsSql } from './sql/segments-sql.ts';
import { toCount, toText } from './values.ts';

/**
 * Segments with statistics of their own. Each is judged by its score and its traffic, so fifty already mean a hundred
 * series a model beside those of all traffic; and a month of fifty still leaves room for four columns in a scan.
 */
export const MOST_SEGMENTS = 50;

/** How the rows of a request are split into segments. */
export interface Segmentation {
  readonly scanning: Scanning;
  /** All traffic and every segment: each gets its traffic in every window, also where it has no rows. */
  readonly names: readonly string[];
  /** What to say of a window in which so many of its rows are with the others. */
  problems(others: number, rows: number): readonly ColumnProblem[];
}

/**
 * Those of `before` keep their place, the largest over the span of the windows take the places that are left, and all
 * others together are one segment, a value of that very name among them.
 */
export async function segmentsOf(
  scanning: Scanning,
  of: { readonly windows: readonly Window[]; readonly before?: readonly string[] },
): Promise<Segmentation> {
  const { segment } = scanning.reading.scan;
  if (segment === undefined) return { scanning, names: [ALL_TRAFFIC], problems: () => [] };
  const before = [...new Set(of.before)].filter((name) => !isAmongOthers(name)).slice(0, MOST_SEGMENTS);
  // Enough to fill all places and to see one beyond them, whichever of them are taken already.
  const limit = MOST_SEGMENTS + before.length + 2;
  const rows = await scanning.query(segmentsSql(scanning.reading.scan, of.windows, limit));
  const found = rows.flatMap((row) => toText(row.segment) ?? []);
  const all = [...new Set([...before, ...found])].filter((name) => !isAmongOthers(name));
  const kept = new Set(all.slice(0, MOST_SEGMENTS));
  const isCapped = all.length > kept.size;
  const hasOthers = isCapped || found.some(isAmongOthers) || of.before?.includes(OTHER_SEGMENTS) === true;
  const names = [ALL_TRAFFIC, ...kept, ...(hasOthers ? [OTHER_SEGMENTS] : [])];
  return {
    scanning: withScan(scanning, (scan) => ({ ...scan, segment: { ...segment, kept: [...kept] } })),
    names: names.toSorted(),
    problems: (others, inWindow) =>
      isCapped && others > 0
        ? [capped(segment.column, { values: toCount(rows[0]?.all_segments), others, rows: inWindow })]
        : [],
  };
}

/** A value of the very name of the others; and one with a NUL character, which SQL has no way to write as a name. */
function isAmongOthers(name: string): boolean {
  return name === OTHER_SEGMENTS || name.includes('\0');
}

function capped(
  column: string,
  of: { readonly values: number; readonly others: number; readonly rows: number },
): ColumnProblem {
  const percent = Number(((100 * of.others) / of.rows).toPrecision(3));
  const text = [
    `the segment column ${JSON.stringify(column)} has ${of.values} values, of which ${MOST_SEGMENTS} are segments of their own:`,
    `${of.others} of ${of.rows} rows (${percent} %) are together in ${OTHER_SEGMENTS};`,
    'name a column with fewer values to see each of them',
  ];
  return { code: 'segments_capped', text: text.join(' ') };
}
