import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..', '..');
/** What a figure of the ablation follows from, besides data and settings. */
const FOLDERS = ['src/detection', 'src/tensorflow', 'src/domain', 'test/bench/evidence/sets'];

/** Changes whenever the code of the detector or of a set does. */
export async function codeDigest(): Promise<string> {
  const hash = createHash('sha256');
  for (const folder of FOLDERS) {
    const names = await readdir(join(root, folder), { recursive: true });
    for (const name of names.filter((one) => one.endsWith('.ts')).toSorted()) {
      hash.update(name).update(await readFile(join(root, folder, name)));
    }
  }
  return hash.digest('hex');
}
