import type { Logger } from '../../src/ports/logger.ts';

export interface LogLine {
  readonly level: 'error' | 'warn' | 'info' | 'debug';
  readonly facts: Readonly<Record<string, unknown>>;
  readonly message: string;
}

/** A logger that keeps its lines, children's included. */
export function createRecordingLogger(
  lines: LogLine[] = [],
  own: LogLine['facts'] = {},
): Logger & { lines: LogLine[] } {
  const at = (level: LogLine['level']) => (facts: LogLine['facts'], message: string) => {
    lines.push({ level, facts: { ...own, ...facts }, message });
  };
  return {
    lines,
    error: at('error'),
    warn: at('warn'),
    info: at('info'),
    debug: at('debug'),
    child: (facts) => createRecordingLogger(lines, { ...own, ...facts }),
  };
}
