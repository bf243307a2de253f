import { asc, eq } from 'drizzle-orm';
import { z } from 'zod';
import type { Calibration } from '../../domain/calibration.ts';
import type { CalibrationStore } from '../../ports/stores.ts';
import type { Client } from '../client.ts';
import { finite } from '../finite.ts';
import { readJson, writeJson } from '../json-column.ts';
import { calibrations } from '../schema/calibrations.ts';
import { transaction } from '../transaction.ts';

const ReliabilityTable = z.array(z.object({ nominal: z.number(), healthy: z.number().nullable(), all: z.number() }));

export function createCalibrationStore(client: Client): CalibrationStore {
  const { orm } = client;
  return {
    replace(detectorId, given) {
      transaction(client, () => {
        orm.delete(calibrations).where(eq(calibrations.detectorId, detectorId)).run();
        for (const { factor, reliability, ...rest } of given) {
          const id = `${rest.granularity} ${rest.kind}`;
          orm
            .insert(calibrations)
            .values({
              ...{ detectorId, ...rest, factor: required(factor, id) },
              reliability: writeJson(ReliabilityTable, reliability, { table: 'calibrations', id }),
            })
            .run();
        }
      });
    },
    of: (detectorId) =>
      orm
        .select()
        .from(calibrations)
        .where(eq(calibrations.detectorId, detectorId))
        .orderBy(asc(calibrations.granularity), asc(calibrations.kind))
        .all()
        .map(toCalibration),
  };
}

function required(factor: number, id: string): number {
  return finite(factor, () => `factor of ${id}`) ?? factor;
}

function toCalibration({ detectorId, reliability, ...row }: typeof calibrations.$inferSelect): Calibration {
  const id = `${row.granularity} ${row.kind} of detector ${detectorId}`;
  return { ...row, reliability: readJson(ReliabilityTable, reliability, { table: 'calibrations', id }) };
}
