import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openClient } from '../../src/db/client.ts';
import { openDatabase } from '../../src/db/index.ts';
import type { LearnedVersion, LearningReport } from '../../src/domain/learned-version.ts';
import { NOTHING_LEARNED } from '../../src/domain/learned-version.ts';
import { createLearning } from '../../src/learner/create-learning.ts';
import { NOW, USER } from '../builders/reports.ts';
import { fakeClock, memoryDatabase } from '../builders/stores.ts';

const quality = { precision: 0.8, recall: 1, logLoss: 0.4 };
const report: LearningReport = {
  ...{ seed: 1, incidents: 8, windows: 12, effectiveLabels: 9.5, voters: 2, models: ['churn'], untilMs: NOW },
  ...{
    votes: { before: quality, after: quality },
    gain: { low: 0.1, high: 0.2 },
    base: { before: quality, after: quality },
  },
  ...{ quieter: 3, louder: 0, findings: 9, reasons: [] },
};
const manifest = {
  name: 'paper-1',
  configuration: 'paper' as const,
  historyWindows: 28,
  seed: 1,
  trainedOn: '',
  quality: [],
  checksum: 'c1',
};
const correction = (labels: number): LearnedVersion['correction'] => ({ ...NOTHING_LEARNED, labels });
const migrationsFolder = join(import.meta.dirname, '..', '..', 'drizzle');

describe('versions of what was learned', () => {
  it('come back as they were kept, one of them active', () => {
    const { stores, close } = memoryDatabase();
    const { id } = stores.detectors.put(manifest, '', NOW);
    stores.corrections.add(id, { correction: NOTHING_LEARNED, report: undefined, state: 'active', madeAt: NOW });
    const first = stores.corrections.add(id, {
      correction: correction(5),
      report,
      state: 'active',
      madeAt: NOW,
      by: USER,
    });
    stores.corrections.add(id, { correction: correction(6), report, state: 'refused', madeAt: NOW + 1 });

    expect(stores.corrections.inForce(id)).toEqual({ version: first });
    expect(stores.corrections.list(id).map(({ number, state }) => [number, state])).toEqual([
      [2, 'refused'],
      [1, 'active'],
      [0, 'retired'],
    ]);
    close();
  });

  it('with damaged weights are refused by their checksum; the last good one is taken, and the operator hears of it once', () => {
    const folder = mkdtempSync(join(tmpdir(), 'driftbell-corrections-'));
    const path = join(folder, 'driftbell.sqlite');
    const database = openDatabase({ path, migrationsFolder });
    const { stores } = database;
    const detector = stores.detectors.put(manifest, '', NOW);
    for (const labels of [0, 5, 6]) {
      const made = { correction: correction(labels), report: labels === 0 ? undefined : report };
      stores.corrections.add(detector.id, { ...made, state: 'active', madeAt: NOW + labels });
    }
    const { sqlite } = openClient({ path, migrationsFolder });
    sqlite.exec("update corrections set weights = replace(weights, '0.5', '9.5') where number = 2");
    sqlite.close();

    expect(stores.corrections.inForce(detector.id)).toMatchObject({ refused: 2, version: { number: 1 } });
    expect(stores.corrections.damaged(detector.id)).toEqual([2]);

    const told: unknown[] = [];
    const quiet = () => undefined;
    const logger = {
      debug: quiet,
      info: quiet,
      warn: quiet,
      error: (...given: readonly unknown[]) => void told.push(given),
    };
    const learning = createLearning({ stores, detector, clock: fakeClock(), logger: logger as never });
    expect([learning.name(), learning.name()]).toEqual(['paper-1@c1+1', 'paper-1@c1+1']);
    expect(told).toHaveLength(1);
    expect(JSON.stringify(told)).toContain('do not match their checksum');
    database.close();
    rmSync(folder, { recursive: true, force: true });
  });
});
