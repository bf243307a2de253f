import { describeThrown } from './errors.ts';

export interface FileTrouble {
  readonly received: string;
  readonly remedy: string;
}

/** What Node calls the trouble -> what came instead of a usable path, and what to do about it. */
const TROUBLES: Readonly<Record<string, FileTrouble>> = {
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

/** What an error of the file system is about; undefined for any other. */
export function fileTrouble(thrown: unknown): FileTrouble | undefined {
  if (!(thrown instanceof Error)) return undefined;
  const { code = '', syscall } = thrown as NodeJS.ErrnoException;
  return syscall === undefined ? undefined : TROUBLES[code];
}

/** What came instead of a usable file, in words: without the path, which whoever tells it names, and without Node's codes. */
export function describeFileTrouble(thrown: unknown): string {
  return fileTrouble(thrown)?.received ?? describeThrown(thrown);
}
