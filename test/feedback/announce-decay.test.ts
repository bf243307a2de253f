import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../src/db/index.ts';
import type { StoredDetector } from '../../src/domain/detector.ts';
import type { FindingId } from '../../src/domain/identifiers.ts';
import type { Model } from '../../src/domain/model.ts';
import { announceDecay } from '../../src/feedback/index.ts';
import { day, seriesKey } from '../builders/detections.ts';
import { seen } from '../builders/labels.ts';
import { anomaly, finding, NOW, USER } from '../builders/reports.ts';
import { fakeClock, memoryDatabase, registeredModel } from '../builders/stores.ts';
import { silentLogger } from '../doubles/recording-chat.ts';

let database: Database;
let detector: StoredDetector;
let models: readonly [Model, Model];
let clock: ReturnType<typeof fakeClock>;

beforeEach(() => {
  database = memoryDatabase();
  const { stores } = database;
  const manifest = { name: 'paper-1', configuration: 'paper', historyWindows: 28, seed: 1, trainedOn: '' } as const;
  detector = stores.detectors.put({ ...manifest, quality: [], checksum: 'c1' }, '/detector', NOW);
  models = [
    registeredModel(stores, { channel: 'C0CHURN01' }),
    registeredModel(stores, { slug: 'fraud', channel: 'C0FRAUD01' }),
  ];
  clock = fakeClock();
});

afterEach(() => database.close());

/** Reports of the model of one finding each, that the owner votes on. */
function voted(model: Model, from: number, to: number, isReal: boolean, evidence = 2): void {
  const { stores } = database;
  for (let at = from; at < to; at += 1) {
    const worst = anomaly({ series: seriesKey(), window: day(at) });
    const one = finding({ from: day(at), to: day(at), worst, anomalies: [worst] });
    const opened = { modelId: model.id, severity: 'high', opened: day(at), findings: [one] } as const;
    const { id: reportId, findings } = stores.reports.insert(opened);
    stores.reports.move(reportId, ['firing'], { state: 'resolved', at: NOW, window: day(at) });
    const findingId = findings[0]?.id as FindingId;
    const windows = [{ findingId, series: seriesKey(), window: day(at), isAbove: false, seen: seen(evidence) }];
    const said = isReal
      ? { verdict: 'real' as const }
      : { verdict: 'not_useful' as const, reason: 'false_alarm' as const };
    stores.votes.put({ reportId, findingId, by: USER, at: NOW, windows, detector: 'paper-1', ...said });
  }
}

function night(at: number): boolean {
  clock.set(at);
  return announceDecay({ stores: database.stores, detector, clock, logger: silentLogger() });
}
const posts = () =>
  database.stores.outbox
    .due(Number.MAX_SAFE_INTEGER, 99)
    .flatMap((entry) => (entry.kind === 'channel' ? [{ channel: entry.channel, text: entry.message.text }] : []));

describe('a detector that decays', () => {
  it('is told once, in the channel of the models whose people voted, until it has recovered', () => {
    const [churn, fraud] = models;
    voted(fraud, 0, 5, true);
    voted(churn, 0, 10, true);
    expect(night(day(20).endMs)).toBe(false);

    voted(churn, 40, 50, false);

    expect(night(day(60).endMs)).toBe(true);
    expect(posts()).toEqual([
      {
        channel: 'C0CHURN01',
        text: expect.stringContaining(
          'The detector holds up less well: by votes 0 % of what it found in the last four weeks is real, 100 % in the eight before.',
        ),
      },
    ]);
    // Each night until it is well again: nothing new to say.
    expect(night(day(61).endMs)).toBe(false);
    expect(posts()).toHaveLength(1);

    voted(churn, 70, 90, true);
    expect(night(day(90).endMs)).toBe(false);
    voted(churn, 100, 120, false);
    expect(night(day(120).endMs)).toBe(true);
    expect(posts()).toHaveLength(2);
    expect(
      database.stores.audit
        .of(`detector:${detector.id}`)
        .map(({ action }) => action)
        .toSorted(),
    ).toEqual(['detector.decay', 'detector.decay', 'detector.recover', 'detector.uncalibrated']);
  });

  it('is told when what was sure comes true no more often than the rest, although as much is real as before', () => {
    const [churn] = models;
    for (const [from, isReal] of [
      [0, true],
      [15, false],
      [40, false],
      [55, true],
    ] as const) {
      voted(churn, from, from + 10, isReal, isReal === from < 30 ? 4 : 0.2);
      voted(churn, from + 10, from + 13, !isReal, isReal === from < 30 ? 4 : 0.2);
    }

    expect(night(day(32).endMs)).toBe(false);
    expect(night(day(68).endMs)).toBe(true);

    expect(posts()).toEqual([
      {
        channel: 'C0CHURN01',
        text: expect.stringMatching(
          /of what it says is real with 0\.65, 33 % is in the last four weeks, 71 % in the eight before/,
        ),
      },
    ]);
    expect(night(day(69).endMs)).toBe(false);
    expect(database.stores.audit.of(`detector:${detector.id}`).map(({ action }) => action)).toEqual([
      'detector.uncalibrated',
    ]);
  });

  it('says nothing with too few labels to tell it from chance', () => {
    voted(models[0], 0, 5, true);
    voted(models[0], 40, 45, false);

    expect(night(day(60).endMs)).toBe(false);
    expect(posts()).toEqual([]);
  });
});
