import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RunId } from '../../src/domain/identifiers.ts';
import { day } from '../builders/detections.ts';
import { AT, fileDatabase, memoryStores, openBelow, registeredModel } from './memory-stores.ts';

const LEASE_MS = 60_000;

function withModel() {
  const stores = memoryStores();
  const { id: modelId } = registeredModel(stores);
  const lease = { job: 'check', modelId, windowStartMs: day(0).startMs, at: AT, leaseMs: LEASE_MS };
  return { runs: stores.runs, modelId, lease };
}

function begun(id: RunId | undefined): RunId {
  if (id === undefined) throw new Error('the lease is taken');
  return id;
}

describe('runs', () => {
  it('tell what became of them', () => {
    const { runs, modelId, lease } = withModel();

    const id = begun(runs.begin(lease));

    const { leaseMs, at: startedAt, ...subject } = lease;
    const leaseUntil = startedAt + leaseMs;
    expect(runs.latest('check', modelId)).toEqual({
      ...{ id, ...subject, startedAt, leaseUntil },
      outcome: 'running',
      counts: {},
    });
    runs.end(id, 'failed', AT + 5, { ok: 1, failed: 2 }, 'two columns could not be read');
    expect(runs.latest('check', modelId)).toEqual({
      id,
      ...subject,
      startedAt,
      leaseUntil,
      endedAt: AT + 5,
      outcome: 'failed',
      counts: { ok: 1, failed: 2 },
      error: 'two columns could not be read',
    });
  });

  it('are one at a time for a job, model and window', () => {
    const { runs, lease } = withModel();
    const first = runs.begin(lease);

    expect(first).toBeDefined();
    expect(runs.begin(lease)).toBeUndefined();
    expect(runs.begin({ ...lease, windowStartMs: day(1).startMs })).toBeDefined();
    expect(runs.begin({ ...lease, job: 'train' })).toBeDefined();
    runs.end(begun(first), 'ok', AT, {});
    expect(runs.begin(lease)).toBeDefined();
  });

  it('of jobs without model and window are one at a time too', () => {
    const { runs } = withModel();
    const lease = { job: 'housekeeping', at: AT, leaseMs: LEASE_MS };

    expect(runs.begin(lease)).toBeDefined();
    expect(runs.begin(lease)).toBeUndefined();
  });

  it('race for a lease across processes and one wins', () => {
    const folder = mkdtempSync(join(tmpdir(), 'driftbell-db-'));
    const bot = fileDatabase(join(folder, 'driftbell.sqlite'));
    const commandLine = fileDatabase(join(folder, 'driftbell.sqlite'));
    const lease = { job: 'housekeeping', at: AT, leaseMs: LEASE_MS };

    const winners = [bot, commandLine, bot].map(({ stores }) => stores.runs.begin(lease));

    expect(winners.filter((id) => id !== undefined)).toHaveLength(1);
    bot.close();
    commandLine.close();
    rmSync(folder, { recursive: true });
  });

  it('lose their lease when it runs out, and what they say afterwards does not count', () => {
    const { runs, modelId, lease } = withModel();
    const dead = begun(runs.begin(lease));

    expect(runs.begin({ ...lease, at: AT + LEASE_MS - 1 })).toBeUndefined();
    const heir = runs.begin({ ...lease, at: AT + LEASE_MS });

    expect(heir).toBeDefined();
    runs.end(dead, 'ok', AT + LEASE_MS + 1, { ok: 9 });
    expect(runs.newestDone('check', modelId)).toBeUndefined();
    expect(runs.latest('check', modelId)).toMatchObject({ id: heir, outcome: 'running' });
  });

  it('cannot end before they began', () => {
    expect(() => memoryStores().runs.end(9 as RunId, 'ok', AT, {})).toThrow(/a run that began/);
  });

  it('know the newest window that went well', () => {
    const { runs, modelId, lease } = withModel();
    for (const [index, outcome] of [
      [2, 'ok'],
      [0, 'ok'],
      [3, 'failed'],
      [4, 'skipped'],
    ] as const) {
      runs.end(begun(runs.begin({ ...lease, windowStartMs: day(index).startMs })), outcome, AT, {});
    }

    expect(runs.newestDone('check', modelId)).toBe(day(2).startMs);
    expect(runs.newestDone('train', modelId)).toBeUndefined();
    expect(runs.latest('train', modelId)).toBeUndefined();
  });

  it('cannot run twice for the database itself', () => {
    const { client, stores } = openBelow();
    stores.runs.begin({ job: 'housekeeping', at: AT, leaseMs: LEASE_MS });

    const copy = () =>
      client.sqlite.exec(
        `insert into runs (job, subject, started_at, lease_until, outcome, counts)
         select job, subject, started_at, lease_until, outcome, counts from runs`,
      );

    expect(copy).toThrow(/UNIQUE/);
  });
});
