import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

export interface Usage {
  readonly seconds: number;
  /** Of all threads together, which a busy machine does not change much. */
  readonly cpuSeconds: number;
  readonly peakMb: number;
}

const MB_OF_KB = 1 / 1024;
const SECOND_MICROSECONDS = 1e6;
const SECOND_MS = 1_000;

/** Runs a script of this folder in a process of its own, so that its peak memory is its own. */
export function runApart<Facts extends object = object>(script: string, args: readonly string[]): Usage & Facts {
  const path = join(import.meta.dirname, script);
  const out = execFileSync(process.execPath, ['--import', 'tsx', path, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return JSON.parse(out.toString()) as Usage & Facts;
}

/** In the script: does the work, then prints what it used and what the work found. */
export async function tellUsage(work: () => Promise<object>): Promise<void> {
  const start = performance.now();
  const startCpu = process.cpuUsage();
  const facts = await work();
  const seconds = (performance.now() - start) / SECOND_MS;
  const { user, system } = process.cpuUsage(startCpu);
  const usage: Usage = {
    seconds,
    cpuSeconds: (user + system) / SECOND_MICROSECONDS,
    peakMb: process.resourceUsage().maxRSS * MB_OF_KB,
  };
  process.stdout.write(`${JSON.stringify({ ...usage, ...facts })}\n`);
}

export function usageWords({ seconds, cpuSeconds, peakMb }: Usage): string {
  return `${seconds.toFixed(1)} s, CPU ${cpuSeconds.toFixed(1)} s, peak ${peakMb.toFixed(0)} MB`;
}
