/** Between the columns that together make a time, such as `year/month/day` or `dt/hour`. */
const SEPARATOR = '/';

/**
 * The columns that a time column names: itself, or where no column has that name the parts of a time that is spread
 * over several columns. Undefined when one of them is not there.
 */
export function timeColumnsOf(timeColumn: string, existing: readonly string[]): readonly string[] | undefined {
  if (existing.includes(timeColumn)) return [timeColumn];
  const parts = timeColumn.split(SEPARATOR);
  return parts.length > 1 && parts.every((part) => existing.includes(part)) ? parts : undefined;
}
