import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPresses } from '../../commands/index.ts';
import type { Database } from '../../src/db/index.ts';
import type { FindingId, ReportId, UserId } from '../../src/domain/identifiers.ts';
import type { Model } from '../../src/domain/model.ts';
import type { VoteReason } from '../../src/domain/vote.ts';
import { historyMarks, QUIET_DAYS, saidOfSeries } from '../../src/feedback/index.ts';
import { commandDeps } from '../builders/command-deps.ts';
import { day, seriesKey } from '../builders/detections.ts';
import { anomaly, finding, NOW, USER } from '../builders/reports.ts';
import { memoryDatabase, registeredModel } from '../builders/stores.ts';

const OTHER = 'U0RESPOND' as UserId;
let database: Database;
let presses: ReturnType<typeof createPresses>;
let model: Model;
let reportId: ReportId;
let ids: readonly FindingId[];

beforeEach(() => {
  database = memoryDatabase();
  const { stores } = database;
  model = registeredModel(stores);
  const plan = finding({ worst: anomaly({ series: seriesKey({ column: 'plan' }) }) });
  const report = stores.reports.insert({
    modelId: model.id,
    severity: 'high',
    opened: day(30),
    findings: [finding(), plan],
  });
  reportId = report.id;
  ids = report.findings.map(({ id }) => id);
  presses = createPresses(commandDeps(stores));
});

afterEach(() => database.close());

const active = (at = NOW) => database.stores.seriesMarks.active(model.id, at);
const say = (reason: VoteReason, user = USER) =>
  presses.findingReason({ findingId: ids[0] as FindingId, user, reason });

describe('what a thumb down does at once', () => {
  it('quiets the same pattern of the one series, on its side, no further, for a month', async () => {
    const answer = await say('false_alarm');

    expect(saidOfSeries(active()).quieted).toEqual([
      {
        series: seriesKey(),
        direction: 'down',
        largestSeverity: 4.7,
        untilMs: NOW + QUIET_DAYS * 86_400_000,
        by: USER,
      },
    ]);
    expect(active(NOW + QUIET_DAYS * 86_400_000)).toEqual([]);
    expect(answer.text).toContain('stays quiet until');
  });

  it('masks the windows that were expected once', async () => {
    await say('expected_once');

    const expected = { startMs: day(29).startMs, endMs: day(30).endMs, by: USER };
    expect(saidOfSeries(active()).expectedOnce).toMatchObject([expected]);
    expect(historyMarks(active())?.(seriesKey())?.expected).toEqual([
      { fromMs: expected.startMs, toMs: expected.endMs },
    ]);
  });

  it('begins the history anew at a new normal', async () => {
    await say('new_normal');

    const marks = historyMarks(active());
    expect(marks?.(seriesKey())?.newNormal).toEqual({ fromMs: day(29).startMs, saidMs: NOW });
    expect(marks?.(seriesKey({ column: 'plan' }))).toBeUndefined();
  });

  it('lowers the importance of what nobody cares about', async () => {
    await say('not_important');

    expect(saidOfSeries(active()).unimportant).toEqual(['age']);
  });

  it('is about all findings when the whole report is voted on', async () => {
    await presses.voteReason({ reportId, user: USER, reason: 'false_alarm' });

    expect(active().map(({ series }) => series.column)).toEqual(['age', 'plan']);
  });

  it('gives way when the same person thinks otherwise, and leaves what others said', async () => {
    await say('false_alarm');
    await say('false_alarm', OTHER);
    await say('expected_once');

    expect(active().map(({ kind, by }) => [kind, by])).toEqual([
      ['quieted', OTHER],
      ['expected_once', USER],
    ]);

    await presses.findingVote({ findingId: ids[0] as FindingId, user: USER, verdict: 'real' });
    expect(active().map(({ by }) => by)).toEqual([OTHER]);
  });

  it('is undone by the button of its answer, once', async () => {
    const answer = await say('false_alarm');
    expect(JSON.stringify(answer.blocks)).toContain('vote.undo');

    expect((await presses.undoVote({ reportId, user: USER })).text).toContain('Undone');
    expect(active()).toEqual([]);
    expect((await presses.undoVote({ reportId, user: USER })).text).toContain('nothing of yours');
  });

  it('said twice does nothing twice', async () => {
    await say('false_alarm');
    await say('false_alarm');

    expect(active()).toHaveLength(1);
  });
});
