import { waitFor } from '../wait-for.ts';

/** Waits for what the whole bot does after a press or a command. */
export function until<T>(look: () => T | undefined | false, what: string): Promise<T> {
  return waitFor(look, what, { seconds: 10 });
}
