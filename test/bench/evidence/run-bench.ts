import { DriftbellError } from '../../../src/domain/errors.ts';

const SECOND_MS = 1_000;

export interface BenchRun {
  readonly args: readonly string[];
  /** Tells on the error stream how far it is. */
  tell(line: string): void;
  seconds(): number;
}

/** Runs a program of the evidence: bad input ends in one line and exit code 2. */
export async function runBench(work: (run: BenchRun) => Promise<void>): Promise<void> {
  const start = performance.now();
  const seconds = () => (performance.now() - start) / SECOND_MS;
  try {
    await work({
      args: process.argv.slice(2),
      tell: (line) => process.stderr.write(`${seconds().toFixed(0).padStart(5)} s  ${line}\n`),
      seconds,
    });
  } catch (thrown) {
    if (!(thrown instanceof DriftbellError)) throw thrown;
    process.stderr.write(`${thrown.message}\n`);
    process.exitCode = 2;
  }
}
