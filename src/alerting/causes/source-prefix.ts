/** Names are cut where their writers cut them. */
const PARTS = /[_.:/-]+/;

/**
 * What the names of some columns begin with, up to a cut between words: `profile_` of `profile_age` and `profile_city`.
 * Undefined where they share nothing, or nothing that other columns of the model lack.
 */
export function sharedPrefix(names: readonly string[], all: readonly string[]): string | undefined {
  const [first] = names;
  if (first === undefined || names.length < 2) return undefined;
  const prefix = cuts(first).findLast((cut) => names.every((name) => name.startsWith(cut) && name !== cut));
  if (prefix === undefined || all.every((name) => name.startsWith(prefix))) return undefined;
  return prefix;
}

/** The first word of a name behind what the names of all columns begin with; undefined for a name of one word. */
export function sourceOf(name: string, common: string): string | undefined {
  return cuts(name).find((cut) => cut.length > common.length);
}

/** What all names begin with: it tells nothing. */
export function commonPrefix(names: readonly string[]): string {
  const [first = ''] = names;
  if (names.length < 2) return '';
  return cuts(first).findLast((cut) => names.every((name) => name.startsWith(cut))) ?? '';
}

/** `user.`, `user.profile_` of `user.profile_age`. */
function cuts(name: string): string[] {
  const ends: string[] = [];
  let place = 0;
  for (const part of name.split(PARTS).slice(0, -1)) {
    place = name.indexOf(part, place) + part.length;
    const cut = /^[_.:/-]+/.exec(name.slice(place))?.[0] ?? '';
    place += cut.length;
    if (part !== '') ends.push(name.slice(0, place));
  }
  return ends;
}
