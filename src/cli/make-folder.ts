import { mkdir, mkdtemp, rmdir, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

/**
 * Makes a folder with its parents and checks that files can be put there, so that a refusal comes before the work.
 * Level by level: where a file system takes no folders, such as /proc, Node's recursive way never ends.
 */
export async function makeFolder(path: string): Promise<void> {
  await makeLevels(path);
}

/**
 * The folder is there before the work begins; where the work fails, what was made for it goes again. A folder that was
 * there before stays, and so does one that has been filled.
 */
export async function withFolder<T>(path: string, work: () => Promise<T>): Promise<T> {
  const made = await makeLevels(path);
  try {
    return await work();
  } catch (thrown) {
    for (const level of made.toReversed()) await rmdir(level).catch(() => undefined);
    throw thrown;
  }
}

/** The levels that were not there before, the outermost first. */
async function makeLevels(path: string): Promise<readonly string[]> {
  const made: string[] = [];
  await makeLevel(resolve(path), made);
  try {
    await rmdir(await mkdtemp(join(path, '.driftbell-')));
  } catch (thrown) {
    throw Object.assign(thrown as NodeJS.ErrnoException, { path });
  }
  return made;
}

async function makeLevel(path: string, made: string[]): Promise<void> {
  const found = await stat(path).catch((thrown: NodeJS.ErrnoException) => {
    if (thrown.code === 'ENOENT') return undefined;
    throw thrown;
  });
  if (found?.isDirectory()) return;
  if (found === undefined) await makeLevel(dirname(path), made);
  await mkdir(path)
    .then(() => made.push(path))
    .catch((thrown: NodeJS.ErrnoException) => {
      // Another process may have made it in between; a file in its place stays an error.
      if (thrown.code !== 'EEXIST' || found !== undefined) throw thrown;
    });
}
