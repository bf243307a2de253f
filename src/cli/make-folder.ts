import { mkdir, mkdtemp, rmdir, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

/**
 * Makes a folder with its parents and checks that files can be put there, so that a refusal comes before the work.
 * Level by level: where a file system takes no folders, such as /proc, Node's recursive way never ends.
 */
export async function makeFolder(path: string): Promise<void> {
  await makeLevel(resolve(path));
  try {
    await rmdir(await mkdtemp(join(path, '.driftbell-')));
  } catch (thrown) {
    throw Object.assign(thrown as NodeJS.ErrnoException, { path });
  }
}

async function makeLevel(path: string): Promise<void> {
  const found = await stat(path).catch((thrown: NodeJS.ErrnoException) => {
    if (thrown.code === 'ENOENT') return undefined;
    throw thrown;
  });
  if (found?.isDirectory()) return;
  if (found === undefined) await makeLevel(dirname(path));
  await mkdir(path).catch((thrown: NodeJS.ErrnoException) => {
    // Another process may have made it in between; a file in its place stays an error.
    if (thrown.code !== 'EEXIST' || found !== undefined) throw thrown;
  });
}
