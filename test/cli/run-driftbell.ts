import { runCli } from '../../src/cli/run-cli.ts';
import type { Clock } from '../../src/ports/clock.ts';

export interface CliRun {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** The whole command line on streams that a test reads; what it prints is piped, so that no bar is drawn. */
export async function runDriftbell(args: readonly string[], clock: Clock): Promise<CliRun> {
  let out = '';
  let err = '';
  const process = {
    stdout: {
      on: () => undefined,
      write(text: string) {
        out += text;
      },
    },
    stderr: {
      isTTY: false,
      write(text: string) {
        err += text;
      },
    },
    once: () => undefined,
    exit: () => undefined,
  } as unknown as NodeJS.Process;
  const code = await runCli(args, { process, clock });
  return { code, out, err };
}

/** What a verb printed with `--json`: an object a line. */
export function objectsOf({ out }: CliRun): Record<string, unknown>[] {
  return out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}
