import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { type DetectorManifest, detectorConfigurations, type StoredDetector } from '../../domain/detector.ts';
import type { EpochMs } from '../../domain/identifiers.ts';
import type { DetectorStore } from '../../ports/stores.ts';
import type { Client } from '../client.ts';
import { readJson, writeJson } from '../json-column.ts';
import { detectors } from '../schema/detectors.ts';
import { transaction } from '../transaction.ts';

const Quality = z.object({
  on: z.string(),
  precision: z.number().nullable(),
  recall: z.number().nullable(),
  f1: z.number().nullable(),
});

const Manifest: z.ZodType<DetectorManifest> = z.object({
  name: z.string(),
  configuration: z.enum(detectorConfigurations),
  historyWindows: z.number(),
  seed: z.number(),
  trainedOn: z.string(),
  quality: z.array(Quality),
  checksum: z.string(),
});

export function createDetectorStore(client: Client): DetectorStore {
  const { orm } = client;

  /** The same weights again are the same detector, even from another folder. */
  function put(given: DetectorManifest, folder: string, at: EpochMs): StoredDetector {
    const { checksum } = given;
    const manifest = writeJson(Manifest, given, { table: 'detectors', id: given.name });
    return transaction(client, () => {
      orm.update(detectors).set({ isActive: false }).where(eq(detectors.isActive, true)).run();
      const row = orm
        .insert(detectors)
        .values({ checksum, manifest, folder, isActive: true, putAt: at })
        .onConflictDoUpdate({ target: detectors.checksum, set: { manifest, folder, isActive: true } })
        .returning()
        .get();
      return toDetector(row);
    });
  }

  return {
    put,
    active() {
      const row = orm.select().from(detectors).where(eq(detectors.isActive, true)).get();
      return row && toDetector(row);
    },
  };
}

function toDetector(row: typeof detectors.$inferSelect): StoredDetector {
  return {
    id: row.id,
    manifest: readJson(Manifest, row.manifest, { table: 'detectors', id: row.id }),
    folder: row.folder,
  };
}
