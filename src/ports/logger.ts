/** Level names the culprit: error = our bug, warn = maybe ours, info = what happened. Facts go in `facts`. */
export interface Logger {
  error(facts: Readonly<Record<string, unknown>>, message: string): void;
  warn(facts: Readonly<Record<string, unknown>>, message: string): void;
  info(facts: Readonly<Record<string, unknown>>, message: string): void;
  debug(facts: Readonly<Record<string, unknown>>, message: string): void;
  child(facts: Readonly<Record<string, unknown>>): Logger;
}
