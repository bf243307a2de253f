import type { EpochMs } from './identifiers.ts';
import type { Window } from './window.ts';

/**
 * `waiting`: its time has not come. `late`: its time has passed and the source ends before it, or with rows still coming.
 * `missing`: the source goes on after it but has no rows in it, where there are always some. `zero_rows`: none, as is
 * usual at that time. `landed`: its rows are there.
 */
export const landingStates = ['waiting', 'late', 'missing', 'zero_rows', 'landed'] as const;
export type LandingState = (typeof landingStates)[number];

export interface Landing {
  readonly state: LandingState;
  /** For people. */
  readonly text: string;
}

/** What was seen when a window was looked at the last time. */
export interface WindowLook extends Landing {
  readonly window: Window;
  readonly atMs: EpochMs;
  readonly rows: number;
  /** Since when the number of rows is the same. */
  readonly sameSinceMs: EpochMs;
}

/** What is known of a window after a turn. */
export interface WindowLanding extends Landing {
  readonly window: Window;
  /** Null while nobody has looked, since its time has not come. */
  readonly rows: number | null;
  /** True when its statistics are stored: it has landed, or it is so late that it is judged with what is there. */
  readonly isJudgeable: boolean;
}
