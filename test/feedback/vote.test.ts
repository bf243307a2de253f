import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CommandDeps, createPresses } from '../../commands/index.ts';
import type { Database } from '../../src/db/index.ts';
import { seeDetections } from '../../src/detection/index.ts';
import type { ReportId, UserId } from '../../src/domain/identifiers.ts';
import { votedWindows } from '../../src/feedback/index.ts';
import { accessOf } from '../builders/access.ts';
import { day } from '../builders/detections.ts';
import { anomaly, finding, USER } from '../builders/reports.ts';
import { fakeClock, memoryDatabase, registeredModel } from '../builders/stores.ts';

const OTHER = 'U0RESPOND' as UserId;
let database: Database;
let presses: ReturnType<typeof createPresses>;
let reportId: ReportId;

beforeEach(() => {
  database = memoryDatabase();
  const { stores } = database;
  const model = registeredModel(stores);
  reportId = stores.reports.insert({ modelId: model.id, severity: 'high', opened: day(30), findings: [finding()] }).id;
  presses = createPresses({ stores, clock: fakeClock(), access: accessOf('responder') });
});

afterEach(() => database.close());

const votes = () =>
  database.stores.votes.ofReport(reportId).map(({ by, verdict, reason }) => ({ by, verdict, reason }));

describe('a vote', () => {
  it('is kept with who gave it, and shown in the message', async () => {
    await presses.vote({ reportId, user: USER, verdict: 'real' });

    expect(votes()).toEqual([{ by: USER, verdict: 'real', reason: undefined }]);
    const due = database.stores.outbox.due(Number.MAX_SAFE_INTEGER, 10);
    expect(due.map(({ kind }) => kind)).toContain('report');
  });

  it('asks why after a thumb down, and keeps the reason', async () => {
    const question = await presses.vote({ reportId, user: USER, verdict: 'not_useful' });
    expect(question.text).toBe('Noted: not useful. Why? false alarm, expected once, new normal, not important?');

    await presses.voteReason({ reportId, user: USER, reason: 'new_normal' });

    expect(votes()).toEqual([{ by: USER, verdict: 'not_useful', reason: 'new_normal' }]);
  });

  it('promises nothing for the next window of a model that is retired', async () => {
    const { stores } = database;
    for (const { id } of stores.models.list()) stores.models.retire(id, fakeClock().now());

    const answer = await presses.voteReason({ reportId, user: USER, reason: 'false_alarm' });

    expect(answer.text).toMatch(
      /^Noted: false alarm\. The vote is kept and does nothing at once: churn is retired, so/,
    );
    expect(answer.text).not.toContain('stays quiet');
  });

  it('can be changed; there is one per person, and the change is audited', async () => {
    await presses.vote({ reportId, user: USER, verdict: 'not_useful' });
    await presses.vote({ reportId, user: OTHER, verdict: 'not_useful' });
    await presses.vote({ reportId, user: USER, verdict: 'real' });

    expect(votes()).toHaveLength(2);
    expect(votes()).toContainEqual({ by: USER, verdict: 'real', reason: undefined });
    expect(database.stores.audit.of(`report:${reportId}`).map(({ action }) => action)).toContain('vote.change');
  });

  it('pressed twice changes nothing the second time', async () => {
    await presses.vote({ reportId, user: USER, verdict: 'real' });
    const { revision } = database.stores.reports.byId(reportId) ?? {};

    const answer = await presses.vote({ reportId, user: USER, verdict: 'real' });

    expect(answer.text).toContain('You said so before');
    expect(database.stores.reports.byId(reportId)?.revision).toBe(revision);
  });

  it('keeps the reason when the same thumb is pressed again', async () => {
    await presses.voteReason({ reportId, user: USER, reason: 'false_alarm' });
    await presses.vote({ reportId, user: USER, verdict: 'not_useful' });

    expect(votes()).toEqual([{ by: USER, verdict: 'not_useful', reason: 'false_alarm' }]);
  });

  it('on a report that is no more is answered kindly and stores nothing', async () => {
    await expect(presses.vote({ reportId: 77 as ReportId, user: USER, verdict: 'real' })).rejects.toThrow(
      'Ask for the newest one with `/drift report <model>`',
    );
    expect(database.stores.votes.count()).toBe(0);
  });
});

describe('the answer to a vote, where votes are learned from', () => {
  const manifest = { configuration: 'paper', historyWindows: 28 } as const;
  const windows = [day(29), day(30)];

  /** The verbs of a bot that sees what it judged in what is stored. */
  function learning(): ReturnType<typeof createPresses> {
    const { stores } = database;
    const see = (...[of, detections]: Parameters<Parameters<typeof votedWindows>[0]['see']>) =>
      seeDetections({ stores, manifest }, of, detections);
    const judged: NonNullable<CommandDeps['learning']>['judged'] = ({ report, findingId }) => {
      const model = stores.models.byId(report.modelId);
      if (model === undefined) throw new Error('expected the model');
      return { windows: votedWindows({ stores, see }, model, { report, findingId }), detector: 'paper-1' };
    };
    const door = { judged } as NonNullable<CommandDeps['learning']>;
    return createPresses({ stores, clock: fakeClock(), access: accessOf('responder'), learning: door });
  }

  function keepStatistics(): void {
    const { stores } = database;
    const [model] = stores.models.list();
    if (model === undefined) throw new Error('expected the model');
    const age = {
      segment: '',
      column: 'age',
      role: 'feature',
      rows: 9,
      problems: [],
      statistics: { mean: 1 },
    } as const;
    stores.statistics.replaceWindows(
      model.id,
      windows,
      windows.map((window) => ({ ...age, window })),
    );
  }

  it('thanks for what can be learned from', async () => {
    keepStatistics();

    expect((await learning().vote({ reportId, user: USER, verdict: 'real' })).text).toBe(
      'Noted: this report is real. Thank you.',
    );
    expect(database.stores.votes.ofReport(reportId)[0]?.windows).toHaveLength(2);
  });

  it('says that nothing can be learned where the windows are kept no longer', async () => {
    const words = 'nothing can be learned from it at night, since what its windows were judged by is kept no longer.';

    const real = await learning().vote({ reportId, user: USER, verdict: 'real' });
    const falseAlarm = await learning().voteReason({ reportId, user: OTHER, reason: 'false_alarm' });
    const expected = await learning().voteReason({ reportId, user: OTHER, reason: 'expected_once' });

    expect(real.text).toBe(`Noted: this report is real. The vote is kept; ${words}`);
    expect(falseAlarm.text).toContain(words);
    // That acts at once, and is never learned from.
    expect(expected.text).not.toContain('learned');
    expect(database.stores.votes.ofReport(reportId).flatMap(({ windows: kept = [] }) => kept)).toEqual([]);
  });

  it('says that nothing is learned where the windows were muted, or no band told of them', async () => {
    keepStatistics();
    const { stores } = database;
    const [model] = stores.models.list();
    if (model === undefined) throw new Error('expected the model');
    const gone = anomaly({ rule: 'all_missing', window: day(30) });
    stores.reports.move(reportId, ['firing'], { state: 'resolved', at: day(31).endMs, window: day(31) });
    const broken = stores.reports.insert({
      ...{ modelId: model.id, severity: 'high', opened: day(30) },
      findings: [finding({ from: day(30), worst: gone, anomalies: [gone] })],
    });
    const span = { startMs: day(28).startMs, endMs: day(31).endMs };
    stores.events.put({ ...{ modelId: model.id, kind: 'injected', text: 'a drill' }, ...span });

    const injected = await learning().vote({ reportId, user: USER, verdict: 'real' });
    const ofRule = await learning().vote({ reportId: broken.id, user: USER, verdict: 'real' });

    expect(injected.text).toContain('since its windows were muted or injected on purpose.');
    expect(ofRule.text).toContain('since a rule told of this and not a band: learning changes no rule.');
  });
});
