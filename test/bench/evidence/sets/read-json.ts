import { readFile } from 'node:fs/promises';
import type { ZodType } from 'zod';
import { DriftbellError, describeThrown } from '../../../../src/domain/errors.ts';

/** A JSON file of the data; throws one clear line when it is missing or has another form. */
export async function readJson<T>(path: string, shape: ZodType<T>): Promise<T> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw invalidData(path, 'a readable file', describeThrown(cause), cause);
  });
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch (cause) {
    throw invalidData(path, 'JSON', describeThrown(cause), cause);
  }
  const parsed = shape.safeParse(raw);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw invalidData(path, issue?.message ?? 'another form', `at ${issue?.path.join('.') ?? 'the top'}`, parsed.error);
}

export function invalidData(path: string, expected: string, received: string, cause?: unknown): DriftbellError {
  return new DriftbellError('series.invalid', {
    expected: `${expected} in ${path}`,
    received,
    remedy: 'give the folder that CONTRIBUTING.md describes with --data, and correct the file',
    cause,
  });
}
