import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { openDatabase } from '../../src/db/index.ts';
import { paperFilterSettings, runPostprocessing } from '../../src/postprocessing/index.ts';
import { day, detectionsOf } from '../builders/detections.ts';
import { NOW } from '../builders/reports.ts';
import { fakeClock, registeredModel } from '../builders/stores.ts';
import { objectsOf, runDriftbell } from './run-driftbell.ts';

/** Sixty days with an incident of two days every second week, the third not severe enough. */
const VALUES = Array.from({ length: 60 }, (_, at) => (at % 14 === 9 || at % 14 === 10 ? (at > 36 ? 1.1 : 4) : 0));

describe('driftbell why and budget', () => {
  const folder = mkdtempSync(join(tmpdir(), 'driftbell-why-'));
  const path = join(folder, 'driftbell.sqlite');

  beforeAll(() => {
    const database = openDatabase({ path, migrationsFolder: join(import.meta.dirname, '../../drizzle') });
    const { stores } = database;
    const model = registeredModel(stores, { slug: 'churn', zone: 'UTC' });
    const traffic = { segment: '', column: '*', role: 'traffic', rows: 9, problems: [] } as const;
    for (const [at, detection] of detectionsOf(VALUES).entries()) {
      const window = day(at);
      stores.statistics.replaceWindows(model.id, [window], [{ ...traffic, window, statistics: { traffic: 9 } }]);
      stores.detections.replaceWindow(model.id, window, [detection], 'd');
      runPostprocessing({ stores, settings: paperFilterSettings }, { model, window, now: NOW });
    }
    database.close();
  });

  beforeEach(() => {
    vi.stubEnv('DRIFTBELL_DATABASE', path);
    vi.stubEnv('DRIFTBELL_LOG_LEVEL', 'silent');
    vi.stubEnv('DRIFTBELL_DETECTOR', join(import.meta.dirname, '../../detectors/paper'));
  });

  afterEach(() => vi.unstubAllEnvs());
  afterAll(() => rmSync(folder, { recursive: true }));

  const driftbell = (...args: readonly string[]) => runDriftbell(args, fakeClock());

  it('tells the newest window with an anomaly in sentences', async () => {
    const { code, out } = await driftbell('why', '--model', 'churn');

    expect(code).toBe(0);
    expect(out).toBe(
      'Sun 22 Feb 2026: 1 series of churn anomalous; 1 dropped.\n' +
        '  age mean left its band of −0.5 to 0.5 with 1.1 (severity 1.1); dropped by severity: 1.1 of the 1.3 widths of the band it asks for\n',
    );
  });

  it('tells scripts the same, and of quiet series too', async () => {
    const dropped = objectsOf(await driftbell('why', '--model', 'churn', '--column', 'AGE', '--json'));
    const quiet = objectsOf(await driftbell('why', '--model', 'churn', '--window', '2026-02-25', '--json'));

    expect(dropped).toEqual([
      {
        ...{ window: '2026-02-22', segment: '', column: 'age', statistic: 'mean', value: 1.1, rows: 1000 },
        ...{ baseline: 0, lower: -0.5, upper: 0.5, tail: null, rule: 'band', severity: 1.1, outcome: 'dropped' },
        filters: [
          { filter: 'duration', isKept: true, measure: 2, threshold: 2, note: null },
          { filter: 'severity', isKept: false, measure: 1.1, threshold: 1.3, note: null },
        ],
      },
    ]);
    expect(quiet).toMatchObject([{ window: '2026-02-25', outcome: 'quiet', filters: [] }]);
  });

  it('says which windows there are where it is asked about another, to scripts beside the data', async () => {
    const asked = ['why', '--model', 'churn', '--window', '2027-01-05'] as const;
    const words =
      'churn has no window of Tue 5 Jan 2027: those that it has are from Thu 1 Jan 2026 to Sun 1 Mar 2026.\n';

    expect(await driftbell(...asked)).toMatchObject({ code: 0, out: words, err: '' });
    expect(await driftbell(...asked, '--json')).toMatchObject({ code: 0, out: '', err: words });
  });

  it('refuses a model and a window that it does not know', async () => {
    expect(await driftbell('why', '--model', 'chrn')).toMatchObject({ code: 2, out: '' });
    expect((await driftbell('why', '--model', 'churn', '--window', 'soon')).err).toContain('a date such as 2026-03-01');
  });

  it('declares what a deploy script knows, and takes it back', async () => {
    const of = ['event', '--model', 'churn', '--kind', 'deploy', '--from', '2026-02-20T10:00'];

    const declared = await driftbell(...of, '--text', 'v2 of the features');
    const withdrawn = await driftbell(...of, '--withdraw');

    expect(declared.out).toBe(
      'churn: deploy from 20 Feb 2026, 10:00 UTC to 20 Feb 2026, 10:01 UTC: v2 of the features\n',
    );
    expect(withdrawn.out).toBe('churn: 1 withdrawn of deploy from 20 Feb 2026, 10:00 UTC\n');
    expect((await driftbell('event', '--model', 'churn', '--kind', 'party')).code).toBe(2);
  });

  it('hints at verbs of the shell, not of the chat', async () => {
    const unset = await driftbell('budget', '--model', 'churn');
    const unknown = await driftbell('budget', '--model', 'zebra');
    vi.stubEnv('DRIFTBELL_DATABASE', join(folder, 'empty.sqlite'));
    await driftbell('migrate');
    const none = await driftbell('budget', '--model', 'churn');

    expect(unset.out).toContain('Welcome: no budget; set one with driftbell budget --model churn --reports 2\n');
    expect(unknown.err).toContain('See them with `driftbell export`.');
    expect(none.err).toContain('Register one with `driftbell import`.');
    for (const { out, err } of [unset, unknown, none]) expect(out + err).not.toContain('/drift');
  });

  it('sets and shows a budget', async () => {
    const set = await driftbell('budget', '--model', 'churn', '--reports', '0');
    const [shown] = objectsOf(await driftbell('budget', '--model', 'churn', '--json'));
    const off = await driftbell('budget', '--model', 'churn', '--reports', 'off');

    expect(set.out).toMatch(/^Welcome: at most 0 reports a month\n/);
    expect(set.out).toContain('Threshold: 5 widths of the band, learned');
    expect(shown).toMatchObject({
      model: 'churn',
      budget: { reportsPerMonth: 0, calibrated: { setting: 'minimumSeverity', value: 5, replayedPerMonth: 0 } },
      realised: null,
    });
    expect(off.out).toMatch(/^Welcome: no budget/);
    expect((await driftbell('budget', '--model', 'churn', '--reports', 'few')).code).toBe(2);
  });
});
