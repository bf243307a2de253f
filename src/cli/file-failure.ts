import { DriftbellError } from '../domain/errors.ts';
import { fileTrouble } from '../domain/file-trouble.ts';

const READING: ReadonlySet<string> = new Set(['read', 'scandir', 'opendir', 'stat', 'lstat', 'readlink']);

/** An error of the file system as one that people understand; undefined for any other. */
export function fileFailure(thrown: unknown): DriftbellError | undefined {
  const trouble = fileTrouble(thrown);
  if (trouble === undefined) return undefined;
  const { syscall = '', path } = thrown as NodeJS.ErrnoException;
  const deed = READING.has(syscall) ? 'read' : syscall === 'open' ? 'open' : 'write';
  return new DriftbellError('file.unusable', {
    expected: `to be able to ${deed} ${path ?? 'a file'}`,
    received: trouble.received,
    remedy: trouble.remedy,
    cause: thrown,
  });
}
