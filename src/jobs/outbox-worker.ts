import { describeThrown } from '../domain/errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { Logger } from '../ports/logger.ts';

export interface OutboxWorker {
  /** Looks at the outbox now rather than at the next turn. */
  kick(): void;
  /** Resolves once everything that is due has been tried. */
  drain(): Promise<void>;
  /** Ends after the message that is under way. */
  stop(): Promise<void>;
}

/** Between two looks; a kick comes earlier. */
const TURN_MS = 1_000;

/** One worker at a time sends what is due: messages leave in order, and never from two places at once. */
export function createOutboxWorker(deps: {
  readonly deliver: (signal: AbortSignal) => Promise<unknown>;
  readonly clock: Clock;
  readonly logger: Logger;
}): OutboxWorker {
  const stopping = new AbortController();
  let waking = new AbortController();
  let current: Promise<void> = Promise.resolve();

  function turn(): Promise<void> {
    current = current.then(async () => {
      if (stopping.signal.aborted) return;
      await deps.deliver(stopping.signal).catch((thrown: unknown) => {
        deps.logger.error({ error: describeThrown(thrown) }, 'The outbox could not be worked through.');
      });
    });
    return current;
  }

  async function loop(): Promise<void> {
    while (!stopping.signal.aborted) {
      await turn();
      waking = new AbortController();
      await deps.clock.sleep(TURN_MS, AbortSignal.any([stopping.signal, waking.signal])).catch(() => undefined);
    }
  }

  const running = loop();
  return {
    kick: () => waking.abort(),
    drain: turn,
    async stop() {
      stopping.abort();
      await running;
      await current;
    },
  };
}
