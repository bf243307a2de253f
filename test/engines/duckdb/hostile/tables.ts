import fc from 'fast-check';
import { columnKinds } from '../../../../src/domain/column.ts';

/** Names that break programs: SQL's own words and signs, names of our queries, names that look alike. */
const HOSTILE_NAMES = [
  ...['at', 'n', 'w', 'segment', 'c0', 'c1', 'c0_is', 'window_slots', 'slots', 'scan', 'at_us', 'slot', 'staged_rows'],
  ...[
    'select',
    'FROM',
    'null',
    'true',
    'order by',
    'count(*)',
    '*',
    'row',
    'values',
    'rowid',
    'filename',
    'file_row_number',
  ],
  ...[
    'it’s',
    "it's",
    'a "b"',
    '"',
    '""',
    '`',
    '\\',
    'a;b--',
    '/* x */',
    '{{x}}',
    '%s',
    '?',
    ':p',
    '$1',
    '[0]',
    'a.b',
    'a/b',
  ],
  ...[
    ' ',
    '  two  spaces ',
    '\t',
    'a\nb',
    'a\r\nb',
    '\u0007',
    '\u200b',
    '🦊',
    'Ünïcode',
    'İ',
    'ß',
    'ſ',
    '名前',
    '\ufeffbom',
  ],
  ...[
    'age',
    'Age',
    'AGE',
    'age_1',
    'Id',
    'userId',
    'x'.repeat(300),
    '0',
    '1e5',
    '-1',
    'NaN',
    '__proto__',
    'constructor',
  ],
  ...['toString', 'hasOwnProperty', 'a,b', "', 'x", 'c0_bins', 'category', 'element', 'key', 'a=b', 'dt=2026-03-01'],
];

/** Cells of text files; numbers, truths, dates and nonsense are drawn together, so that no type fits a column. */
export const WORDS = [
  ...[
    '',
    ' ',
    'Oslo',
    'Rome',
    'oslo',
    "O'Hare",
    'a "b"',
    '🦊',
    'null',
    'NULL',
    'NaN',
    'nan',
    'inf',
    '-Infinity',
    'None',
    'N/A',
  ],
  ...[
    '0',
    '1',
    '-0',
    '007',
    '1,5',
    '1.5',
    '1e308',
    '1e309',
    '-1e400',
    '9007199254740993',
    '99999999999999999999999999',
  ],
  ...[
    'true',
    'false',
    'yes',
    'No',
    't',
    '2026-03-01',
    '01.03.2026',
    '2026-02-30',
    '2026-03-01T10:00:00Z',
    '10:00',
    '1772334245',
  ],
  ...[
    '{"a": 1}',
    '[1, 2]',
    '[1, null]',
    'a,b;c\td',
    'a\nb',
    'a\r\nb',
    '\u0001\u001f',
    '\\',
    '\\N',
    "'); DROP TABLE x; --",
    '(other)',
  ],
];
const PLAIN_SETS: readonly (readonly string[])[] = [
  ['1', '2', '3.5', ''],
  ['0', '1'],
  ['true', 'false', ''],
  ['Oslo', 'Rome', ''],
  ['2026-03-01', '2026-03-02'],
  ['0.1', 'NaN', 'inf', '-inf'],
  ['[1, 2]', '[3, 4]', '[]'],
  [''],
  ['7'],
];

export interface HostileColumn {
  readonly name: string;
  /** Chooses what the column holds; each format has its own list. */
  readonly content: number;
  /** Chooses the cells. */
  readonly seed: number;
  readonly declared: (typeof columnKinds)[number] | undefined;
}

/** Longer than a line of CSV may be where its types are guessed (2 MB), which is where the ways of reading part. */
export const HUGE_CHARACTERS = 3_000_000;

export interface HostileTable {
  readonly timeName: string;
  readonly columns: readonly HostileColumn[];
  /** Rows a day; 0 gives an empty table, -1 a table of one row. */
  readonly rowsPerDay: number;
  /** Positions of columns with a role besides that of a feature; beyond the columns: none. */
  readonly score: number;
  readonly label: number;
  readonly segment: number;
  readonly query: number;
  readonly hasHugeText: boolean;
}

const name = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...HOSTILE_NAMES) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 8 }) },
);

export const hostileTable: fc.Arbitrary<HostileTable> = fc.record({
  timeName: fc.oneof(fc.constant('at'), name),
  columns: fc.array(
    fc.record({
      name,
      content: fc.nat(1000),
      seed: fc.nat(1_000_000),
      declared: fc.option(fc.constantFrom(...columnKinds), { nil: undefined, freq: 3 }),
    }),
    { minLength: 8, maxLength: 24 },
  ),
  rowsPerDay: fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(1, 3, 20) },
    { weight: 1, arbitrary: fc.constantFrom(0, -1) },
  ),
  score: fc.nat(30),
  label: fc.nat(30),
  segment: fc.nat(60),
  query: fc.nat(60),
  hasHugeText: fc.integer({ min: 0, max: 99 }).map((draw) => draw === 0),
});

/** Days with rows: enough for a reference and some windows that are compared with it. */
export const DAYS = 12;

/** Instants of the rows as ISO text without zone. */
export function timesOf({ rowsPerDay }: HostileTable): string[] {
  if (rowsPerDay < 0) return ['2026-03-01T12:00:00'];
  return Array.from({ length: DAYS * rowsPerDay }, (_, i) => {
    const day = String((i % DAYS) + 1).padStart(2, '0');
    return `2026-03-${day}T12:${String(Math.floor(i / DAYS) % 60).padStart(2, '0')}:00`;
  });
}

/** A cell of a text file. */
export function wordOf({ content, seed }: HostileColumn, row: number): string {
  const set = PLAIN_SETS[content % (2 * PLAIN_SETS.length)] ?? WORDS;
  return set[draw(seed, row) % set.length] ?? '';
}

/** A number that depends on both and on nothing else. */
export function draw(seed: number, row: number): number {
  let bits = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(row + 1, 0xc2b2ae35);
  bits = Math.imul(bits ^ (bits >>> 15), 0x2c1b3c6d);
  return (bits ^ (bits >>> 13)) >>> 0;
}
