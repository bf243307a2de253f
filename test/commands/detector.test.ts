import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CommandDeps, runCommand } from '../../commands/index.ts';
import type { Database } from '../../src/db/index.ts';
import { type Correction, offsetNames } from '../../src/domain/correction.ts';
import type { StoredDetector } from '../../src/domain/detector.ts';
import type { FindingId } from '../../src/domain/identifiers.ts';
import { type LearningReport, NOTHING_LEARNED } from '../../src/domain/learned-version.ts';
import type { Model } from '../../src/domain/model.ts';
import type { SeriesKey } from '../../src/domain/series.ts';
import { formatText } from '../../src/messages/format-text.ts';
import { commandDeps } from '../builders/command-deps.ts';
import { day, seriesKey } from '../builders/detections.ts';
import { seen } from '../builders/labels.ts';
import { anomaly, finding, USER } from '../builders/reports.ts';
import { fakeClock, memoryDatabase, registeredModel } from '../builders/stores.ts';
import { expectGolden } from '../golden.ts';

const SURE = 4;
const UNSURE = 0.2;
const quality = (precision: number) => ({ precision, recall: 0.95, logLoss: 0.4 });
let database: Database;
let detector: StoredDetector;
let model: Model;
let deps: CommandDeps;

beforeEach(() => {
  database = memoryDatabase();
  const { stores } = database;
  const shipped = [{ on: 'generated series', precision: 0.81, recall: 0.74, f1: 0.77 }];
  const manifest = { name: 'paper-1', configuration: 'paper', historyWindows: 28, seed: 1, trainedOn: '' } as const;
  detector = stores.detectors.put({ ...manifest, quality: shipped, checksum: '0a1b2c3d4e5f' }, '/detector', 0);
  model = registeredModel(stores, { owners: [USER] });
  const learning = { detector } as CommandDeps['learning'];
  deps = commandDeps(stores, { clock: fakeClock(day(84).startMs), ...(learning && { learning }) });
});

afterEach(() => database.close());

const nameOf = (series: SeriesKey, isAbove: boolean) => offsetNames({ model: model.slug, series, isAbove }).series;

function keep(correction: Correction, state: 'active' | 'refused', overrides: Partial<LearningReport> = {}): void {
  const [before, after] = [quality(0.71), quality(0.86)];
  const report: LearningReport = {
    ...{ seed: 1, incidents: 9, windows: 24, effectiveLabels: 17.5, voters: 3, models: ['churn'] },
    ...{ votes: { before, after }, base: { before, after: before }, gain: { low: 0.02, high: 0.2 } },
    ...{ quieter: 4, louder: 1, findings: 31, reasons: [], untilMs: day(30).startMs },
    ...overrides,
  };
  const at = day(30 + database.stores.corrections.list(detector.id).length).startMs;
  database.stores.corrections.add(detector.id, { correction, report, state, madeAt: at, by: USER });
}

/** Reports of one finding each from a day on, that the owner votes on. */
function voted(from: number, count: number, isReal: boolean, evidence: number): void {
  const { stores } = database;
  for (let at = from; at < from + count; at += 1) {
    const worst = anomaly({ window: day(at) });
    const found = finding({ from: day(at), to: day(at), worst, anomalies: [worst] });
    const opened = { modelId: model.id, severity: 'high', opened: day(at), findings: [found] } as const;
    const { id: reportId, findings } = stores.reports.insert(opened);
    stores.reports.move(reportId, ['firing'], { state: 'resolved', at: day(at).endMs, window: day(at) });
    const findingId = findings[0]?.id as FindingId;
    const windows = [{ findingId, series: seriesKey(), window: day(at), isAbove: false, seen: seen(evidence) }];
    const said = isReal ? ({ verdict: 'real' } as const) : ({ verdict: 'not_useful', reason: 'false_alarm' } as const);
    stores.votes.put({ reportId, findingId, by: USER, at: day(at).endMs, windows, detector: 'paper-1', ...said });
  }
}

const typed = async (words: string) => (await runCommand(deps, words, { user: USER, channel: model.channel })).message;

describe('the detector in words', () => {
  it('says that nothing was learned, of a detector as it was shipped', async () => {
    const message = await typed('detector');

    expect(message.text).toBe(
      'Detector paper-1@0a1b2c3d4e5f, as it was shipped. Nothing was learned from votes so far. There were no reports in the last twelve weeks.',
    );
    expect(formatText(message)).toContain('generated series: precision 0.81, recall 0.74');
  });

  it('looks at the weeks that there are reports of, where the data ended long ago', async () => {
    voted(1, 3, true, SURE);
    voted(20, 2, false, SURE);
    deps = { ...deps, clock: fakeClock(day(9_000).startMs) };

    const message = await typed('detector');

    expect(message.text).toContain(
      'Of the 5 reports of the twelve weeks until 23 Jan 2026, 00:00 UTC 5 have votes. By votes, 3 of 5 findings of the four weeks until 23 Jan 2026, 00:00 UTC are real (60 %); no finding of the eight before has a vote.',
    );
    expect(message.blocks.some(({ type }) => type === 'image')).toBe(true);
  });

  it('says of each version what it tells otherwise, why one was kept out, and how the detector holds up by votes', async () => {
    const { stores } = database;
    const plan = seriesKey({ column: 'plan', statistic: 'coverage' });
    const shipped = { correction: NOTHING_LEARNED, report: undefined, state: 'active' } as const;
    stores.corrections.add(detector.id, { ...shipped, madeAt: day(29).startMs });
    const series = { [nameOf(seriesKey(), true)]: -1.5, [nameOf(plan, false)]: 0.9 };
    const first = { ...NOTHING_LEARNED, labels: 17.5, offsets: { ...NOTHING_LEARNED.offsets, series } };
    keep(first, 'active');
    const reasons = [
      'it would have told 4 findings of age mean of churn in 90 days that nobody asked for, and 0.5 a month are allowed',
    ];
    keep({ ...first, labels: 19 }, 'refused', { reasons });
    keep({ ...first, labels: 21, raises: { [nameOf(plan, false)]: 0.7 } }, 'active', { voters: 4, louder: 3 });
    // What was sure was mostly real and is not; of all, as much is real as before.
    voted(1, 12, true, SURE);
    voted(13, 6, false, SURE);
    voted(20, 12, false, UNSURE);
    voted(32, 6, true, UNSURE);
    voted(57, 3, true, SURE);
    voted(60, 9, false, SURE);
    voted(69, 9, true, UNSURE);
    voted(78, 3, false, UNSURE);

    const message = await typed('detector');

    expectGolden('messages/detector.txt', `${formatText(message)}\n`);
    expect(message.blocks.slice(-2)).toMatchObject([{ type: 'image' }, { type: 'image' }]);
  });

  it('says of a version that there were no findings to make quieter', async () => {
    keep({ ...NOTHING_LEARNED, labels: 17.5 }, 'active', { findings: 0, quieter: 0 });

    expect(formatText(await typed('detector'))).toContain(
      ' · no finding of the 90 days before to make quieter, 1 window louder',
    );
  });

  it('draws what was said against what came true only from twelve labelled findings on', async () => {
    voted(40, 11, true, SURE);
    const few = await typed('detector');
    voted(51, 1, false, UNSURE);
    const enough = await typed('detector');

    const pictures = ({ blocks }: typeof few) => blocks.filter(({ type }) => type === 'image').length;
    expect([pictures(few), pictures(enough)]).toEqual([1, 2]);
    expect(formatText(few)).toContain('What it called real with ');
  });

  it('says what a rollback, a pin and an unpin do', async () => {
    const shipped = { correction: NOTHING_LEARNED, report: undefined, state: 'active' } as const;
    database.stores.corrections.add(detector.id, { ...shipped, madeAt: day(29).startMs });
    keep({ ...NOTHING_LEARNED, labels: 17.5 }, 'active');

    const said = [];
    for (const words of ['detector rollback', 'detector pin 1', 'detector unpin']) said.push((await typed(words)).text);

    expectGolden('messages/detector-verbs.txt', `${said.join('\n')}\n`);
  });

  describe('of two versions', () => {
    beforeEach(() => {
      const shipped = { correction: NOTHING_LEARNED, report: undefined, state: 'active' } as const;
      database.stores.corrections.add(detector.id, { ...shipped, madeAt: day(29).startMs });
      keep({ ...NOTHING_LEARNED, labels: 17.5 }, 'active');
    });

    it('goes back again after it went forward again', async () => {
      const now = [];
      for (const words of ['rollback', 'rollback 1', 'rollback', 'rollback 1', 'rollback']) {
        now.push((await typed(`detector ${words}`)).text.slice(0, 9));
      }

      expect(now).toEqual(['Version 0', 'Version 1', 'Version 0', 'Version 1', 'Version 0']);
    });

    it('goes back to what was shipped, although an older Driftbell called it rolled back', async () => {
      const { corrections } = database.stores;
      const [learned, shipped] = corrections.list(detector.id);
      const change = { by: USER, at: day(40).startMs } as const;
      for (const version of [shipped, learned]) {
        if (version !== undefined) corrections.activate(version.id, { ...change, leaving: 'rolled_back' });
      }

      expect((await typed('detector rollback')).text).toMatch(/^Version 0 /);
    });

    it('does not offer the one that is in force', async () => {
      await typed('detector rollback');

      await expect(typed('detector rollback 0')).rejects.toThrow(
        'Expected version 1, got version 0, which is in force.',
      );
      expect((await typed('detector rollback')).text).toMatch(/^There is nothing to go back to: version 0 /);
    });

    it('unpins only what is pinned', async () => {
      await expect(typed('detector unpin')).rejects.toThrow(
        'Expected a version that is pinned, got version 1, which is not. Leave it as it is',
      );
      await typed('detector pin');
      await expect(typed('detector unpin 0')).rejects.toThrow(
        'Expected version 1, which is pinned, got version 0, which',
      );
      expect(database.stores.corrections.inForce(detector.id)?.version?.isPinned).toBe(true);

      expect((await typed('detector unpin 1')).text).toMatch(/^Version 1 is no longer pinned/);
      expect(database.stores.audit.newest(9, { action: 'detector.unpin' })).toHaveLength(1);
    });
  });
});
