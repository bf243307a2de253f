/**
 * How evenly the values of a categorical column are spread.
 *
 * H = - sum over i of p_i * log2(p_i), in bits, where p_i is the share of category i among the `present` values; the
 * categories that are not counted one by one enter together as one. 0 when all values are equal, log2(k) when k
 * categories are equally frequent. Source: Shannon 1948. Null without a value; a category of 0 rows adds nothing.
 */
export function entropy(categoryRows: readonly number[], present: number): number | null {
  if (present <= 0) return null;
  const counted = categoryRows.reduce((sum, rows) => sum + rows, 0);
  let bits = 0;
  for (const rows of [...categoryRows, present - counted]) {
    if (rows <= 0) continue;
    const share = rows / present;
    bits -= share * Math.log2(share);
  }
  return Math.max(0, bits);
}
