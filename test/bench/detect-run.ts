import { join } from 'node:path';
import { runDetection } from '../../src/detection/index.ts';
import type { JudgementBatch } from '../../src/ports/detector.ts';
import { createDetector } from '../../src/tensorflow/index.ts';
import { fillStore, openStore, storeKeys, storeModels, storeWindows } from './detect-store.ts';
import { tellUsage } from './own-process.ts';

/**
 * One measurement in a process of its own:
 * `detect-run.ts judge <backend> <batch> <threads>` judges windows in memory, `fill <path>` makes a database,
 * `store <path>` judges the newest window of all its series and writes what it finds.
 */
const [what = '', ...given] = process.argv.slice(2);
const SHIPPED = join(import.meta.dirname, '../../detectors/paper');
const HISTORY = 28;
const JUDGE_SECONDS = 4;
const WARM_UP_BATCHES = 2;

async function judge(): Promise<object> {
  const [backend = 'wasm', batch = '4096', threads = '0'] = given;
  const detector = await createDetector(SHIPPED, { backend: backend as 'wasm', threads: Number(threads) });
  const rows = batchOf(Number(batch));
  for (let done = 0; done < WARM_UP_BATCHES; done += 1) await detector.judge(rows);
  const start = performance.now();
  let windows = 0;
  while (performance.now() - start < JUDGE_SECONDS * 1_000) {
    await detector.judge(rows);
    windows += rows.count;
  }
  const judgeSeconds = (performance.now() - start) / 1_000;
  await detector.close();
  return { windows, judgeSeconds };
}

function batchOf(count: number): JudgementBatch {
  return {
    count,
    histories: Float64Array.from({ length: count * HISTORY }, (_, index) => 100 + Math.sin(index * index)),
    values: Float64Array.from({ length: count }, (_, row) => 100 + Math.sin(row)),
    daysOfWeek: Uint8Array.from({ length: count }, (_, row) => row % 7),
  };
}

async function store(): Promise<object> {
  const { client, stores } = openStore(given[0] ?? '');
  const detector = await createDetector(SHIPPED);
  const window = storeWindows().at(-1);
  const keys = storeKeys();
  if (window === undefined) throw new Error('no window');
  let judged = 0;
  let anomalies = 0;
  for (const id of storeModels(stores)) {
    const model = { id, zone: 'UTC', granularity: 'day' } as const;
    const report = await runDetection({ ...stores, detector }, { model, window, keys });
    judged += report.judged;
    anomalies += report.anomalies;
  }
  await detector.close();
  client.sqlite.close();
  return { judged, anomalies };
}

const measured = { judge, store, fill: async () => ({ filled: fillStore(given[0] ?? '') }) }[what];
if (measured === undefined) throw new Error(`no measurement ${what}`);
await tellUsage(measured);
