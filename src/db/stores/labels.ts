import { and, asc, eq, isNull, or } from 'drizzle-orm';
import { z } from 'zod';
import type { UserId } from '../../domain/identifiers.ts';
import type { StoredLabel } from '../../domain/label.ts';
import type { LabelStore } from '../../ports/stores.ts';
import type { Client } from '../client.ts';
import { readJson, writeJson } from '../json-column.ts';
import { present } from '../present.ts';
import { labels } from '../schema/labels.ts';
import { StoredEvidence, StoredWindow } from '../voted-window.ts';

const Windows = z.array(z.object({ window: StoredWindow, isAbove: z.boolean(), seen: StoredEvidence }));

const Dissents = z.array(z.object({ by: z.custom<UserId>((by) => typeof by === 'string'), weight: z.number() }));

export function createLabelStore({ orm }: Client): LabelStore {
  return {
    put(modelId, { series, at, windows, dissent: others, ...label }) {
      const where = { table: 'labels', id: `of ${series.column}` };
      const written = writeJson(Windows, windows, where);
      const dissent = others === undefined ? null : writeJson(Dissents, others, where);
      // Said by hand, it is brought along no more.
      const brought = { incident: null, weight: null, heardAt: null, isMatterOfTaste: false };
      const row = {
        modelId,
        ...series,
        ...brought,
        ...label,
        dissent,
        createdAt: at,
        windows: written,
        undoneAt: null,
      };
      const same = [labels.modelId, labels.segment, labels.column, labels.statistic, labels.fromMs, labels.toMs];
      return orm
        .insert(labels)
        .values(row)
        .onConflictDoUpdate({ target: [...same, labels.by], set: row })
        .returning({ id: labels.id })
        .get().id;
    },
    of: (modelId) =>
      orm
        .select()
        .from(labels)
        .where(and(eq(labels.modelId, modelId), or(isNull(labels.undoneAt), isNull(labels.incident))))
        .orderBy(asc(labels.createdAt), asc(labels.id))
        .all()
        .map(toLabel),
    undo(id, at) {
      return (
        orm
          .update(labels)
          .set({ undoneAt: at })
          .where(and(eq(labels.id, id), isNull(labels.undoneAt)))
          .run().changes > 0
      );
    },
  };
}

function toLabel(row: typeof labels.$inferSelect): StoredLabel {
  const { id, segment, column, role, statistic, fromMs, toMs, verdict, by, createdAt, isMatterOfTaste } = row;
  const { word, incident, weight, heardAt, undoneAt: takenBackAt } = row;
  return {
    ...{ id, series: { segment, column, role, statistic }, fromMs, toMs, verdict, by, at: createdAt, isMatterOfTaste },
    ...present({ word, incident, weight, heardAt, takenBackAt }),
    windows: readJson(Windows, row.windows, { table: 'labels', id }),
    ...(row.dissent !== null && { dissent: readJson(Dissents, row.dissent, { table: 'labels', id }) }),
  };
}
