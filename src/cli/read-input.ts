import { readFile } from 'node:fs/promises';
import { DriftbellError } from '../domain/errors.ts';
import { describeFileTrouble } from '../domain/file-trouble.ts';

/** A file that was named on the command line, as text. Throws `file.unusable`. */
export async function readInput(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new DriftbellError('file.unusable', {
      expected: `a file to read at ${path}`,
      received: describeFileTrouble(cause),
      remedy: 'name another file',
      cause,
    });
  }
}
