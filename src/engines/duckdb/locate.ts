import { stat } from 'node:fs/promises';
import { DriftbellError } from '../../domain/errors.ts';
import type { Source, SourceFormat } from '../../domain/model.ts';
import type { Query } from './connection.ts';
import { notFound } from './engine-error.ts';
import { quoteText } from './sql/quote.ts';
import type { Relation } from './sql/relation.ts';
import { toCount } from './values.ts';

const ENDINGS: Readonly<Record<SourceFormat, readonly string[]>> = {
  parquet: ['parquet', 'pq'],
  csv: ['csv', 'tsv', 'csv.gz', 'tsv.gz'],
  jsonl: ['jsonl', 'ndjson', 'json', 'jsonl.gz', 'ndjson.gz', 'json.gz'],
};

const GLOB_CHARACTERS = /[*?[]/;

/** Finds the files of a source and how to read them. Throws `source.not_found`, `source.unreadable`. */
export async function locate(source: Source, query: Query): Promise<Relation> {
  if (source.location === '') throw notFound('""');
  const found = await stat(source.location).catch(() => undefined);
  if (found?.isDirectory()) return locateFolder(source, query);
  if (found !== undefined) {
    return { pattern: escapeGlob(source.location), format: formatOf(source), isMany: false };
  }
  const isRemote = /^\w+:\/\//.test(source.location);
  const isGlob = GLOB_CHARACTERS.test(source.location);
  if (!isRemote && (!isGlob || (await countFiles(source.location, query)) === 0)) throw notFound(source.location);
  return { pattern: source.location, format: formatOf(source), isMany: isGlob };
}

/** A folder is read through and through; all files of its first format that occurs. */
async function locateFolder(source: Source, query: Query): Promise<Relation> {
  const folder = escapeGlob(source.location.replace(/\/+$/, ''));
  for (const format of source.format === undefined ? (['parquet', 'csv', 'jsonl'] as const) : [source.format]) {
    for (const ending of ENDINGS[format]) {
      const pattern = `${folder}/**/*.${ending}`;
      if ((await countFiles(pattern, query)) > 0) return { pattern, format, isMany: true };
    }
  }
  throw new DriftbellError('source.not_found', {
    expected: `Parquet, CSV or JSONL files in the folder ${source.location}`,
    received: 'none with such an ending',
    remedy: 'name the files with a glob and their format',
  });
}

async function countFiles(pattern: string, query: Query): Promise<number> {
  const rows = await query(`SELECT count(*) AS n FROM glob(${quoteText(pattern)})`);
  return toCount(rows[0]?.n);
}

function formatOf(source: Source): SourceFormat {
  if (source.format !== undefined) return source.format;
  const location = source.location.toLowerCase();
  for (const [format, endings] of Object.entries(ENDINGS) as [SourceFormat, readonly string[]][]) {
    if (endings.some((ending) => location.endsWith(`.${ending}`))) return format;
  }
  throw new DriftbellError('source.unreadable', {
    expected: 'a source that ends in .parquet, .csv, .tsv, .jsonl, .ndjson or .json',
    received: source.location,
    remedy: 'rename the file or state its format',
  });
}

/** An existing path is taken literally, even when it looks like a pattern. */
function escapeGlob(path: string): string {
  return path.replace(/[*?[]/g, (character) => `[${character}]`);
}
