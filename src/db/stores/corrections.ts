import { createHash } from 'node:crypto';
import { and, desc, eq, isNotNull, max } from 'drizzle-orm';
import { z } from 'zod';
import { type Correction, contextNames } from '../../domain/correction.ts';
import type { DetectorId } from '../../domain/identifiers.ts';
import type { LearnedVersion } from '../../domain/learned-version.ts';
import type { CorrectionStore } from '../../ports/stores.ts';
import type { Client } from '../client.ts';
import { readJson, writeJson } from '../json-column.ts';
import { present } from '../present.ts';
import { corrections } from '../schema/corrections.ts';
import { transaction } from '../transaction.ts';

const Named = z.record(z.string(), z.number());

const Weights = z.object({
  slope: z.number().positive(),
  confirmed: z.number().nonnegative().optional(),
  network: z
    .object({ units: z.int().positive(), weights: z.array(z.number()) })
    .refine(({ units, weights }) => weights.length === (contextNames.length + 2) * units + 1, 'weights of other shapes')
    .optional(),
  offsets: z.object({ statistic: Named, model: Named, column: Named, series: Named }),
  reach: z
    .record(z.string(), z.object({ least: z.number(), most: z.number(), left: z.number().optional() }))
    .optional(),
  raises: Named.optional(),
  labels: z.number().nonnegative(),
}) satisfies z.ZodType<Correction>;

const Quality = z.object({
  precision: z.number().nullable(),
  recall: z.number().nullable(),
  logLoss: z.number().nullable(),
});
const Comparison = z.object({ before: Quality, after: Quality });

const Report = z.object({
  seed: z.number(),
  incidents: z.number(),
  windows: z.number(),
  effectiveLabels: z.number(),
  voters: z.number(),
  models: z.array(z.string()),
  untilMs: z.number(),
  votes: Comparison,
  gain: z.object({ low: z.number(), high: z.number() }),
  base: Comparison,
  quieter: z.number(),
  louder: z.number(),
  findings: z.number(),
  reasons: z.array(z.string()),
});

type Row = typeof corrections.$inferSelect;

export function createCorrectionStore(client: Client): CorrectionStore {
  const { orm } = client;
  const ofDetector = (detectorId: DetectorId) => eq(corrections.detectorId, detectorId);

  function rowsOf(detectorId: DetectorId): readonly Row[] {
    return orm.select().from(corrections).where(ofDetector(detectorId)).orderBy(desc(corrections.number)).all();
  }

  const add: CorrectionStore['add'] = (detectorId, { correction, report, state, madeAt, by }) =>
    transaction(client, () => {
      const [last] = orm
        .select({ number: max(corrections.number) })
        .from(corrections)
        .where(ofDetector(detectorId))
        .all();
      const number = report === undefined ? 0 : (last?.number ?? 0) + 1;
      const where = { table: 'corrections', id: number };
      const weights = writeJson(Weights, correction, where);
      if (state === 'active') retireActive(detectorId);
      const row = orm
        .insert(corrections)
        .values({
          ...{ detectorId, number, state, isPinned: false, weights, checksum: checksumOf(weights), madeAt },
          report: report === undefined ? null : writeJson(Report, report, where),
          promotedAt: state === 'active' ? madeAt : null,
          by: by ?? null,
        })
        .returning()
        .get();
      return toVersion(row);
    });

  function retireActive(detectorId: DetectorId, state: 'retired' | 'rolled_back' = 'retired'): void {
    orm
      .update(corrections)
      .set({ state, isPinned: false })
      .where(and(ofDetector(detectorId), eq(corrections.state, 'active')))
      .run();
  }

  return {
    add,
    list: (detectorId) => rowsOf(detectorId).flatMap((row) => (isWhole(row) ? [toVersion(row)] : [])),
    damaged: (detectorId) => rowsOf(detectorId).flatMap((row) => (isWhole(row) ? [] : [row.number])),
    inForce(detectorId) {
      const active = orm
        .select()
        .from(corrections)
        .where(and(ofDetector(detectorId), eq(corrections.state, 'active')))
        .get();
      if (active === undefined) return undefined;
      if (isWhole(active)) return { version: toVersion(active) };
      const before = orm
        .select()
        .from(corrections)
        .where(and(ofDetector(detectorId), eq(corrections.state, 'retired'), isNotNull(corrections.promotedAt)))
        .orderBy(desc(corrections.promotedAt), desc(corrections.number))
        .all()
        .find(isWhole);
      return { ...(before && { version: toVersion(before) }), refused: active.number };
    },
    activate: (id, { by, at, leaving }) =>
      transaction(client, () => {
        const row = orm.select().from(corrections).where(eq(corrections.id, id)).get();
        if (row === undefined || !isWhole(row)) return undefined;
        retireActive(row.detectorId, leaving);
        const now = { state: 'active' as const, promotedAt: at, by };
        return toVersion(orm.update(corrections).set(now).where(eq(corrections.id, id)).returning().get());
      }),
    pin(id, isPinned) {
      orm.update(corrections).set({ isPinned }).where(eq(corrections.id, id)).run();
    },
  };
}

function checksumOf(weights: string): string {
  return createHash('sha256').update(weights).digest('hex');
}

/** Weights as they were written, of the shapes that this version knows. */
function isWhole(row: Row): boolean {
  if (checksumOf(row.weights) !== row.checksum) return false;
  return Weights.safeParse(JSON.parse(row.weights)).success;
}

function toVersion(row: Row): LearnedVersion {
  const { id, detectorId, number, state, isPinned, madeAt, promotedAt, by } = row;
  const where = { table: 'corrections', id };
  return {
    ...{ id, detectorId, number, state, isPinned, madeAt, ...present({ promotedAt, by }) },
    correction: readJson(Weights, row.weights, where),
    ...(row.report === null ? {} : { report: readJson(Report, row.report, where) }),
  };
}
