import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { DriftbellError } from '../domain/errors.ts';

const INDEX_FILE = 'series.json';
/** The names that an earlier run left in its index; nothing else is ever removed. */
const EarlierIndex = z.object({ series: z.array(z.object({ file: z.string().regex(/^[\w-]+\.csv$/) })) });

/**
 * Fills a folder with files and an index, all or nothing: everything is written beside it and moved in, the index
 * last. Refuses a folder that holds something, unless forced; then the files of the earlier index go first.
 */
export async function replaceFolder(
  folder: string,
  files: ReadonlyMap<string, string>,
  options: { readonly index: object; readonly isForced: boolean },
): Promise<void> {
  const target = resolve(folder);
  const present = await listNames(target);
  if (present.length > 0 && !options.isForced) throw notEmpty(folder, present.length);
  await mkdir(dirname(target), { recursive: true });
  const staging = await mkdtemp(`${target}.part-`);
  try {
    for (const [name, content] of files) await writeFile(join(staging, name), content);
    await writeFile(join(staging, INDEX_FILE), `${JSON.stringify(options.index, null, 2)}\n`);
    await mkdir(target, { recursive: true });
    await removeEarlier(target);
    for (const name of [...files.keys(), INDEX_FILE]) await rename(join(staging, name), join(target, name));
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

async function removeEarlier(target: string): Promise<void> {
  const text = await readFile(join(target, INDEX_FILE), 'utf8').catch(() => '{}');
  const earlier = EarlierIndex.safeParse(parseJson(text));
  if (!earlier.success) return;
  await rm(join(target, INDEX_FILE));
  for (const { file } of earlier.data.series) await rm(join(target, file), { force: true });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function listNames(target: string): Promise<readonly string[]> {
  try {
    return await readdir(target);
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw new DriftbellError('usage.invalid', {
      expected: `a folder at ${target}`,
      received: 'something that cannot be listed',
      remedy: 'name another one with --output',
      cause: thrown,
    });
  }
}

function notEmpty(folder: string, files: number): DriftbellError {
  return new DriftbellError('usage.invalid', {
    expected: `a new or empty folder ${folder}`,
    received: `one that holds ${files} files`,
    remedy: 'name another one with --output, or add --force to replace an earlier benchmark in it',
  });
}
