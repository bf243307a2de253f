import { type Logger as BoltLogger, LogLevel } from '@slack/bolt';
import type { Logger } from '../ports/logger.ts';

/** Bolt's words in our log. Its debug lines hold whole payloads, so they are never asked for. */
export function createBoltLogger(logger: Logger): BoltLogger {
  const told = logger.child({ from: 'bolt' });
  return {
    debug: () => undefined,
    info: (...words) => told.debug({ words: inWords(words) }, 'Bolt says'),
    warn: (...words) => told.warn({ words: inWords(words) }, 'Bolt warns'),
    error: (...words) => told.warn({ words: inWords(words) }, 'Bolt reports an error'),
    setLevel: () => undefined,
    getLevel: () => LogLevel.INFO,
    setName: () => undefined,
  };
}

function inWords(words: readonly unknown[]): string {
  return words.map((word) => (word instanceof Error ? word.message : String(word))).join(' ');
}
