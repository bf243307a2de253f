/** Lines of a table: columns as wide as their widest cell, numbers to the right. */
export function textTable(header: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = header.map((title, i) => widest(title, rows, i));
  const isNumeric = header.map((_, i) => rows.every((row) => /^[-+~.\d,e%]*$/.test(row[i] ?? '')));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, i) => (isNumeric[i] ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0)))
      .join('  ')
      .trimEnd();
  return [line(header), ...rows.map(line)];
}

const SIGNIFICANT_DIGITS = 4;

/** A number in few digits; empty for no value. */
export function shortNumber(value: number | null | undefined): string {
  if (value === null || value === undefined) return '';
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(SIGNIFICANT_DIGITS)));
}

function widest(title: string, rows: readonly (readonly string[])[], column: number): number {
  let width = title.length;
  for (const row of rows) width = Math.max(width, (row[column] ?? '').length);
  return width;
}
