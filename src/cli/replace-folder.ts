import { mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { counted } from '../domain/counted.ts';
import { DriftbellError } from '../domain/errors.ts';
import { makeFolder } from './make-folder.ts';

const INDEX_FILE = 'series.json';
/** The names that an earlier run left in its index; nothing else is ever removed. */
const EarlierIndex = z.object({
  benchmark: z.string(),
  series: z.array(z.object({ file: z.string().regex(/^[\w-]+\.csv$/) })),
});
type EarlierIndex = z.infer<typeof EarlierIndex>;

/**
 * Fills a folder with files and an index, all or nothing: everything is written beside it and moved in, the index
 * last. Refuses a folder that holds something, unless it is an earlier run's and forced; then its files go first.
 */
export async function replaceFolder(
  folder: string,
  files: ReadonlyMap<string, string>,
  options: { readonly index: object; readonly isForced: boolean },
): Promise<void> {
  const target = resolve(folder);
  const present = await listNames(target);
  const earlier = await earlierIndex(target);
  if (present.length > 0 && !options.isForced) throw notEmpty(folder, present.length);
  if (present.length > 0 && earlier === undefined) throw notOurs(folder, present.length);
  await makeFolder(dirname(target));
  const staging = await mkdtemp(`${target}.part-`);
  try {
    for (const [name, content] of files) await writeFile(join(staging, name), content);
    await writeFile(join(staging, INDEX_FILE), `${JSON.stringify(options.index, null, 2)}\n`);
    await makeFolder(target);
    if (earlier !== undefined) await removeEarlier(target, earlier);
    for (const name of [...files.keys(), INDEX_FILE]) await rename(join(staging, name), join(target, name));
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

async function earlierIndex(target: string): Promise<EarlierIndex | undefined> {
  const text = await readFile(join(target, INDEX_FILE), 'utf8').catch(() => '');
  return EarlierIndex.safeParse(parseJson(text)).data;
}

async function removeEarlier(target: string, earlier: EarlierIndex): Promise<void> {
  await rm(join(target, INDEX_FILE));
  for (const { file } of earlier.series) await rm(join(target, file), { force: true });
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
    received: `one that holds ${counted(files, 'file')}`,
    remedy: 'name another one with --output, or add --force to replace an earlier benchmark in it',
  });
}

function notOurs(folder: string, files: number): DriftbellError {
  return new DriftbellError('usage.invalid', {
    expected: `an earlier benchmark, with its ${INDEX_FILE}, in ${folder} to replace`,
    received: `${counted(files, 'other file')}`,
    remedy: 'name a new or empty folder with --output',
  });
}
