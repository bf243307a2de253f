import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase } from '../../src/db/index.ts';
import type { StoredDetector } from '../../src/domain/detector.ts';
import { learn } from '../../src/feedback/index.ts';
import { learnNow } from '../../src/jobs/index.ts';
import { createSeededRandom } from '../../src/platform/random.ts';
import { fitContext } from '../../src/tensorflow/index.ts';
import { seen } from '../builders/labels.ts';
import { fakeClock } from '../builders/stores.ts';
import { silentLogger } from '../doubles/recording-chat.ts';

/**
 * A process of its own that learns for a night from the votes in a database file. Arguments: the file, the instant, and where
 * to stay for ever, so that it can be killed there: `training`, `promoting` (inside the transaction), or nowhere.
 */
const [path = '', at = '0', stay = ''] = process.argv.slice(2);
const database = openDatabase({ path, migrationsFolder: join(import.meta.dirname, '..', '..', 'drizzle') });
const { stores } = database;
const clock = fakeClock(Number(at));
const detector = stores.detectors.active() as StoredDetector;
const base = Array.from({ length: 60 }, (_, index) => ({
  seen: seen(index % 2 === 0 ? 6 : 0.5),
  isReal: index % 2 === 0,
}));

const outbox = {
  ...stores.outbox,
  add(entry: Parameters<typeof stores.outbox.add>[0]) {
    stores.outbox.add(entry);
    if (stay !== 'promoting') return;
    say('promoting');
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  },
};
const deps = {
  ...{ stores: { ...stores, outbox }, detector, clock, random: createSeededRandom },
  see: (_: unknown, detections: readonly unknown[]) => detections.map(() => seen(2)),
  learner: {
    baseSet: async () => ({ replayed: base, frozen: base }),
    async fitNetwork(rows: Parameters<typeof fitContext>[0], seed: number) {
      const train = () => fitContext(rows, { random: createSeededRandom(seed) });
      if (stay === 'training') say('training');
      while (stay === 'training') await train();
      return train();
    },
  },
};
const outcome = await learnNow({
  ...{ stores, clock, logger: silentLogger() },
  learning: { learn: ({ signal }) => learn(deps, { signal }) },
});
database.close();
say(outcome?.step ?? 'under way');

function say(word: string): void {
  writeSync(1, `${word}\n`);
}
