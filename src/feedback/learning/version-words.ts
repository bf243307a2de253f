import { type Correction, type OffsetLevel, offsetLevels, trustOf } from '../../domain/correction.ts';
import { type LearnedVersion, NOTHING_LEARNED } from '../../domain/learned-version.ts';

/**
 * What one version of a detector tells otherwise than the one before it, in words: which series, columns, kinds and models
 * are told less or more easily, the furthest first, and what was confirmed, which changes nothing of what is told. Pure.
 */
const NAMED = 3;
/** In log-odds: a smaller change decides of next to nothing. */
const LEAST_CHANGE = 0.2;

export function versionChanges(before: Correction, after: Correction): readonly string[] {
  const moved = [...offsetChanges(before, after, quieting), ...raiseChanges(before, after)];
  const confirmed = offsetChanges(before, after, confirming);
  return [
    ...sideWords('told less easily', moved, -1),
    ...sideWords('told more easily', moved, 1),
    ...sideWords('confirmed', confirmed, 1),
    ...sharedWords(before, after),
  ];
}

interface Change {
  readonly words: string;
  readonly change: number;
}

/** Of an offset only what is below 0 decides of what is told; the rest weighs against it. */
const quieting = (offset: number): number => Math.min(0, offset);
const confirming = (offset: number): number => Math.max(0, offset);

function offsetChanges(before: Correction, after: Correction, part: (offset: number) => number): readonly Change[] {
  return offsetLevels.flatMap((level) => changesOf(level, before.offsets[level], after.offsets[level], part));
}

function raiseChanges(before: Correction, after: Correction): readonly Change[] {
  return changesOf('series', before.raises ?? {}, after.raises ?? {}, (raise) => raise);
}

function changesOf(
  level: OffsetLevel,
  before: Readonly<Record<string, number>>,
  after: Readonly<Record<string, number>>,
  part: (offset: number) => number,
): readonly Change[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].map((name) => ({
    words: placeWords(level, name),
    change: part(after[name] ?? 0) - part(before[name] ?? 0),
  }));
}

function sideWords(what: string, changes: readonly Change[], sign: 1 | -1): readonly string[] {
  const words = changes
    .filter(({ change }) => sign * change >= LEAST_CHANGE)
    .toSorted((a, b) => sign * (b.change - a.change) || a.words.localeCompare(b.words))
    .map((one) => one.words);
  return words.length === 0 ? [] : [`${what}: ${listed(words)}`];
}

/** The version that was in force when another was made. */
export function versionBefore(versions: readonly LearnedVersion[], { number }: LearnedVersion): Correction {
  const earlier = versions.filter((other) => other.number < number && other.promotedAt !== undefined);
  return earlier.toSorted((a, b) => b.number - a.number)[0]?.correction ?? NOTHING_LEARNED;
}

function listed(words: readonly string[]): string {
  const more = words.length - NAMED;
  return `${words.slice(0, NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function sharedWords(before: Correction, after: Correction): readonly string[] {
  const [was, is] = [before, after].map(({ network, labels }) => (network === undefined ? 0 : trustOf(labels)));
  if (is === was) return [];
  return [
    `what all series share counts for ${Math.round(100 * (is ?? 0))} % (before: ${Math.round(100 * (was ?? 0))} %)`,
  ];
}

function placeWords(level: OffsetLevel, name: string): string {
  if (level === 'model') return `all of ${name}`;
  const [model = '', ...parts] = JSON.parse(name) as readonly string[];
  const [first = '', column = '', statistic = '', where = ''] = parts;
  if (level === 'statistic') return `every ${spoken(first)} of ${model}`;
  if (level === 'column') return `all of ${first} of ${model}`;
  const segment = first === '' ? '' : ` in ${first}`;
  return `${column} ${spoken(statistic)}${segment} ${where} its baseline (${model})`;
}

function spoken(statistic: string): string {
  return statistic.replaceAll('_', ' ');
}
