import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Database } from '../../src/db/index.ts';
import { createOutboxWorker, createSchedule, holdDatabase, runJob } from '../../src/jobs/index.ts';
import { createSystemClock } from '../../src/platform/system-clock.ts';
import type { Logger } from '../../src/ports/logger.ts';
import { fakeClock, memoryDatabase, registeredModel } from '../builders/stores.ts';
import { silentLogger } from '../doubles/recording-chat.ts';

let database: Database;
const logger = silentLogger();

beforeEach(() => {
  database = memoryDatabase();
});

afterEach(() => database.close());

function job<Result>(work: (signal: AbortSignal) => Promise<Result>, timeoutMs = 60_000) {
  return { name: 'learning', timeoutMs, work, counts: () => ({ labels: 3 }) };
}

describe('runJob', () => {
  it('writes what came out', async () => {
    const model = registeredModel(database.stores);
    const deps = { stores: database.stores, clock: fakeClock(), logger };

    expect(await runJob(deps, { ...job(async () => 'done'), modelId: model.id })).toBe('done');

    expect(database.stores.runs.latest('learning', model.id)).toMatchObject({ outcome: 'ok', counts: { labels: 3 } });
  });

  it('ends a job that takes too long, and says so', async () => {
    const deps = { stores: database.stores, clock: createSystemClock(), logger };
    const endless = (signal: AbortSignal) =>
      new Promise<never>((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason));
      });

    await expect(runJob(deps, job(endless, 20))).rejects.toMatchObject({ code: 'job.timeout' });
  });

  it('is not taken over while it lives, and is soon after it was killed', async () => {
    const clock = fakeClock();
    const deps = { stores: database.stores, clock, logger };
    vi.useFakeTimers();
    let finish: () => void = () => undefined;
    const long = runJob(
      deps,
      job(() => new Promise<void>((resolve) => (finish = resolve)), 60 * 60_000),
    );

    for (let minute = 0; minute < 10; minute += 1) {
      clock.set(clock.now() + 60_000);
      await vi.advanceTimersByTimeAsync(60_000);
    }
    expect(
      await runJob(
        deps,
        job(async () => 'second'),
      ),
    ).toBeUndefined();
    finish();
    await long;
    vi.useRealTimers();

    expect(
      await runJob(
        deps,
        job(async () => 'second'),
      ),
    ).toBe('second');
    database.stores.runs.begin({ job: 'learning', at: clock.now(), leaseMs: 120_000 });
    clock.set(clock.now() + 120_000);
    expect(
      await runJob(
        deps,
        job(async () => 'heir'),
      ),
    ).toBe('heir');
  });

  it('stops when another process has taken the job over', async () => {
    const clock = fakeClock();
    const deps = { stores: database.stores, clock, logger };
    vi.useFakeTimers();
    const stopped = runJob(
      deps,
      job(
        (signal) =>
          new Promise<never>((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
      ),
    );
    const refused = expect(stopped).rejects.toThrow('another process has taken it over');
    clock.set(clock.now() + 10 * 60_000);
    database.stores.runs.begin({ job: 'learning', at: clock.now(), leaseMs: 120_000 });

    await vi.advanceTimersByTimeAsync(30_000);
    await refused;
    vi.useRealTimers();
  });

  it('takes over from a run that died', async () => {
    const clock = fakeClock();
    const deps = { stores: database.stores, clock, logger };
    database.stores.runs.begin({ job: 'learning', at: clock.now(), leaseMs: 1_000 });

    expect(
      await runJob(
        deps,
        job(async () => 'done'),
      ),
    ).toBeUndefined();
    clock.set(clock.now() + 1_001);
    expect(
      await runJob(
        deps,
        job(async () => 'done'),
      ),
    ).toBe('done');
  });
});

describe('a bot that holds its database', () => {
  it('warns when another one does, and lets the next one in', () => {
    const warnings: string[] = [];
    const loud: Logger = { ...logger, warn: (_facts: object, message: string) => warnings.push(message) };
    const deps = { stores: database.stores, clock: fakeClock(), logger: loud };

    const first = holdDatabase(deps);
    expect(warnings).toEqual([]);
    const second = holdDatabase(deps);
    expect(warnings).toEqual([expect.stringContaining('Another Driftbell works with this database')]);
    first.release();
    second.release();
    holdDatabase(deps).release();

    expect(warnings).toHaveLength(1);
  });
});

describe('the schedule', () => {
  it('refuses a malformed expression', async () => {
    const schedule = createSchedule(logger);

    expect(() => schedule.put({ name: 'a', expression: 'at noon', zone: 'UTC', run: async () => undefined })).toThrow(
      'a cron expression of five fields',
    );
    await schedule.stop();
  });

  it('reads the expression in the zone of the job', async () => {
    const schedule = createSchedule(logger);
    schedule.put({ name: 'tokyo', expression: '0 9 * * *', zone: 'Asia/Tokyo', run: async () => undefined });

    const [next] = schedule.next();

    expect(next?.at).not.toBeNull();
    expect(new Date(next?.at ?? 0).getUTCHours()).toBe(0);
    await schedule.stop();
    expect(schedule.next()).toEqual([]);
  });

  it('runs on time, and goes on after a failure', async () => {
    const schedule = createSchedule(logger);
    let runs = 0;
    const twice = new Promise<void>((resolve) => {
      schedule.put({
        name: 'every second',
        expression: '* * * * * *',
        zone: 'UTC',
        run: async () => {
          runs += 1;
          if (runs === 2) resolve();
          throw new Error('boom');
        },
      });
    });

    await twice;
    await schedule.stop();

    expect(runs).toBe(2);
  });
});

describe('the outbox worker', () => {
  it('delivers one after the other, and at once when it is kicked', async () => {
    let running = 0;
    let most = 0;
    let rounds = 0;
    const worker = createOutboxWorker({
      deliver: async () => {
        running += 1;
        most = Math.max(most, running);
        await new Promise((resolve) => setTimeout(resolve, 5));
        running -= 1;
        rounds += 1;
      },
      clock: createSystemClock(),
      logger,
    });

    await Promise.all([worker.drain(), worker.drain(), worker.drain()]);
    const before = rounds;
    worker.kick();
    await expect.poll(() => rounds, { timeout: 500 }).toBeGreaterThan(before);
    await worker.stop();

    expect(most).toBe(1);
  });

  it('survives a delivery that throws', async () => {
    const worker = createOutboxWorker({
      deliver: () => Promise.reject(new Error('boom')),
      clock: createSystemClock(),
      logger,
    });

    await worker.drain();
    await worker.drain();
    await worker.stop();
  });
});
