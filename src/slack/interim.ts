import type { EpochMs } from '../domain/identifiers.ts';
import type { Clock } from '../ports/clock.ts';
import type { CommandAnswer } from './doors.ts';

/**
 * Milliseconds between one sight of long work and the next. Slack lets a response URL be used five times: the first
 * sight and the result leave three.
 */
const PAUSES_MS = [3_000, 15_000, 60_000] as const;

export interface Interim {
  /** The first is shown at once, later ones when it is time, the rest not at all. Never throws. */
  show(answer: CommandAnswer): Promise<void>;
  /** The result, or why there is none, in the place of what was shown. */
  end(answer: CommandAnswer): Promise<void>;
}

export type SendInterim = (answer: CommandAnswer, isReplacing: boolean) => Promise<void>;

/** What a person sees while a command works, and how the result takes its place. */
export function createInterim(send: SendInterim, clock: Clock): Interim {
  let sending: Promise<void> = Promise.resolve();
  let isShown = false;
  let sights = 0;
  let notBefore: EpochMs = 0;
  return {
    async show(answer) {
      const now = clock.now();
      if (now < notBefore) return;
      notBefore = now + (PAUSES_MS[sights] ?? Number.POSITIVE_INFINITY);
      sights += 1;
      sending = sending
        .then(() => send(answer, isShown))
        .then(() => {
          isShown = true;
        })
        // The result comes anyhow, and says what is wrong if something is.
        .catch(() => undefined);
      await sending;
    },
    async end(answer) {
      await sending;
      await send(answer, isShown);
    },
  };
}
