import { stat } from 'node:fs/promises';
import { DriftbellError } from '../../domain/errors.ts';
import type { Source, SourceFormat } from '../../domain/model.ts';
import type { Query } from './connection.ts';
import { notFound } from './engine-error.ts';
import { partitionTypes } from './partitions.ts';
import { quoteText } from './sql/quote.ts';
import { escapeGlob, type Relation } from './sql/relation.ts';
import { toText } from './values.ts';

const ENDINGS: Readonly<Record<SourceFormat, readonly string[]>> = {
  parquet: ['parquet', 'pq'],
  csv: ['csv', 'tsv', 'csv.gz', 'tsv.gz'],
  jsonl: ['jsonl', 'ndjson', 'json', 'jsonl.gz', 'ndjson.gz', 'json.gz'],
};

const GLOB_CHARACTERS = /[*?[]/;
/** Writers keep what is unfinished under such names (`_temporary/0/part-0.parquet`); a partition's may begin so too. */
const HIDDEN = /\/[_.][^/=]*(?:\/|$)/;

/** Finds the files of a source and how to read them. Throws `source.not_found`, `source.unreadable`. */
export async function locate(source: Source, query: Query): Promise<Relation> {
  if (source.location === '') throw notFound('""');
  const found = await stat(source.location).catch(() => undefined);
  if (found?.isDirectory()) return locateFolder(source, query);
  if (found !== undefined) {
    const relation = { pattern: escapeGlob(source.location), format: formatOf(source), isMany: false };
    return withFiles(relation, [source.location]);
  }
  const isRemote = /^\w+:\/\//.test(source.location);
  const isGlob = GLOB_CHARACTERS.test(source.location);
  const files = isGlob ? await listFiles(source.location, query) : [];
  if (!isRemote && files.length === 0) throw notFound(source.location);
  return withFiles({ pattern: source.location, format: formatOf(source), isMany: isGlob }, files);
}

/** A folder is read through and through, hidden files aside; all files of its first format that occurs. */
async function locateFolder(source: Source, query: Query): Promise<Relation> {
  const root = source.location.replace(/\/+$/, '');
  const folder = escapeGlob(root);
  for (const format of source.format === undefined ? (['parquet', 'csv', 'jsonl'] as const) : [source.format]) {
    for (const ending of ENDINGS[format]) {
      const pattern = `${folder}/**/*.${ending}`;
      const found = await listFiles(pattern, query);
      const files = found.filter((file) => !HIDDEN.test(file.slice(root.length)));
      if (files.length > 0) {
        return withFiles({ pattern, format, isMany: true, isPart: files.length < found.length }, files);
      }
    }
  }
  throw new DriftbellError('source.not_found', {
    expected: `Parquet, CSV or JSONL files in the folder ${source.location}`,
    received: 'none with such an ending',
    remedy: 'name the files with a glob and their format',
  });
}

async function listFiles(pattern: string, query: Query): Promise<string[]> {
  const rows = await query(`SELECT file FROM glob(${quoteText(pattern)}) ORDER BY file`);
  return rows.flatMap((row) => toText(row.file) ?? []);
}

function withFiles(relation: Relation, files: readonly string[]): Relation {
  const partitions = partitionTypes(files);
  return { ...relation, files, ...(partitions === undefined ? {} : { partitions }) };
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
