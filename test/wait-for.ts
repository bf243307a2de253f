import { createSystemClock } from '../src/platform/system-clock.ts';

const PAUSE_MS = 20;
const SECOND_MS = 1_000;

export interface Patience {
  readonly seconds: number;
  /** What a person sees instead, for the failure to tell. */
  readonly shown?: () => string;
}

/** Looks again and again, as the sockets under test are real; throws with what was waited for. */
export async function waitFor<T>(
  look: () => T | undefined | false,
  what: string,
  { seconds, shown }: Patience,
): Promise<T> {
  const clock = createSystemClock();
  for (let waitedMs = 0; waitedMs < seconds * SECOND_MS; waitedMs += PAUSE_MS) {
    const seen = look();
    if (seen !== undefined && seen !== false) return seen;
    await clock.sleep(PAUSE_MS);
  }
  throw new Error(`waited ${seconds} s for ${what}${shown === undefined ? '' : `; seen instead: ${shown()}`}`);
}
