import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { ProfilePlan } from '../../../src/domain/profile.ts';
import { createDuckdbEngine } from '../../../src/engines/duckdb/index.ts';
import { createMemoryHistory, profileWindows } from '../../../src/statistics/index.ts';
import { days, feature, parquetFile, plan, textFile } from './profiled.ts';
import { temporaryFolder } from './temporary-folder.ts';

const folder = temporaryFolder();
const engine = createDuckdbEngine();
/** A person who stops a run waits no longer; what the machine adds under load is not ours. */
const MOST_MS_TO_STOP = 1000;
const NAMES = Array.from({ length: 40 }, (_, i) => `n${i}`);
const LONG = {
  columns: [...NAMES.map((name) => feature(name, 'numeric')), feature('word', 'categorical')],
} as const;
let long: ProfilePlan;

beforeAll(async () => {
  const location = await parquetFile(
    folder,
    'long.parquet',
    `SELECT TIMESTAMP '2026-03-01' + to_seconds(i * 2) AS at, ${NAMES.map((name) => `random() AS ${name}`).join(', ')},
       (random() * 1000)::INTEGER::VARCHAR AS word
     FROM range(600000) t(i)`,
  );
  long = plan(location, LONG);
});

describe('a request to stop', () => {
  it.each([
    ['at once', 0],
    ['early', 50],
    ['in the middle', 400],
  ])('ends a long profile within a second, without a spill folder: %s', async (_, afterMs) => {
    const spill = join(folder, `spill-${afterMs}`);
    mkdirSync(spill);
    vi.stubEnv('TMPDIR', spill);
    const controller = new AbortController();
    let stoppedAt = 0;
    setTimeout(() => {
      stoppedAt = performance.now();
      controller.abort();
    }, afterMs);

    const run = profileWindows(
      { engine, history: createMemoryHistory() },
      { plan: long, windows: days('2026-03-01', 14), nowMs: 0, signal: controller.signal },
    );

    await expect(run).rejects.toMatchObject({ code: 'cancelled' });
    expect(performance.now() - stoppedAt).toBeLessThan(MOST_MS_TO_STOP);
    expect(readdirSync(spill)).toEqual([]);
    vi.unstubAllEnvs();
  });

  it('between two queries is no trouble of a column', async () => {
    const controller = new AbortController();

    const run = engine.profile(long, days('2026-03-01', 2), {
      signal: controller.signal,
      progress: (done) => (done > 0 ? controller.abort() : undefined),
    });

    await expect(run).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('stops looking at a source and at its times', async () => {
    const signal = AbortSignal.timeout(1);

    await expect(engine.describe(long.source, signal)).rejects.toMatchObject({ code: 'cancelled' });
    await expect(engine.timeRange(long, { signal: AbortSignal.timeout(1) })).rejects.toMatchObject({
      code: 'cancelled',
    });
  });
});

describe('progress', () => {
  async function stepsOf(given: ProfilePlan, count: number): Promise<readonly (readonly [number, number])[]> {
    const steps: [number, number][] = [];
    await profileWindows(
      { engine, history: createMemoryHistory() },
      {
        plan: given,
        windows: days('2026-03-01', count),
        nowMs: 0,
        progress: (done, total) => steps.push([done, total]),
      },
    );
    return steps;
  }

  const rising = (steps: readonly (readonly [number, number])[]) =>
    steps.every(([done], i) => i === 0 || done >= (steps[i - 1]?.[0] ?? 0));

  it('goes on window by window and chunk by chunk to its total', async () => {
    const columns = Array.from({ length: 130 }, (_, i) => `i + ${i} AS c${i}`);
    const wide = await parquetFile(
      folder,
      'wide.parquet',
      `SELECT TIMESTAMP '2026-03-01' + to_days(i::INTEGER) AS at, ${columns.join(', ')} FROM range(16) t(i)`,
    );

    const steps = await stepsOf(plan(wide, { columns: columns.map((_, i) => feature(`c${i}`, 'numeric')) }), 16);

    expect(rising(steps)).toBe(true);
    expect(new Set(steps.map(([, total]) => total))).toEqual(new Set([16]));
    expect(steps.at(-1)).toEqual([16, 16]);
    expect(steps.length).toBeGreaterThan(4);
  });

  it('ends at its total where there are no rows, and with labels', async () => {
    const none = await parquetFile(folder, 'none.parquet', "SELECT TIMESTAMP '2026-03-01' AS at, 1.5 AS p LIMIT 0");
    const score = { name: 'n0', role: 'score', kind: 'numeric' } as const;

    expect((await stepsOf(plan(none), 3)).at(-1)).toEqual([3, 3]);
    expect((await stepsOf({ ...long, columns: [score], labelColumn: 'n1' }, 3)).at(-1)).toEqual([3, 3]);
  });

  it('never goes back, also where the source is read again in another way', async () => {
    const rows = Array.from(
      { length: 40_000 },
      (_, i) => `${i < 39_000 ? '2026-03-01 10:00:00' : '1772359200'},${i % 7}`,
    );
    const location = textFile(folder, 'again.csv', `at,age\n${rows.join('\n')}\n`);

    const steps = await stepsOf(plan(location, { columns: [feature('age', 'numeric')] }), 2);

    expect(rising(steps)).toBe(true);
    expect(steps.at(-1)).toEqual([2, 2]);
  });
});
