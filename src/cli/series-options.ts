import { counted } from '../domain/counted.ts';
import { DriftbellError } from '../domain/errors.ts';
import { latestOfNow } from '../domain/future.ts';
import { type Granularity, granularities } from '../domain/model.ts';
import { shippedDetectorFolder } from '../platform/package-root.ts';
import type { CliDeps } from './deps.ts';
import type { FileSeries } from './series-files.ts';

/** What the verbs over series files need of the command line. */
export type SeriesVerbDeps = Pick<CliDeps, 'terminal' | 'clock' | 'signal' | 'readConfig'>;

export function parseGranularity(text: string): Granularity {
  const found = granularities.find((granularity) => granularity === text);
  if (found !== undefined) return found;
  throw new DriftbellError('usage.invalid', {
    expected: '--granularity day or hour',
    received: JSON.stringify(text),
    remedy: 'name the length of a window',
  });
}

/** A whole number of at least `least`. */
export function parseWhole(option: string, text: string, least: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text.trim()) && Number.isSafeInteger(value) && value >= least) return value;
  throw new DriftbellError('usage.invalid', {
    expected: `${option} as a whole number of at least ${least}`,
    received: JSON.stringify(text),
    remedy: `write for example ${option} ${Math.max(least, 1)}`,
  });
}

/** The folder that was named, else the configured one, else the one that ships with the package. */
export function detectorFolder(deps: SeriesVerbDeps, named: string | undefined): string {
  return named ?? deps.readConfig().detectorFolder ?? shippedDetectorFolder();
}

/** Says on the error stream what was mended while reading, and which rows lie in the future, as a mistyped year does. */
export function writeRemarks({ terminal, clock }: SeriesVerbDeps, files: readonly FileSeries[]): void {
  const latestMs = latestOfNow(clock.now());
  for (const { name, remarks, points } of files) {
    const later = points.filter(({ startMs }) => startMs > latestMs);
    const [last] = later.slice(-1);
    const future = last === undefined ? [] : [futureWords(later.length, last.time)];
    for (const remark of [...remarks, ...future]) terminal.writeError(`${name}: ${remark}\n`);
  }
}

function futureWords(rows: number, last: string): string {
  const lie = counted(rows, 'row lies', 'rows lie');
  return `${lie} in the future (the last at ${last}): correct mistyped times`;
}
