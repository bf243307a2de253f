import { readFile } from 'node:fs/promises';
import { DriftbellError, describeThrown } from '../domain/errors.ts';

/** A file that was named on the command line, as text. Throws `file.unusable`. */
export async function readInput(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new DriftbellError('file.unusable', {
      expected: `a file to read at ${path}`,
      received: describeThrown(cause),
      remedy: 'name another file',
      cause,
    });
  }
}
