import { setBounded } from './bounded-map.ts';

/** Calls a minute, by Slack's tiers; a method of the fifth has a rule of its own or none. */
export const callsPerMinute = { t1: 1, t2: 20, t3: 50, t4: 100 } as const;

export type RateLimits = {
  /** Takes one call out of the bucket; the seconds to wait when it is empty. */
  take(key: string, bucket: Bucket): number | undefined;
};

/** Holds `size` calls and gets one back every `refillMs`. */
export type Bucket = { readonly size: number; readonly refillMs: number };

type Level = { left: number; at: number };

export function createRateLimits(now: () => number): RateLimits {
  const levels = new Map<string, Level>();
  return {
    take(key, { size, refillMs }) {
      const at = now();
      const before = levels.get(key) ?? { left: size, at };
      const left = Math.min(size, before.left + Math.max(at - before.at, 0) / refillMs);
      const isEmpty = left < 1;
      setBounded(levels, key, { left: isEmpty ? left : left - 1, at });
      return isEmpty ? Math.max(1, Math.ceil(((1 - left) * refillMs) / 1_000)) : undefined;
    },
  };
}
