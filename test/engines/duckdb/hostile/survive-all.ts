import fc from 'fast-check';
import type { Source } from '../../../../src/domain/model.ts';
import { survive } from './survive.ts';
import { type HostileTable, hostileTable } from './tables.ts';

/** FUZZ_SEED and FUZZ_TABLES look further than every run does: some thousand columns, the same each time. */
const FIRST_SEED = Number(process.env.FUZZ_SEED ?? 1);
const TABLES = Number(process.env.FUZZ_TABLES ?? 40);
/** Far more than forty tables take: FUZZ_TABLES may ask for more. */
export const TIME_LIMIT = 3_600_000;

/** Writes one table after another and takes each the whole way; a failure names the seed that makes its table again. */
export async function surviveAll(write: (table: HostileTable) => Promise<Source>): Promise<void> {
  for (let seed = FIRST_SEED; seed < FIRST_SEED + TABLES; seed += 1) {
    const [table] = fc.sample(hostileTable, { seed, numRuns: 1 });
    if (table === undefined) throw new Error('no table');
    try {
      await survive(await write(table), table);
    } catch (cause) {
      const what = cause instanceof Error ? cause.message : String(cause);
      throw new Error(`FUZZ_SEED=${seed} FUZZ_TABLES=1: ${what}\n${JSON.stringify(table)}`, { cause });
    }
  }
}
