import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Window } from '../../../src/domain/window.ts';
import { createDuckdbEngine } from '../../../src/engines/duckdb/index.ts';
import { days, feature, parquetFile, plan, textFile } from './profiled.ts';
import { temporaryFolder } from './temporary-folder.ts';

const folder = temporaryFolder();
const WINDOWS = days('2026-03-01', 3);

/** Names and types of the files that hold the rows of a day; undefined for a source of one file. */
function columnsOn(day: number, location: string) {
  const window = WINDOWS[day] as Window;
  return createDuckdbEngine().open(plan(location, { columns: [feature('age', 'numeric')] }), WINDOWS, {
    work: async (opened) => (await opened.columnsIn?.(window))?.map(({ name, type }) => `${name} ${type}`),
  });
}

async function write(format: 'parquet' | 'csv' | 'jsonl', name: string, day: string, age: string | undefined) {
  const at = `2026-03-${day}T10:00:00Z`;
  const text = age === undefined ? '' : age;
  if (format === 'csv') {
    const header = age === undefined ? 'at' : 'at,age';
    return textFile(folder, join(format, `${name}.csv`), `${header}\n${at}${age === undefined ? '' : `,${text}`}\n`);
  }
  if (format === 'jsonl') {
    const row = age === undefined ? { at } : { at, age: Number.isNaN(Number(age)) ? age : Number(age) };
    return textFile(folder, join(format, `${name}.jsonl`), `${JSON.stringify(row)}\n`);
  }
  const value = age === undefined ? '' : `, ${Number.isNaN(Number(age)) ? `'${age}'` : `${age}::BIGINT`} AS age`;
  return parquetFile(folder, join(format, `${name}.parquet`), `SELECT TIMESTAMPTZ '${at}' AS at${value}`);
}

describe('the columns in the files of a window', () => {
  it.each(['parquet', 'csv', 'jsonl'] as const)('are their own, not those of all %s files', async (format) => {
    await write(format, 'a [1]', '01', '7');
    await write(format, 'b', '02', undefined);
    await write(format, 'c', '03', 'many');
    const location = join(folder, format);

    const columns = await Promise.all([0, 1, 2].map((day) => columnsOn(day, location)));

    const names = columns.map((each) => each?.map((column) => column.replace(/^at .*/, 'at')));
    expect(names).toEqual([['at', 'age BIGINT'], ['at'], ['at', 'age VARCHAR']]);
  });

  it('are those of all files where the window has no rows', async () => {
    await write('parquet', 'a', '01', '7');
    const location = join(folder, 'parquet', '*.parquet');
    const [, , last] = WINDOWS;

    expect((await columnsOn(WINDOWS.indexOf(last as Window), location))?.length).toBe(2);
  });

  it('are not asked for in one file', async () => {
    expect(await columnsOn(0, await write('parquet', 'whole', '01', '7'))).toBeUndefined();
  });
});
