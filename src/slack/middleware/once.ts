import type { AnyMiddlewareArgs, Middleware } from '@slack/bolt';
import { requestOf } from '../request.ts';

/**
 * Lets each press, command and event through once. Slack repeats what it thinks was lost, both transports accept
 * repeats, and a signed HTTP request may be replayed for five minutes.
 */
export function createOnce(claim: (key: string) => boolean): Middleware<AnyMiddlewareArgs> {
  return async (args) => {
    const { request, log } = requestOf(args);
    if (claim(request.key)) return args.next();
    log.info({ key: request.key }, 'A repeated request was left alone.');
  };
}
