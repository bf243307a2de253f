const WEEK_MS = 7 * 86_400_000;

/** Series that share incidents are drawn by calendar week, all of the set together. */
export function weekCluster(set: string, firstMs: number, windowMs: number): (window: number) => string {
  return (window) => `${set} week ${Math.floor((firstMs + window * windowMs) / WEEK_MS)}`;
}
