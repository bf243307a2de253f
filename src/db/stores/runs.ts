import { and, desc, eq, gte, isNull, lt, lte, max } from 'drizzle-orm';
import { z } from 'zod';
import { DriftbellError } from '../../domain/errors.ts';
import type { Run, RunStore } from '../../ports/stores.ts';
import type { Client } from '../client.ts';
import { readJson, writeJson } from '../json-column.ts';
import { present } from '../present.ts';
import { runs } from '../schema/runs.ts';
import { transaction } from '../transaction.ts';

const Counts = z.record(z.string(), z.number());

export function createRunStore(client: Client): RunStore {
  const { orm } = client;

  const begin: RunStore['begin'] = ({ job, modelId, windowStartMs, at, leaseMs }) => {
    const subject = `${job}/${modelId ?? ''}/${windowStartMs ?? ''}`;
    const isRunning = and(eq(runs.subject, subject), eq(runs.outcome, 'running'));
    return transaction(client, () => {
      orm
        .update(runs)
        .set({ outcome: 'failed', endedAt: at, error: 'the lease ran out before the run ended' })
        .where(and(isRunning, lte(runs.leaseUntil, at)))
        .run();
      const leaseUntil = at + leaseMs;
      return orm
        .insert(runs)
        .values({ job, modelId, windowStartMs, subject, startedAt: at, leaseUntil, outcome: 'running', counts: '{}' })
        .onConflictDoNothing()
        .returning({ id: runs.id })
        .get()?.id;
    });
  };

  /** A run that lost its lease has ended already: what it says now does not count. */
  const end: RunStore['end'] = (id, outcome, at, counts, error) => {
    const { changes } = orm
      .update(runs)
      .set({ outcome, endedAt: at, counts: writeJson(Counts, counts, { table: 'runs', id }), error: error ?? null })
      .where(and(eq(runs.id, id), eq(runs.outcome, 'running')))
      .run();
    if (changes === 0) requireRun(id);
  };

  function requireRun(id: Run['id']): void {
    if (orm.select({ id: runs.id }).from(runs).where(eq(runs.id, id)).get() !== undefined) return;
    throw new DriftbellError('store.failed', {
      expected: 'the id of a run that began',
      received: String(id),
      remedy: 'begin the run before its end; this is a bug of Driftbell',
    });
  }

  return {
    begin,
    end,
    latest(job, modelId) {
      const row = orm
        .select()
        .from(runs)
        .where(and(eq(runs.job, job), modelId === undefined ? isNull(runs.modelId) : eq(runs.modelId, modelId)))
        .orderBy(desc(runs.id))
        .limit(1)
        .get();
      return row && toRun(row);
    },
    done(job, modelId, fromMs, toMs) {
      const ended = and(eq(runs.job, job), eq(runs.modelId, modelId), eq(runs.outcome, 'ok'));
      const rows = orm
        .select({ startMs: runs.windowStartMs, counts: runs.counts, id: max(runs.id) })
        .from(runs)
        .where(and(ended, gte(runs.windowStartMs, fromMs), lt(runs.windowStartMs, toMs)))
        .groupBy(runs.windowStartMs)
        .all();
      return new Map(
        rows.flatMap(({ startMs, counts, id }) =>
          startMs === null ? [] : [[startMs, readJson(Counts, counts, { table: 'runs', id: id ?? 0 })]],
        ),
      );
    },
    renew: (id, leaseUntil) =>
      orm
        .update(runs)
        .set({ leaseUntil })
        .where(and(eq(runs.id, id), eq(runs.outcome, 'running')))
        .run().changes === 1,
    newestDone: (job, modelId) =>
      orm
        .select({ startMs: max(runs.windowStartMs) })
        .from(runs)
        .where(and(eq(runs.job, job), eq(runs.modelId, modelId), eq(runs.outcome, 'ok')))
        .get()?.startMs ?? undefined,
  };
}

function toRun(row: typeof runs.$inferSelect): Run {
  const { modelId, windowStartMs, endedAt, error } = row;
  return {
    id: row.id,
    job: row.job,
    startedAt: row.startedAt,
    leaseUntil: row.leaseUntil,
    outcome: row.outcome,
    counts: readJson(Counts, row.counts, { table: 'runs', id: row.id }),
    ...present({ modelId, windowStartMs, endedAt, error }),
  };
}
