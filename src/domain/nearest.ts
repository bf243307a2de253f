/** Candidates within this share of the word's length (and at least one edit) are offered as "did you mean". */
const CLOSE_SHARE = 0.4;
/** Longer words are compared by their beginnings: nobody mistypes more, and the table stays small. */
const LONGEST_WORD = 80;

/** The candidate nearest to a mistyped word, or undefined when none is close. Case does not count. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(Math.min(word.length, LONGEST_WORD) * CLOSE_SHARE)) + 1;
  for (const candidate of candidates) {
    const distance = editDistance(
      word.slice(0, LONGEST_WORD).toLowerCase(),
      candidate.slice(0, LONGEST_WORD).toLowerCase(),
    );
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/**
 * Optimal string alignment distance: insertions, deletions, substitutions and swaps of neighbours, of UTF-16 units
 * (Damerau 1964). A swap is one slip of the fingers, so it counts as one edit.
 */
function editDistance(a: string, b: string): number {
  let beforeThat: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const current = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const substitution = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swap = isSwap ? (beforeThat[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY;
      current.push(Math.min(substitution, (previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1, swap));
    }
    beforeThat = previous;
    previous = current;
  }
  return previous[b.length] ?? 0;
}
