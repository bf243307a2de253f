import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runApart, type Usage, usageWords } from './own-process.ts';

type Write = (line: string) => void;

interface Judged extends Usage {
  readonly windows: number;
  readonly judgeSeconds: number;
}

/** Backend, rows of a batch, worker threads (empty: one per core). The first is what the others are compared with. */
const GRID: readonly (readonly [backend: string, batch: number, threads: string])[] = [
  ['plain', 4_096, '0'],
  ['cpu', 4_096, '0'],
  ...[1, 64, 1_024, 4_096, 65_536].map((batch) => ['wasm', batch, '0'] as const),
  ['wasm', 65_536, '2'],
];
/** What a million series may take from the database to the detections, on two cores. */
const STORE_SECONDS = 60;

/** Windows per second by backend and batch, then a million series from the statistics store to the detections. */
export async function benchDetect(write: Write): Promise<void> {
  let first: number | undefined;
  for (const [backend, batch, threads] of GRID) {
    const found = runApart<Judged>('detect-run.ts', ['judge', backend, String(batch), threads]);
    const rate = found.windows / found.judgeSeconds;
    first ??= rate;
    const where = `${backend}, batches of ${batch}, ${threads === '0' ? 'no' : threads} worker threads`;
    write(
      `${where}: ${Math.round(rate)} windows/s, ${(rate / first).toFixed(2)} x plain, peak ${found.peakMb.toFixed(0)} MB`,
    );
  }
  const folder = mkdtempSync(join(tmpdir(), 'driftbell-bench-'));
  try {
    const path = join(folder, 'bench.sqlite');
    const filled = runApart('detect-run.ts', ['fill', path]);
    write(
      `a database of a million series, ${(statSync(path).size / 1e6).toFixed(0)} MB, filled in ${filled.seconds.toFixed(0)} s`,
    );
    const found = runApart<{ readonly judged: number; readonly anomalies: number }>('detect-run.ts', ['store', path]);
    write(`  ${found.judged} series read, judged and stored, ${found.anomalies} anomalies: ${usageWords(found)}`);
    write(`  ${(found.seconds / STORE_SECONDS).toFixed(2)} of the ${STORE_SECONDS} s allowed`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
