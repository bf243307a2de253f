import type { Window } from '../../../domain/window.ts';
import { spanOf } from './windows.ts';

/** The files of a relation that hold rows of a window; only the time is read of them. */
export function filesSql(relation: string, window: Window, instant: string): string {
  const { fromUs, toUs } = spanOf([window]);
  return [
    'SELECT DISTINCT filename AS file',
    `FROM ${relation}`,
    `WHERE (${instant}) BETWEEN ${fromUs} AND ${toUs - 1}`,
    'ORDER BY file',
  ].join('\n');
}
