import { type Correction, type OffsetLevel, offsetLevels, trustOf } from '../domain/correction.ts';
import { type LearnedVersion, NOTHING_LEARNED } from '../domain/learned-version.ts';

/**
 * What one version of a detector tells otherwise than the one before it, in words: which series, columns, kinds and models
 * are told less or more easily, the furthest first. Pure.
 */
const NAMED = 3;
/** In log-odds: a smaller change decides of next to nothing. */
const LEAST_CHANGE = 0.2;

export function versionChanges(before: Correction, after: Correction): readonly string[] {
  const moved = offsetLevels.flatMap((level) => {
    const names = new Set([...Object.keys(before.offsets[level]), ...Object.keys(after.offsets[level])]);
    return [...names].map((name) => ({
      words: placeWords(level, name),
      change: (after.offsets[level][name] ?? 0) - (before.offsets[level][name] ?? 0),
    }));
  });
  const side = (sign: 1 | -1): readonly string[] =>
    moved
      .filter(({ change }) => sign * change >= LEAST_CHANGE)
      .toSorted((a, b) => sign * (b.change - a.change) || a.words.localeCompare(b.words))
      .map(({ words }) => words);
  const [less, more] = [side(-1), side(1)];
  return [
    ...(less.length === 0 ? [] : [`told less easily: ${listed(less)}`]),
    ...(more.length === 0 ? [] : [`told more easily: ${listed(more)}`]),
    ...sharedWords(before, after),
  ];
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
