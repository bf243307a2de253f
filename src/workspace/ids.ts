export type Ids = {
  /** Upper-case id of Slack's shape: the prefix and nine characters. */
  next(prefix: string): string;
  /** Unique and rising even when the clock stands still or goes back. */
  ts(): string;
};

export function createIds(now: () => number): Ids {
  let count = 0;
  let lastMicros = 0;
  return {
    next(prefix) {
      count += 1;
      return `${prefix}0${count.toString(36).toUpperCase().padStart(8, '0')}`;
    },
    ts() {
      lastMicros = Math.max(lastMicros + 1, Math.floor(now() * 1_000));
      const seconds = Math.floor(lastMicros / 1_000_000);
      return `${seconds}.${String(lastMicros % 1_000_000).padStart(6, '0')}`;
    },
  };
}
