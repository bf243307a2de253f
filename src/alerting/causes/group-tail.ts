import { simes } from '../../domain/simes.ts';

/** The tail probability of a group of findings; undefined where one has none, or there is none at all. */
export function groupTail(tails: readonly (number | undefined)[]): number | undefined {
  const known = tails.filter((tail): tail is number => tail !== undefined);
  return known.length === 0 || known.length < tails.length ? undefined : simes(known);
}
