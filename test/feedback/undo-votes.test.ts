import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FindingId } from '../../src/domain/identifiers.ts';
import type { VoteReason } from '../../src/domain/vote.ts';
import { NOW, USER } from '../builders/reports.ts';
import { votedReport } from './voted-report.ts';

type Voted = ReturnType<typeof votedReport>;
let database: Voted['database'];
let clock: Voted['clock'];
let presses: Voted['presses'];
let model: Voted['model'];
let reportId: Voted['reportId'];
let ids: Voted['ids'];

beforeEach(() => {
  ({ database, clock, presses, model, reportId, ids } = votedReport());
});

afterEach(() => database.close());

const active = (at = NOW) => database.stores.seriesMarks.active(model.id, at);
const say = (reason: VoteReason) => presses.findingReason({ findingId: ids[0] as FindingId, user: USER, reason });

describe('what a vote did at once', () => {
  it('is undone by the button of its answer, once', async () => {
    const answer = await say('false_alarm');
    expect(JSON.stringify(answer.blocks)).toContain('vote.undo');

    expect((await presses.undoVote({ reportId, user: USER })).text).toContain('Undone');
    expect(active()).toEqual([]);
    expect((await presses.undoVote({ reportId, user: USER })).text).toContain('nothing of yours');
  });

  it('of one finding is undone by itself, and of the whole report with all that the person said of it', async () => {
    const [age, plan] = ids as [FindingId, FindingId];
    const answer = await say('false_alarm');
    await presses.findingReason({ findingId: plan, user: USER, reason: 'false_alarm' });

    expect(JSON.stringify(answer.blocks)).toContain(`"value":"${reportId}:${age}:1"`);
    await presses.undoVote({ reportId, findingId: age, user: USER });
    expect(active().map(({ series }) => series.column)).toEqual(['plan']);
    expect((await presses.undoVote({ reportId, findingId: age, user: USER })).text).toContain('nothing of yours');

    await say('false_alarm');
    const whole = await presses.voteReason({ reportId, user: USER, reason: 'expected_once' });
    expect(JSON.stringify(whole.blocks)).toContain(`"value":"${reportId}::5"`);
    await presses.undoVote({ reportId, user: USER });
    expect(active()).toEqual([]);
  });

  it('is not undone by the button of an answer that a later vote has replaced', async () => {
    await say('false_alarm');
    const [first] = active();
    await say('expected_once');
    const undo = () => presses.undoVote({ reportId, user: USER, ...(first && { lastMark: first.id }) });

    expect((await undo()).text).toBe(
      'There was nothing of yours to undo. What you said later stands; undo it where that was answered.',
    );
    expect(active().map(({ kind }) => kind)).toEqual(['expected_once']);
  });

  it('acts again when it is said again after it was undone', async () => {
    await say('false_alarm');
    await presses.undoVote({ reportId, user: USER });
    // The thumb alone waits for its reason.
    await presses.findingVote({ findingId: ids[0] as FindingId, user: USER, verdict: 'not_useful' });
    expect(active()).toEqual([]);

    expect((await say('false_alarm')).text).toContain('it stays quiet');
    expect(active()).toHaveLength(1);
  });

  it('acts again when it is said again after another word on the whole report, and a thumb up as well', async () => {
    const findingId = ids[0] as FindingId;
    await say('false_alarm');
    clock.set(NOW + 1);
    await presses.vote({ reportId, user: USER, verdict: 'real' });
    clock.set(NOW + 2);
    expect((await say('false_alarm')).text).toContain('it stays quiet');
    expect(active(NOW + 3)).toHaveLength(1);

    clock.set(NOW + 3);
    await presses.vote({ reportId, user: USER, verdict: 'real' });
    expect(active(NOW + 4)).toEqual([]);
    clock.set(NOW + 4);
    expect((await presses.findingVote({ findingId, user: USER, verdict: 'real' })).text).toContain(
      'is real. Thank you',
    );
    expect((await presses.findingVote({ findingId, user: USER, verdict: 'real' })).text).toContain(
      'You said so before',
    );
  });

  it('said twice does nothing twice', async () => {
    await say('false_alarm');
    await say('false_alarm');

    expect(active()).toHaveLength(1);
  });
});
