import { DriftbellError } from '../domain/errors.ts';

export interface CsvRecord {
  /** Line of the file on which the record starts, from 1. */
  readonly line: number;
  readonly fields: readonly string[];
}

/**
 * The records of a CSV text (RFC 4180): fields between commas, quoted where they hold commas, quotes or line breaks; a
 * quote inside a quoted field is doubled. Lines end with LF or CRLF; a byte-order mark and empty lines are skipped.
 * Throws `series.invalid` for a quote that is out of place.
 */
export function parseCsv(text: string, file: string): CsvRecord[] {
  const records: CsvRecord[] = [];
  const pattern = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r?\n|$)/y;
  let fields: string[] = [];
  let line = 1;
  let start = 1;
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  while (at <= text.length) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match === null) throw misplacedQuote(file, line);
    const [whole, raw = '', end = ''] = match;
    fields.push(raw.startsWith('"') ? raw.slice(1, -1).replaceAll('""', '"') : raw);
    line += countLineBreaks(raw);
    at += whole.length;
    if (end === ',') continue;
    if (fields.length > 1 || fields[0] !== '') records.push({ line: start, fields });
    fields = [];
    line += 1;
    start = line;
    if (end === '') break;
  }
  return records;
}

/** A field as CSV, quoted only where it has to be. */
export function csvField(value: string): string {
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

function countLineBreaks(raw: string): number {
  let breaks = 0;
  for (const character of raw) if (character === '\n') breaks += 1;
  return breaks;
}

function misplacedQuote(file: string, line: number): DriftbellError {
  return new DriftbellError('series.invalid', {
    expected: `a comma or the end of the line after a field in ${file}, line ${line}`,
    received: 'a double quote out of place',
    remedy: 'quote the whole field and double the quotes inside it',
  });
}
