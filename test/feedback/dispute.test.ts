import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CommandDeps, createPresses } from '../../commands/index.ts';
import type { Database } from '../../src/db/index.ts';
import type { FindingId, UserId } from '../../src/domain/identifiers.ts';
import type { Report } from '../../src/domain/report.ts';
import { votedWindows } from '../../src/feedback/index.ts';
import { noteLateDisputes } from '../../src/feedback/votes/dispute.ts';
import { accessOf } from '../builders/access.ts';
import { day, seriesKey } from '../builders/detections.ts';
import { seen } from '../builders/labels.ts';
import { anomaly, finding, USER } from '../builders/reports.ts';
import { fakeClock, memoryDatabase, registeredModel } from '../builders/stores.ts';

const OTHER = 'U0RESPOND' as UserId;
const THIRD = 'U0THIRD01' as UserId;
const WEIGHTS = 'The latest word of each person counts, an owner’s twice, a 👎 without a reason half';
const REMEDY = 'To settle it, agree and press the other thumb, or let one more person vote.';
const QUIETED = 'What a 👎 quieted stays quiet unless the night finds that more weight calls it real.';
const RULE = `${WEIGHTS}. ${REMEDY}`;
let database: Database;
let clock: ReturnType<typeof fakeClock>;
let presses: ReturnType<typeof createPresses>;
let report: Report;

beforeEach(() => {
  database = memoryDatabase();
  const { stores } = database;
  clock = fakeClock();
  const model = registeredModel(stores, { owners: [] });
  const ofPlan = anomaly({ series: seriesKey({ column: 'plan' }) });
  report = stores.reports.insert({
    ...{ modelId: model.id, severity: 'high', opened: day(29) },
    findings: [finding(), finding({ series: ofPlan.series, worst: ofPlan, anomalies: [ofPlan] })],
  });
  presses = pressesWith(true);
});

afterEach(() => database.close());

function pressesWith(learns: boolean): ReturnType<typeof createPresses> {
  const { stores } = database;
  const [model] = stores.models.list();
  if (model === undefined) throw new Error('expected the model');
  const judged: NonNullable<CommandDeps['learning']>['judged'] = (about) => ({
    windows: votedWindows({ stores, see: (_, detections) => detections.map(() => seen(2)) }, model, about),
    detector: 'paper-1',
  });
  const learning = { judged } as NonNullable<CommandDeps['learning']>;
  return createPresses({ stores, clock, access: accessOf('responder'), ...(learns && { learning }) });
}

const notes = () =>
  database.stores.outbox
    .due(Number.MAX_SAFE_INTEGER, 50)
    .flatMap((entry) => (entry.kind === 'note' ? [entry.message.text] : []));
const findingId = (place = 0) => report.findings[place]?.id as FindingId;
const ofReport = (user: UserId) => ({ reportId: report.id, user });
const ofFinding = (user: UserId, place = 0) => ({ findingId: findingId(place), user });

describe('votes that contradict each other', () => {
  it('are told to the thread, quietly, with what the rule makes of them and how to settle it', async () => {
    await presses.findingVote({ ...ofFinding(USER), verdict: 'real' });
    expect(notes()).toEqual([]);

    await presses.findingReason({ ...ofFinding(OTHER), reason: 'false_alarm' });

    expect(notes()).toEqual([
      `Votes on age mean disagree: 1 👍, 1 👎. For now that counts as a tie, of which nothing is learned. ${QUIETED} ${RULE}`,
    ]);
    const entry = database.stores.outbox.due(Number.MAX_SAFE_INTEGER, 50).find(({ kind }) => kind === 'note');
    expect(entry).toMatchObject({ isBroadcast: false, reportId: report.id });
  });

  it('are told to agree once they do, with what counts then, and no more', async () => {
    await presses.findingVote({ ...ofFinding(USER), verdict: 'real' });
    await presses.findingReason({ ...ofFinding(OTHER), reason: 'false_alarm' });
    await presses.findingReason({ ...ofFinding(USER), reason: 'false_alarm' });
    expect(notes().slice(1)).toEqual(['Votes on age mean agree now: 0 👍, 2 👎. So that counts as a false alarm.']);

    for (const verdict of ['real', 'real'] as const) await presses.findingVote({ ...ofFinding(OTHER), verdict });
    await presses.findingReason({ ...ofFinding(OTHER), reason: 'false_alarm' });
    expect(notes()).toHaveLength(2);
  });

  it('on a whole report are told to agree once no finding of it is disputed any more', async () => {
    await presses.vote({ ...ofReport(USER), verdict: 'real' });
    await presses.voteReason({ ...ofReport(OTHER), reason: 'not_important' });
    expect(notes()).toHaveLength(1);

    // A word on a finding takes the place of the one on its report.
    await presses.findingVote({ ...ofFinding(OTHER), verdict: 'real' });
    expect(notes()).toHaveLength(1);
    await presses.findingVote({ ...ofFinding(OTHER, 1), verdict: 'real' });
    expect(notes().slice(1)).toEqual(['Votes on this report agree now: 2 👍, 0 👎. So that counts as real.']);
  });

  it('are told once for a finding, however many votes follow', async () => {
    await presses.findingVote({ ...ofFinding(USER), verdict: 'real' });
    await presses.findingReason({ ...ofFinding(OTHER), reason: 'false_alarm' });
    await presses.findingReason({ ...ofFinding(THIRD), reason: 'not_important' });
    await presses.findingVote({ ...ofFinding(THIRD), verdict: 'real' });

    expect(notes()).toHaveLength(1);
  });

  it.each([
    { reason: 'false_alarm', of: 'a false alarm' },
    { reason: 'not_important', of: 'true but unimportant' },
  ] as const)('count as $of where more say so', async ({ reason, of }) => {
    await presses.findingReason({ ...ofFinding(OTHER), reason });
    await presses.findingReason({ ...ofFinding(THIRD), reason });
    await presses.findingVote({ ...ofFinding(USER), verdict: 'real' });

    expect(notes()).toEqual([expect.stringContaining(`1 👍, 2 👎. For now that counts as ${of}.`)]);
  });

  it('are told of the whole report with what becomes of its findings, and then no more of each', async () => {
    await presses.findingReason({ ...ofFinding(OTHER, 1), reason: 'false_alarm' });
    await presses.voteReason({ ...ofReport(THIRD), reason: 'false_alarm' });
    await presses.vote({ ...ofReport(USER), verdict: 'real' });
    await presses.findingVote({ ...ofFinding(USER, 1), verdict: 'real' });

    expect(notes()).toEqual([
      `Votes on this report disagree: 1 👍, 2 👎. For now 1 of 2 findings counts as a tie, of which nothing is learned; 1 as a false alarm. ${QUIETED} ${WEIGHTS}, one on the whole report 0.3 of one on a finding. ${REMEDY}`,
    ]);
  });

  it('say why an owner’s word on the whole report counts for less than another’s on a finding', async () => {
    const [model] = database.stores.models.list();
    if (model === undefined) throw new Error('expected the model');
    database.stores.models.update(model.id, { ...model, owners: [OTHER] }, model.revision);
    await presses.voteReason({ ...ofReport(OTHER), reason: 'false_alarm' });
    await presses.findingVote({ ...ofFinding(USER), verdict: 'real' });

    expect(notes()).toEqual([
      `Votes on age mean disagree: 1 👍, 1 👎. For now that counts as real. ${QUIETED} ${WEIGHTS}, one on the whole report 0.3 of one on a finding. ${REMEDY}`,
    ]);
  });

  it('wait for the reason of a thumb down, which decides; the night tells of one that never came', async () => {
    await presses.findingVote({ ...ofFinding(USER), verdict: 'real' });
    await presses.findingVote({ ...ofFinding(OTHER), verdict: 'not_useful' });
    expect(notes()).toEqual([]);

    noteLateDisputes({ stores: database.stores, clock });
    noteLateDisputes({ stores: database.stores, clock });

    expect(notes()).toEqual([expect.stringContaining('For now that counts as real.')]);
  });

  it('are none where one says that it was expected, or that one person changed their mind', async () => {
    await presses.vote({ ...ofReport(USER), verdict: 'real' });
    await presses.voteReason({ ...ofReport(OTHER), reason: 'expected_once' });
    await presses.voteReason({ ...ofReport(USER), reason: 'false_alarm' });

    expect(notes()).toEqual([]);
  });

  it('count as nothing where there is nothing to learn from', async () => {
    presses = pressesWith(false);
    await presses.vote({ ...ofReport(USER), verdict: 'real' });
    await presses.voteReason({ ...ofReport(OTHER), reason: 'false_alarm' });

    expect(notes()).toEqual([
      expect.stringContaining('For now that counts as nothing, since there is nothing to learn'),
    ]);
  });
});
