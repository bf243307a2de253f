import type { Landing, LandingState } from '../src/domain/landing.ts';

const stateWords: Readonly<Record<LandingState, string>> = {
  waiting: 'waiting',
  late: 'late',
  missing: 'missing',
  zero_rows: 'zero rows',
  landed: 'landed',
};

/** `late: 3 of about 1,000 rows so far`. */
export function landingWords({ state, text }: Landing): string {
  return `${stateWords[state]}: ${text}`;
}

/** Why a window was not judged, and when it will be. */
export function notLandedWords(landing: Landing | undefined): string {
  if (landing === undefined) return 'the window has not landed yet; it is judged once its lateness has passed.';
  const then =
    landing.state === 'waiting'
      ? 'it is judged after that'
      : 'it is judged when its rows are there; a source that stops is reported one window later, after two hours at least';
  return `not judged. The window is ${landingWords(landing)}; ${then}.`;
}
