import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../src/db/index.ts';
import type { DetectorId, FindingId, UserId } from '../../src/domain/identifiers.ts';
import type { SeriesKey } from '../../src/domain/series.ts';
import { day, seriesKey } from '../builders/detections.ts';
import { seen } from '../builders/labels.ts';
import { anomaly, finding, NOW, USER } from '../builders/reports.ts';
import { registeredModel } from '../builders/stores.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const NIGHT_MS = 86_400_000;
let folder: string;
let path: string;
let detectorId: DetectorId;
let child: ChildProcess | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'driftbell-killed-'));
  path = join(folder, 'driftbell.db');
  withDatabase(({ stores }) => {
    const manifest = { name: 'paper-1', configuration: 'paper', historyWindows: 28, seed: 1, trainedOn: '' } as const;
    detectorId = stores.detectors.put({ ...manifest, quality: [], checksum: 'c1' }, '/detector', NOW).id;
    registeredModel(stores);
  });
});

afterEach(async () => {
  child?.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

function withDatabase<Result>(work: (database: Database) => Result): Result {
  const database = openDatabase({ path, migrationsFolder: join(ROOT, 'drizzle') });
  try {
    return work(database);
  } finally {
    database.close();
  }
}

/** Reports of one finding each, as an owner voted: age is a false alarm each time, plan real. */
function vote(from: number, to: number, at: number): void {
  withDatabase(({ stores }) => {
    const model = stores.models.list()[0];
    if (model === undefined) throw new Error('expected a registered model');
    for (let place = from; place < to; place += 1) {
      const isReal = place % 2 === 1;
      const series: SeriesKey = isReal ? seriesKey({ column: 'plan', statistic: 'coverage' }) : seriesKey();
      const worst = anomaly({ series, window: day(place), value: 900 });
      const one = finding({ series, from: day(place), to: day(place), worst, anomalies: [worst] });
      const opened = { modelId: model.id, severity: 'high', opened: day(place), findings: [one] } as const;
      const { id: reportId, findings } = stores.reports.insert(opened);
      stores.reports.move(reportId, ['firing'], { state: 'resolved', at, window: day(place) });
      const findingId = findings[0]?.id as FindingId;
      const windows = [{ findingId, series, window: day(place), isAbove: true, seen: seen(2) }];
      const said = isReal
        ? { verdict: 'real' as const }
        : { verdict: 'not_useful' as const, reason: 'false_alarm' as const };
      stores.votes.put({
        reportId,
        findingId,
        by: USER as UserId,
        at: at + place,
        windows,
        detector: 'paper-1',
        ...said,
      });
    }
  });
}

/** Starts a night in a process of its own; resolves with what it says first. */
function night(at: number, stay = ''): Promise<string> {
  const program = join(import.meta.dirname, 'learning-night.ts');
  child = spawn(process.execPath, ['--import', 'tsx', program, path, String(at), stay], { cwd: ROOT });
  let errors = '';
  child.stderr?.on('data', (text: Buffer) => {
    errors += text.toString();
  });
  return new Promise((resolve, reject) => {
    child?.stdout?.once('data', (text: Buffer) => resolve(text.toString().trim()));
    child?.once('exit', () => reject(new Error(`the night ended without a word: ${errors}`)));
  });
}

function killed(): Promise<NodeJS.Signals | null> {
  return new Promise((resolve) => {
    child?.once('exit', (_code, signal) => resolve(signal));
    child?.kill('SIGKILL');
  });
}

const state = () =>
  withDatabase(({ stores }) => ({
    versions: stores.corrections.list(detectorId),
    damaged: stores.corrections.damaged(detectorId),
    inForce: stores.corrections.inForce(detectorId),
    audit: stores.audit.of(`detector:${detectorId}`),
    mail: stores.outbox.due(Number.MAX_SAFE_INTEGER, 999).map(({ key }) => key),
  }));

describe('a night of learning whose process is killed', () => {
  it.each(['training', 'promoting'])(
    'in the middle of %s leaves what was in force, and the next succeeds',
    async (stay) => {
      vote(0, 20, NOW);
      expect(await night(NOW + 1_000)).toBe('promoted');
      vote(20, 32, NOW + NIGHT_MS / 2);
      const before = state();
      expect(before.inForce?.version?.number).toBe(1);

      expect(await night(NOW + NIGHT_MS, stay)).toBe(stay);
      expect(await killed()).toBe('SIGKILL');

      expect(state()).toEqual(before);
      expect(await night(NOW + 2 * NIGHT_MS)).toMatch(/promoted|refused/);
      const after = state();
      expect(after.versions.map(({ number }) => number)).toEqual([2, 1, 0]);
      expect(after.damaged).toEqual([]);
    },
    60_000,
  );
});
