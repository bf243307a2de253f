import type { Config } from '../config.ts';
import type { Clock } from '../ports/clock.ts';
import type { Logger } from '../ports/logger.ts';
import type { Terminal } from './terminal.ts';

/** What every verb of the command line gets. */
export interface CliDeps {
  readonly terminal: Terminal;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Reads the environment when a verb needs it. Throws `config.invalid`. */
  readonly readConfig: () => Config;
  /** Aborted by SIGINT and SIGTERM. */
  readonly signal: AbortSignal;
  /** Resolves on SIGINT or SIGTERM. */
  readonly untilStopped: () => Promise<void>;
}
