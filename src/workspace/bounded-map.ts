/** Adds an entry and lets the oldest go, so that a workspace left running for days does not grow. */
export function setBounded<Value>(map: Map<string, Value>, key: string, value: Value, maxEntries = 1_000): void {
  map.set(key, value);
  const oldest = map.keys().next();
  if (map.size > maxEntries && !oldest.done) map.delete(oldest.value);
}
