import { DriftbellError } from '../domain/errors.ts';
import { parseInstant } from '../domain/window.ts';

/** What a person named with --from and --to. */
export interface TimeSpan {
  readonly fromMs?: number;
  /** The first instant that is left out. */
  readonly toMs?: number;
}

/** Throws `usage.invalid` for what is no time, and for an end that is not after the beginning. */
export function requestedSpan(options: { readonly from?: string; readonly to?: string }, zone: string): TimeSpan {
  const span = {
    ...(options.from === undefined ? {} : { fromMs: parseInstant(options.from, zone) }),
    ...(options.to === undefined ? {} : { toMs: parseInstant(options.to, zone) }),
  };
  if (span.fromMs !== undefined && span.toMs !== undefined && span.fromMs >= span.toMs) {
    throw new DriftbellError('usage.invalid', {
      expected: '--from earlier than --to, which is the first time left out',
      received: `--from ${options.from} --to ${options.to}`,
      remedy: 'give a later --to',
    });
  }
  return span;
}
