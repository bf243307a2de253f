import type { AnyMiddlewareArgs, Middleware } from '@slack/bolt';

/** Counts the requests that are being worked on, so that a shutdown can wait for them: Bolt's own does not. */
export interface InFlight {
  readonly middleware: Middleware<AnyMiddlewareArgs>;
  count(): number;
  /** Resolves when none is left. */
  idle(): Promise<void>;
}

export function createInFlight(): InFlight {
  let count = 0;
  let waiting: (() => void)[] = [];
  return {
    middleware: async ({ next }) => {
      count += 1;
      try {
        await next();
      } finally {
        count -= 1;
        if (count === 0) {
          for (const resume of waiting) resume();
          waiting = [];
        }
      }
    },
    count: () => count,
    idle: () => (count === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))),
  };
}
