import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCommand } from '../../commands/index.ts';
import type { Database } from '../../src/db/index.ts';
import type { DetectionRule } from '../../src/domain/anomaly.ts';
import { type FindingId, type ReportId, SYSTEM_USER, type UserId } from '../../src/domain/identifiers.ts';
import type { Model } from '../../src/domain/model.ts';
import { seriesName } from '../../src/domain/series.ts';
import type { Verdict } from '../../src/domain/vote.ts';
import {
  expectReturns,
  guardMarks,
  MOST_KNOWN_DAYS,
  QUIET_DAYS,
  renewMarks,
  saidOfSeries,
} from '../../src/feedback/index.ts';
import { commandDeps } from '../builders/command-deps.ts';
import { day, seriesKey } from '../builders/detections.ts';
import { anomaly, finding, USER } from '../builders/reports.ts';
import { fakeClock, memoryDatabase, registeredModel } from '../builders/stores.ts';

const BEN = 'U0BEN0001' as UserId;
/** A silent finding of this day is old enough on day 36, and could still come again until day 53. */
const SILENT = 20;
const TODAY = 36;
const DAY_MS = 86_400_000;
let database: Database;
let clock: ReturnType<typeof fakeClock>;
let model: Model;

beforeEach(() => {
  database = memoryDatabase();
  clock = fakeClock(day(TODAY).endMs);
  model = registeredModel(database.stores, { zone: 'UTC' });
});

afterEach(() => database.close());

const run = () => expectReturns({ stores: database.stores, clock });
const told = (marks: ReturnType<typeof run>) => marks.map(({ series }) => series.column);

interface Incident {
  readonly departure?: number;
  readonly rule?: DetectionRule;
  readonly isOpen?: boolean;
}

/** A report of one finding below its baseline. */
function incident(column: string, at: number, { departure = 4, rule = 'band', isOpen = false }: Incident = {}) {
  const { reports } = database.stores;
  const forecast = { baseline: 20, lower: 19, upper: 21 };
  const series = seriesKey({ column });
  const worst = anomaly({ series, window: day(at), value: forecast.baseline - departure, forecast, rule });
  const findings = [finding({ from: day(at), to: day(at), worst, anomalies: [worst] })];
  const report = reports.insert({ modelId: model.id, severity: 'high', opened: day(at), findings });
  if (!isOpen) reports.move(report.id, ['firing'], { state: 'resolved', at: day(at).endMs, window: day(at) });
  return report.findings[0]?.id as FindingId;
}

function say(findingId: FindingId, verdict: Verdict = 'not_useful', by: UserId = USER) {
  const reportId = database.stores.reports.byFinding(findingId)?.id as ReportId;
  const reason = verdict === 'real' ? {} : { reason: 'false_alarm' as const };
  database.stores.votes.put({ reportId, findingId, by, verdict, ...reason, at: day(TODAY - 1).endMs, detector: 'd' });
}

/** So many series on which the owner called a finding a false alarm, or real, that came again four weeks later. */
function returned(count: number, verdict: Verdict = 'not_useful', name = 'batch') {
  for (let index = 0; index < count; index += 1) {
    say(incident(`${name}${index}`, 2), verdict);
    incident(`${name}${index}`, 30);
  }
}

describe('what comes again without a vote', () => {
  it('stays quiet the next time where what came again was called a false alarm, with a line in its thread', () => {
    returned(30);
    const findingId = incident('silent', SILENT);

    const marks = run();

    expect(marks).toMatchObject([
      { findingId, by: SYSTEM_USER, kind: 'quieted', isAbove: false, departure: { size: 4 } },
    ]);
    expect(saidOfSeries(marks).quieted).toMatchObject([
      { direction: 'down', departure: { size: 4 }, longestMs: DAY_MS, untilMs: day(SILENT).startMs + 34 * DAY_MS },
    ]);
    const [note] = database.stores.outbox.due(Number.MAX_SAFE_INTEGER, 9);
    expect(note).toMatchObject({ kind: 'note', reportId: marks[0]?.reportId });
    expect(JSON.stringify(note)).toContain(
      'Nobody has said what silent mean was. Of 30 findings that people voted on and that came again after a month, 30 were called false alarms',
    );
    expect(database.stores.audit.of('model:churn')).toMatchObject([
      { action: 'mark.expect', by: 'system', facts: { returned: 30, falseAlarms: 30 } },
    ]);
    // The next night has nothing left to do.
    expect(run()).toEqual([]);
  });

  it.each([
    ['too few came again', () => returned(19)],
    ['every third that came again was real', () => [returned(40), returned(20, 'real', 'fault')]],
    ['what was voted on did not come again', () => Array.from({ length: 40 }, (_, at) => say(incident(`c${at}`, 2)))],
    [
      'it came again another time of the month',
      () => Array.from({ length: 40 }, (_, at) => [say(incident(`c${at}`, 2)), incident(`c${at}`, 22)]),
    ],
    [
      'it came again twice as far',
      () =>
        Array.from({ length: 40 }, (_, at) => [say(incident(`c${at}`, 2)), incident(`c${at}`, 30, { departure: 8 })]),
    ],
    [
      'nobody votes at all',
      () => Array.from({ length: 40 }, (_, at) => [incident(`c${at}`, 2), incident(`c${at}`, 30)]),
    ],
  ])('is told as ever where %s', (_case, happen) => {
    happen();
    incident('silent', SILENT);

    expect(told(run()).filter((column) => column === 'silent')).toEqual([]);
  });

  it('is told as ever where people contradict each other often', () => {
    returned(60);
    for (let index = 0; index < 60; index += 1) {
      const id = incident(`argued${index}`, 3);
      say(id);
      say(id, index % 2 === 0 ? 'real' : 'not_useful', BEN);
    }
    incident('silent', SILENT);

    expect(run()).toEqual([]);
  });

  it.each([
    ['a month later', [30], ['silent']],
    ['a month and two months later', [30, 59], ['silent']],
    ['at another time', [45], []],
    ['never, though the vote holds for two years', [], []],
  ])('counts what a vote held as come again where it held it %s', (_case, days, expected) => {
    clock.set(day(Math.max(...days, TODAY)).endMs);
    const silent = Math.max(...days, TODAY) - 16;
    for (let index = 0; index < 30; index += 1) {
      const findingId = incident(`batch${index}`, 2);
      say(findingId);
      const series = seriesKey({ column: `batch${index}` });
      const { stores } = database;
      stores.seriesMarks.put({
        ...{ modelId: model.id, series, kind: 'quieted', fromMs: day(2).startMs, toMs: day(2).endMs },
        ...{ isAbove: false, departure: { size: 4 }, by: USER, at: day(3).endMs, findingId },
        expiresAt: day(3).endMs + (days.length > 0 ? QUIET_DAYS : MOST_KNOWN_DAYS) * DAY_MS,
      });
      for (const at of days) {
        const worst = anomaly({ series, window: day(at), value: 16, forecast: { baseline: 20, lower: 19, upper: 21 } });
        const one = finding({ from: day(at), to: day(at), worst, anomalies: [worst] });
        renewMarks(stores, { model, held: [{ ...one, heldBy: 'quieted' as const }], now: day(at + 1).endMs });
      }
    }
    incident('silent', silent);

    expect(told(run())).toEqual(expected);
  });

  it('takes two weeks of silence, a finding that is over, and one that left its band', () => {
    returned(30);
    incident('young', TODAY - 10);
    incident('old', 1);
    incident('broken', SILENT, { rule: 'all_missing' });
    say(incident('voted', SILENT), 'real');
    say(incident('realBefore', 4), 'real');
    incident('realBefore', SILENT);
    incident('injected', SILENT + 1);
    const drill = { startMs: day(SILENT + 1).startMs, endMs: day(SILENT + 1).endMs, text: 'a drill' };
    database.stores.events.put({ modelId: model.id, kind: 'injected', ...drill });
    incident('open', SILENT, { isOpen: true });

    expect(run()).toEqual([]);

    clock.set(day(TODAY + 5).endMs);
    expect(told(run())).toContain('young');
  });

  it('is lifted by a thumb up, and once undone is not put again', async () => {
    returned(30);
    const findingId = incident('silent', SILENT);
    run();
    say(findingId, 'real');

    const lifted = guardMarks({ stores: database.stores, clock });

    expect(lifted.map(({ series }) => seriesName(series))).toEqual(['silent.mean']);
    expect(run()).toEqual([]);

    incident('other', SILENT);
    const [mark] = run();
    const deps = commandDeps(database.stores, { clock });
    const typed = (text: string) => runCommand(deps, text, { user: USER, channel: 'C0MODELS1' });
    expect((await typed('marks churn')).message.text).toContain('other mean: quiet below its baseline, about as far');
    expect(JSON.stringify((await typed('marks churn')).message)).toContain('Driftbell');
    await typed(`marks churn undo ${mark?.id}`);
    expect(run()).toEqual([]);
  });
});
