import { destination, pino } from 'pino';
import type { Logger } from '../ports/logger.ts';

export type LogLevel = 'error' | 'warn' | 'info' | 'debug' | 'silent';

const STANDARD_ERROR = 2;

/** JSON lines on standard error, so that a verb's output stays clean. Fields that hold tokens are masked. */
export function createPinoLogger(level: LogLevel): Logger {
  return pino(
    { level, redact: { paths: ['token', '*.token', 'botToken', 'appToken', 'signingSecret'], censor: '***' } },
    destination({ dest: STANDARD_ERROR, sync: true }),
  );
}
