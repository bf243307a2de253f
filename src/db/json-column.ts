import type { z } from 'zod';
import { DriftbellError, describeThrown } from '../domain/errors.ts';

/** Names a row for people: `reports 7`. */
export interface RowName {
  readonly table: string;
  readonly id: number | string;
}

/** Text for a JSON column, checked as it will be on the way back: JSON would turn NaN into null without a word. */
export function writeJson<T>(schema: z.ZodType<T>, value: unknown, where: RowName): string {
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    throw new DriftbellError('store.failed', {
      expected: `a value that fits ${where.table} ${where.id}`,
      received: describeIssue(parsed.error),
      remedy: 'report this as a bug of Driftbell with this line',
      cause: parsed.error,
    });
  }
  return JSON.stringify(value);
}

export function readJson<T>(schema: z.ZodType<T>, text: string, where: RowName): T {
  const parsed = schema.safeParse(parseText(text, where));
  if (!parsed.success) throw corruptRow(where, describeIssue(parsed.error), parsed.error);
  return parsed.data;
}

function parseText(text: string, where: RowName): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw corruptRow(where, describeThrown(cause), cause);
  }
}

function corruptRow(where: RowName, received: string, cause: unknown): DriftbellError {
  return new DriftbellError('store.failed', {
    expected: `a readable row ${where.id} of the table ${where.table}`,
    received,
    remedy: 'mend the row, or restore the database from a backup',
    cause,
  });
}

function describeIssue(error: z.ZodError): string {
  const [issue] = error.issues;
  if (issue === undefined) return 'something else';
  return issue.path.length === 0 ? issue.message : `${issue.path.join('.')}: ${issue.message}`;
}
