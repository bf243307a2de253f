/** What the generator needs of a seeded stream; the `Random` port has this form. */
export interface Draws {
  uniform(): number;
  normal(): number;
  integer(from: number, to: number): number;
}

export interface Range {
  readonly from: number;
  readonly to: number;
}

export function drawBetween(draws: Draws, range: Range): number {
  return range.from + draws.uniform() * (range.to - range.from);
}

/** Uniform in the logarithm, for magnitudes; both ends positive, or both 0. */
export function drawLogBetween(draws: Draws, range: Range): number {
  if (range.to === 0) return drawBetween(draws, range);
  return Math.exp(drawBetween(draws, { from: Math.log(range.from), to: Math.log(range.to) }));
}
