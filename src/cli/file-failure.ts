import { DriftbellError } from '../domain/errors.ts';

/** What Node calls the trouble -> what came instead of a usable path, and what to do about it. */
const TROUBLES: Readonly<Record<string, { readonly received: string; readonly remedy: string }>> = {
  ENOENT: {
    received: 'no such file or folder',
    remedy: 'check the path: its parent folder must exist and take new files',
  },
  EACCES: { received: 'no permission', remedy: 'name a place that this user may use, or change its permissions' },
  EPERM: { received: 'no permission', remedy: 'name a place that this user may use, or change its permissions' },
  EROFS: { received: 'a read-only file system', remedy: 'name a place on a disk that can be written' },
  ENOSPC: { received: 'a full disk', remedy: 'free some space, or name a place on another disk' },
  EDQUOT: { received: 'a used-up quota', remedy: 'free some space, or name a place on another disk' },
  EISDIR: { received: 'a folder', remedy: 'name a file' },
  ENOTDIR: { received: 'a file in the place of a folder', remedy: 'name a path whose parents are folders' },
  EEXIST: { received: 'something that is there already', remedy: 'name another path, or move it away' },
  ENAMETOOLONG: { received: 'a name that is too long', remedy: 'name a shorter path' },
  ELOOP: { received: 'links that lead in a circle', remedy: 'name a path without them' },
  EMFILE: { received: 'too many open files', remedy: 'raise the limit of open files (ulimit -n)' },
};

const READING: ReadonlySet<string> = new Set(['read', 'scandir', 'opendir', 'stat', 'lstat', 'readlink']);

/** An error of the file system as one that people understand; undefined for any other. */
export function fileFailure(thrown: unknown): DriftbellError | undefined {
  if (!(thrown instanceof Error)) return undefined;
  const { code = '', syscall, path } = thrown as NodeJS.ErrnoException;
  const trouble = TROUBLES[code];
  if (trouble === undefined || syscall === undefined) return undefined;
  const deed = READING.has(syscall) ? 'read' : syscall === 'open' ? 'open' : 'write';
  return new DriftbellError('file.unusable', {
    expected: `to be able to ${deed} ${path ?? 'a file'}`,
    received: `${trouble.received} (${code})`,
    remedy: trouble.remedy,
    cause: thrown,
  });
}
