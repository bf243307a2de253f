import type { EpochMs } from '../domain/identifiers.ts';
import type { Clock } from '../ports/clock.ts';
import type { CommandAnswer } from './doors.ts';

/**
 * Milliseconds between one sight of long work and the next. Slack lets a response URL be used five times: the first
 * sight and the result leave three.
 */
const PAUSES_MS = [3_000, 15_000, 60_000] as const;

export interface Interim {
  /** The first is shown at once or after the patience, later ones when it is time, the rest not at all. Never throws. */
  show(answer: CommandAnswer): Promise<void>;
  /** The result, or why there is none, in the place of what was shown. */
  end(answer: CommandAnswer): Promise<void>;
}

export interface InterimState {
  /** Something is shown that this takes the place of. */
  readonly isReplacing: boolean;
  /** The result, or why there is none. */
  readonly isLast: boolean;
}

export type SendInterim = (answer: CommandAnswer, state: InterimState) => Promise<void>;

/**
 * What a person sees while a command works, and how the result takes its place. With a patience, what ends before it is
 * over shows nothing but its result.
 */
export function createInterim(send: SendInterim, clock: Clock, patienceMs = 0): Interim {
  const ended = new AbortController();
  let sending: Promise<void> = Promise.resolve();
  let waiting: Promise<void> | undefined;
  let newest: CommandAnswer | undefined;
  let isPatient = patienceMs > 0;
  let isShown = false;
  let sights = 0;
  let notBefore: EpochMs = 0;

  function sight(answer: CommandAnswer): Promise<void> {
    const now = clock.now();
    if (now < notBefore) return Promise.resolve();
    notBefore = now + (PAUSES_MS[sights] ?? Number.POSITIVE_INFINITY);
    sights += 1;
    sending = sending
      .then(() => send(answer, { isReplacing: isShown, isLast: false }))
      .then(() => {
        isShown = true;
      })
      // The result comes anyhow, and says what is wrong if something is.
      .catch(() => undefined);
    return sending;
  }

  async function waitPatiently(): Promise<void> {
    await clock.sleep(patienceMs, ended.signal);
    isPatient = false;
    if (newest !== undefined) await sight(newest);
  }

  return {
    async show(answer) {
      newest = answer;
      if (!isPatient) return sight(answer);
      // Ended in time: there is nothing to show.
      waiting ??= waitPatiently().catch(() => undefined);
    },
    async end(answer) {
      ended.abort();
      await waiting;
      await sending;
      await send(answer, { isReplacing: isShown, isLast: true });
    },
  };
}
