import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Database, IN_MEMORY } from '../../src/db/index.ts';
import type { CalibrationChange } from '../../src/domain/calibration.ts';
import { CALIBRATION_JOB, calibrate, catchUpCalibration, DIGEST_JOB } from '../../src/jobs/index.ts';
import { startLocalBot } from '../../src/local-bot.ts';
import { createCore } from '../../src/main.ts';
import { createSystemClock } from '../../src/platform/system-clock.ts';
import { fakeClock, memoryDatabase } from '../builders/stores.ts';
import { silentLogger } from '../doubles/recording-chat.ts';

const DAY_MS = 86_400_000;
const change: CalibrationChange = {
  calibration: {
    ...{ kind: 'level', granularity: 'day', factor: 2, windows: 900, leftOut: 4, series: 10 },
    ...{ fromMs: 0, toMs: 1, refreshedAt: 1, reliability: [] },
  },
  before: 1,
};

let database: Database;

beforeEach(() => {
  database = memoryDatabase();
});

afterEach(() => database.close());

function job(changes: readonly CalibrationChange[] = [change]) {
  const clock = fakeClock();
  const signals: AbortSignal[] = [];
  const deps = {
    ...{ stores: database.stores, clock, logger: silentLogger() },
    calibrate: async ({ signal }: { readonly signal: AbortSignal }) => {
      signals.push(signal);
      return changes;
    },
  };
  return { deps, clock, signals };
}

describe('the calibration job', () => {
  it('writes how many kinds and windows it rests on', async () => {
    const { deps } = job();

    expect(await calibrate(deps)).toEqual([change]);

    const counts = { kinds: 1, windows: 900, leftOut: 4 };
    expect(database.stores.runs.latest(CALIBRATION_JOB)).toMatchObject({ outcome: 'ok', counts });
  });

  it('is skipped where nothing was judged that has a tail', async () => {
    await calibrate(job([]).deps);

    expect(database.stores.runs.latest(CALIBRATION_JOB)).toMatchObject({ outcome: 'skipped' });
  });

  it('never runs twice at once', async () => {
    const { deps, clock, signals } = job();
    database.stores.runs.begin({ job: CALIBRATION_JOB, at: clock.now(), leaseMs: 60_000 });

    expect(await calibrate(deps)).toBeUndefined();
    expect(signals).toEqual([]);
  });

  it('is made up for when the bot starts after a week without it, and not before', async () => {
    const { deps, clock, signals } = job();

    await catchUpCalibration(deps);
    clock.set(clock.now() + 6 * DAY_MS);
    await catchUpCalibration(deps);
    expect(signals).toHaveLength(1);

    clock.set(clock.now() + DAY_MS);
    await catchUpCalibration(deps);
    expect(signals).toHaveLength(2);
  });

  it('is tried again at the next start when it failed', async () => {
    const { deps, signals } = job();
    const broken = { ...deps, calibrate: () => Promise.reject(new Error('no disk')) };

    await expect(catchUpCalibration(broken)).rejects.toThrow('no disk');
    await catchUpCalibration(deps);

    expect(signals).toHaveLength(1);
  });
});

describe('the bot', () => {
  it('calibrates at its time, and makes up for it at its start', async () => {
    const core = await createCore({
      ...{ databasePath: IN_MEMORY, memoryLimit: '100MB', clock: createSystemClock(), logger: silentLogger() },
    });
    const local = await startLocalBot(core, { port: 0, calibrationSchedule: '43 3 * * 0' });

    const names = local.bot.schedule.next().map(({ name }) => name);
    await local.stop();

    expect(names).toEqual([CALIBRATION_JOB, `${DIGEST_JOB} channels`]);
    // The shipped detector decides by its classifier: there is nothing to learn.
    expect(core.stores.runs.latest(CALIBRATION_JOB)).toMatchObject({ outcome: 'skipped' });
    await core.close();
  });
});
