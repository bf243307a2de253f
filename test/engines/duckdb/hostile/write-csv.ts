import { writeFileSync } from 'node:fs';
import { type HostileTable, HUGE_CHARACTERS, timesOf, wordOf } from './tables.ts';

/** A file as the standard (RFC 4180) has it. */
export function writeCsv(path: string, table: HostileTable): void {
  const header = [table.timeName, ...table.columns.map(({ name }) => name)];
  const rows = timesOf(table).map((time, row) => [
    time,
    ...table.columns.map((column, i) =>
      table.hasHugeText && row === 0 && i === 0 ? 'x'.repeat(HUGE_CHARACTERS) : wordOf(column, row),
    ),
  ]);
  writeFileSync(path, [header, ...rows].map((cells) => `${cells.map(quoted).join(',')}\n`).join(''));
}

function quoted(cell: string): string {
  return /[",\n\r]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
