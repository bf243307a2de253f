import type { Progress } from '../ports/progress.ts';

/** Where a verb writes: results to one stream, progress and errors to the other. */
export interface Terminal {
  write(text: string): void;
  writeError(text: string): void;
  /** Draws a bar on a terminal, nothing when the output is piped. */
  readonly progress: Progress;
}

const BAR_WIDTH = 24;
const CLEAR_LINE = '\r\u001b[2K';
const STEP_WIDTH = 44;

/** The terminal of this process. */
export function createTerminal(streams: Pick<NodeJS.Process, 'stdout' | 'stderr' | 'exit'>): Terminal {
  let hasBar = false;
  // A reader such as `head` may leave early: that ends the verb, and is no error of ours.
  streams.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    streams.exit(0);
  });
  const clear = (): void => {
    if (hasBar) streams.stderr.write(CLEAR_LINE);
    hasBar = false;
  };
  return {
    write(text) {
      clear();
      streams.stdout.write(text);
    },
    writeError(text) {
      clear();
      streams.stderr.write(text);
    },
    progress(done, total, step) {
      if (streams.stderr.isTTY !== true) return;
      const share = total === 0 ? 1 : Math.min(1, done / total);
      const filled = Math.round(share * BAR_WIDTH);
      const bar = `${'█'.repeat(filled)}${'░'.repeat(BAR_WIDTH - filled)}`;
      hasBar = true;
      streams.stderr.write(`${CLEAR_LINE}${bar} ${Math.round(share * 100)} % ${step.slice(0, STEP_WIDTH)}`);
      if (share === 1) clear();
    },
  };
}
