import type { Reading } from './holiday-reading.ts';

/**
 * Of a window after a shift that has become the new normal: the reading by the level before it, where the value is at home
 * there, else its own. A long incident that ends is no second one. `former` keeps the windows before the shift and masks
 * the others.
 */
export function backToFormer(own: Reading, former: Reading, value: number): Reading {
  const isAtHome = value >= former.lower && value <= former.upper;
  return isAtHome && former.tail > own.tail ? former : own;
}
