import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openClient } from '../../src/db/client.ts';
import { type Database, openDatabase } from '../../src/db/index.ts';
import { learnedWords } from '../../src/doctor/detector-words.ts';
import type { DetectorManifest } from '../../src/domain/detector.ts';
import type { DetectorId } from '../../src/domain/identifiers.ts';
import { type LearningReport, NOTHING_LEARNED } from '../../src/domain/learned-version.ts';
import { NOW } from '../builders/reports.ts';

const quality = { precision: 0.8, recall: 1, logLoss: 0.4 };
const report: LearningReport = {
  ...{ seed: 1, incidents: 8, windows: 12, effectiveLabels: 9.5, voters: 2, models: ['churn'], untilMs: NOW },
  ...{ votes: { before: quality, after: quality }, base: { before: quality, after: quality } },
  ...{ gain: { low: 0.1, high: 0.2 }, quieter: 3, louder: 0, findings: 9, reasons: [] },
};
const manifest: DetectorManifest = {
  ...{
    name: 'paper-1',
    configuration: 'paper',
    historyWindows: 28,
    seed: 1,
    trainedOn: '',
    quality: [],
    checksum: 'c1',
  },
};
const migrationsFolder = join(import.meta.dirname, '..', '..', 'drizzle');
let folder: string;
let database: Database;
let id: DetectorId;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'driftbell-learned-'));
  database = openDatabase({ path: join(folder, 'driftbell.sqlite'), migrationsFolder });
  const { detectors, corrections } = database.stores;
  id = detectors.put(manifest, '', NOW).id;
  for (const labels of [0, 5, 6]) {
    const made = { correction: { ...NOTHING_LEARNED, labels }, report: labels === 0 ? undefined : report };
    corrections.add(id, { ...made, state: 'active', madeAt: NOW + labels });
  }
});

afterEach(() => {
  database.close();
  rmSync(folder, { recursive: true, force: true });
});

function damage(number: number): void {
  const { sqlite } = openClient({ path: join(folder, 'driftbell.sqlite'), migrationsFolder });
  sqlite.prepare('update corrections set weights = substr(weights, 1, 20) where number = ?').run(number);
  sqlite.close();
}

const found = () => learnedWords(database.stores.corrections, id);

describe('what the doctor says of learned versions', () => {
  it('is nothing where all of them are whole', () => {
    expect(found()).toEqual([]);
  });

  it('is doubt where one that is not in force is damaged', () => {
    damage(1);

    expect(found()).toMatchObject([
      { state: 'doubtful', text: expect.stringMatching(/^Version 1 is damaged: .* None of them is in force\.$/) },
    ]);
  });

  it('is ill where the one in force is damaged, with the one that takes its place', () => {
    damage(2);

    expect(found()).toMatchObject([
      { part: 'learned versions', state: 'ill', text: expect.stringMatching(/Version 1 is in force instead of 2\.$/) },
    ]);
  });
});
