import { stat } from 'node:fs/promises';
import { missingColumn } from '../../domain/missing-column.ts';
import type { Source } from '../../domain/model.ts';
import { type TypeFamily, typeFamily } from '../../domain/source-type.ts';
import type { Query } from './connection.ts';
import { emptyFile, isInterruption, sourceError } from './engine-error.ts';
import { locate } from './locate.ts';
import type { Prunable } from './sql/prune.ts';
import { type ReadingMode, type Relation, relationSql, sniffSql } from './sql/relation.ts';
import { toText } from './values.ts';

export interface OpenedColumn {
  readonly name: string;
  readonly type: string;
  readonly family: TypeFamily;
}

/** A source that was found and whose columns are known. */
export interface OpenedSource {
  readonly relation: Relation;
  readonly mode: ReadingMode;
  /** The table function that reads it. */
  readonly sql: string;
  readonly columns: readonly OpenedColumn[];
  /** How files and row groups outside the windows can be skipped, where that was found out. */
  readonly prunable?: Prunable;
}

/**
 * Reads with guessed types, or, where the guess already fails on the first rows, tolerantly; `narrow` may leave out files
 * before any is opened. Throws `source.*`.
 */
export async function openSource(
  source: Source,
  query: Query,
  narrow: (relation: Relation) => Promise<Relation> = async (relation) => relation,
): Promise<OpenedSource> {
  try {
    const found = await locate(source, query);
    if (!found.isMany && (await isEmptyFile(source.location))) throw emptyFile(source.location);
    return await openFirst(await narrow(found), query);
  } catch (thrown) {
    throw sourceError(thrown, source.location);
  }
}

/** The first way of reading that succeeds; the reason why the first failed where none does. */
async function openFirst(relation: Relation, query: Query): Promise<OpenedSource> {
  const modes = relation.format === 'parquet' ? (['sniffed'] as const) : (['sniffed', 'tolerant'] as const);
  const relations = relation.format === 'csv' ? [relation, { ...relation, isStandard: true }] : [relation];
  const reasons: unknown[] = [];
  for (const each of relations) {
    for (const mode of modes) {
      try {
        return await openRelation(each, mode, { query });
      } catch (thrown) {
        if (isInterruption(thrown)) throw thrown;
        reasons.push(thrown);
      }
    }
  }
  throw reasons[0];
}

/**
 * The same source in the mode that no cell can break; undefined where there is no such mode left. The columns of
 * `keep` stay as they were guessed, such as a time in a form that only the guess knows.
 */
export async function reopenTolerantly(
  opened: OpenedSource,
  query: Query,
  keep: readonly string[] = [],
): Promise<OpenedSource | undefined> {
  if (opened.relation.format === 'parquet' || opened.mode === 'tolerant') return undefined;
  const text = opened.columns.map((column) => column.name).filter((name) => !keep.includes(name));
  return openRelation(opened.relation, 'tolerant', {
    query,
    ...(keep.length === 0 || text.length === 0 ? {} : { text }),
  });
}

/** False for what is not on this machine. */
async function isEmptyFile(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found?.size === 0;
}

export function findColumn(opened: OpenedSource, name: string): OpenedColumn | undefined {
  return opened.columns.find((column) => column.name === name);
}

export function requireColumn(opened: OpenedSource, name: string, what: string): OpenedColumn {
  const column = findColumn(opened, name);
  if (column !== undefined) return column;
  throw missingColumn(
    what,
    name,
    opened.columns.map((each) => each.name),
  );
}

/** SQL ends at a NUL character, so no column can be asked for by a name with one. */
function isSayable(name: string): boolean {
  return !name.includes('\0');
}

export async function openRelation(
  found: Relation,
  mode: ReadingMode,
  of: { readonly query: Query; readonly text?: readonly string[] },
): Promise<OpenedSource> {
  const relation = await withQuoting(found, mode, of.query);
  const sql = relationSql(relation, mode, of.text);
  // Decoding a text drops a byte order mark at its beginning, hence the character before it.
  const rows = await of.query(`SELECT '.' || column_name AS name, column_type FROM (DESCRIBE SELECT * FROM ${sql})`);
  const columns = rows.map((row) => {
    const type = toText(row.column_type) ?? '';
    const name = (toText(row.name) ?? '').slice(1);
    return { name, type, family: isSayable(name) ? typeFamily(type) : 'unknown' };
  });
  return { relation, mode, sql, columns };
}

/** What the sniffer writes for a sign that there is none of. */
const NO_SIGN = '(empty)';

/**
 * A CSV with the signs that it quotes by. Else each statement over it would find them out anew, reading the types of its sample once
 * for each way to quote: most of the time of a scan of some thousand rows. Files of one source may quote in different ways.
 */
async function withQuoting({ quoting: _, ...relation }: Relation, mode: ReadingMode, query: Query): Promise<Relation> {
  if (relation.format !== 'csv' || mode !== 'sniffed' || relation.isMany || relation.isStandard === true)
    return relation;
  const [sniffed] = await query(sniffSql(relation));
  const [quote, escapeSign] = [sniffed?.quote, sniffed?.escape].map((sign) => toText(sign)?.replace(NO_SIGN, ''));
  if (quote === undefined || escapeSign === undefined) return relation;
  return { ...relation, quoting: { quote, escape: escapeSign } };
}
