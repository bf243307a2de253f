import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ZodType } from 'zod';

export interface CacheOptions<T> {
  readonly folder: string;
  /** Names the file together with a digest of `input`. */
  readonly name: string;
  /** All that the value follows from. */
  readonly input: unknown;
  readonly shape: ZodType<T>;
}

/** The value from the folder, else computed and left there. A file of another form is computed anew. */
export async function cachedFile<T>(
  { folder, name, input, shape }: CacheOptions<T>,
  make: () => Promise<T>,
): Promise<T> {
  const digest = createHash('sha256').update(JSON.stringify(input)).digest('hex').slice(0, 16);
  const path = join(folder, `${name}-${digest}.json`);
  const found = shape.safeParse(parse(await readFile(path, 'utf8').catch(() => '')));
  if (found.success) return found.data;
  const value = await make();
  await mkdir(folder, { recursive: true });
  // Written beside its place: a run that is stopped leaves no half file.
  await writeFile(`${path}.part`, JSON.stringify(value));
  await rename(`${path}.part`, path);
  return value;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
