/** A seeded stream: the same seed gives the same numbers everywhere. */
export interface Random {
  /** Uniform in [0, 1). */
  uniform(): number;
  /** Standard normal. */
  normal(): number;
  /** Uniform integer in [from, to], both included. */
  integer(from: number, to: number): number;
}
