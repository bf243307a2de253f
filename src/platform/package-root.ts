import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DriftbellError } from '../domain/errors.ts';

/** The folder of the installed package: the same from source and from `dist`. */
export function packageRoot(): string {
  for (let folder = import.meta.dirname; ; folder = dirname(folder)) {
    if (isOurs(join(folder, 'package.json'))) return folder;
    if (dirname(folder) === folder) break;
  }
  throw new DriftbellError('config.invalid', {
    expected: 'the package.json of driftbell above the running code',
    received: `none above ${import.meta.dirname}`,
    remedy: 'install the package whole',
  });
}

function isOurs(path: string): boolean {
  return existsSync(path) && (JSON.parse(readFileSync(path, 'utf8')) as { name?: unknown }).name === 'driftbell';
}

/** The detector that judges where none is named: our own, which the evidence puts before the paper's. */
export function shippedDetectorFolder(): string {
  return join(packageRoot(), 'detectors', 'driftbell');
}
