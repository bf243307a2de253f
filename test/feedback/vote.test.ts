import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPresses } from '../../commands/index.ts';
import type { Database } from '../../src/db/index.ts';
import type { ReportId, UserId } from '../../src/domain/identifiers.ts';
import { accessOf } from '../builders/access.ts';
import { day } from '../builders/detections.ts';
import { finding, USER } from '../builders/reports.ts';
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
