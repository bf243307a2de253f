import { DriftbellError } from '../domain/errors.ts';

/** SQLite would store NaN as null without a word. */
export function finite(value: number | null, what: () => string): number | null {
  if (value === null || Number.isFinite(value)) return value;
  throw new DriftbellError('store.failed', {
    expected: 'a finite number, or null for no value',
    received: `${value} as ${what()}`,
    remedy: 'report this as a bug of Driftbell with this line',
  });
}
