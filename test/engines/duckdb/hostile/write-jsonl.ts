import { writeFileSync } from 'node:fs';
import { draw, type HostileColumn, type HostileTable, HUGE_CHARACTERS, timesOf, wordOf } from './tables.ts';

const ABSENT = Symbol('absent');
const VALUES: readonly (readonly unknown[])[] = [
  [1, 2.5, null],
  [0, 1],
  [true, false, null],
  [1e308, -1e308, 5e-324, -0, 2 ** 53 + 2],
  [[1, 2], [3, 4], [], null],
  [[1, null], [1, 'a'], []],
  [{ a: 1 }, { b: [1] }, {}],
  [[{ a: 1 }], []],
  [null],
  [ABSENT],
  [1, ABSENT],
  [1, 'a', true, null, [1], { a: 1 }],
  ['2026-03-01', 'x'],
  [123456789012345, '1', 1.5],
];

/** By hand, since an object would lose a key such as `__proto__`; but one with a key twice is no proper JSON. */
export function writeJsonl(path: string, table: HostileTable): void {
  const lines = timesOf(table).map((time, row) => {
    const names = [table.timeName, ...table.columns.map(({ name }) => name)];
    const cells = table.columns.map((column, i) => {
      if (names.indexOf(column.name) !== i + 1) return [];
      const value = table.hasHugeText && row === 0 && i === 0 ? 'x'.repeat(HUGE_CHARACTERS) : valueIn(column, row);
      return value === ABSENT ? [] : [`${JSON.stringify(column.name)}:${JSON.stringify(value)}`];
    });
    return `{${[`${JSON.stringify(table.timeName)}:${JSON.stringify(time)}`, ...cells.flat()].join(',')}}\n`;
  });
  // A file without a byte is told as such; one without rows has an empty line.
  writeFileSync(path, lines.join('') || '\n');
}

function valueIn(column: HostileColumn, row: number): unknown {
  const set = VALUES[column.content % (2 * VALUES.length)];
  return set === undefined ? wordOf(column, row) : set[draw(column.seed, row) % set.length];
}
