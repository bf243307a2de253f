import { describe, expect, it } from 'vitest';
import type { FindingId } from '../../src/domain/identifiers.ts';
import type { Vote } from '../../src/domain/vote.ts';
import type { Stores } from '../../src/ports/stores.ts';
import { day } from '../builders/detections.ts';
import { finding } from '../builders/reports.ts';
import { ANNA, AT, BORIS, memoryStores, openBelow, registeredModel } from './memory-stores.ts';

function withReport(stores: Stores = memoryStores()) {
  const model = registeredModel(stores);
  const report = stores.reports.insert({ modelId: model.id, severity: 'high', opened: day(0), findings: [finding()] });
  const findingId = report.findings[0]?.id as FindingId;
  const vote: Vote = { reportId: report.id, by: ANNA, verdict: 'real', at: AT };
  return { votes: stores.votes, vote, findingId };
}

describe('votes', () => {
  it('come back in the order they were cast', () => {
    const { votes, vote, findingId } = withReport();
    const cast: Vote[] = [
      vote,
      { ...vote, by: BORIS, verdict: 'not_useful', reason: 'expected_once', at: AT + 1 },
      { ...vote, findingId, at: AT + 2 },
    ];

    for (const each of cast.toReversed()) votes.put(each);

    expect(votes.ofReport(vote.reportId)).toEqual(cast);
    expect(votes.count()).toBe(3);
  });

  it('are given without what was judged where only who said what matters', () => {
    const { votes, vote, findingId } = withReport();
    votes.put({ ...vote, by: BORIS, findingId, verdict: 'not_useful', reason: 'false_alarm', windows: [], at: AT + 1 });
    votes.put({ ...vote, windows: [] });

    const { reportId } = vote;
    expect(votes.spoken()).toEqual([
      { reportId, by: ANNA, verdict: 'real' },
      { reportId, findingId, by: BORIS, verdict: 'not_useful', reason: 'false_alarm' },
    ]);
  });

  it.each(['the report', 'a finding'])('of one person on %s replace each other', (subject) => {
    const { votes, vote, findingId } = withReport();
    const first: Vote = subject === 'the report' ? vote : { ...vote, findingId };
    const changed: Vote = { ...first, verdict: 'not_useful', reason: 'false_alarm', at: AT + 1 };

    votes.put(first);
    votes.put(changed);
    expect(votes.ofReport(vote.reportId)).toEqual([changed]);

    votes.put({ ...first, at: AT + 2 });
    expect(votes.ofReport(vote.reportId)).toEqual([{ ...first, at: AT + 2 }]);
  });

  it.each(['null', '1'])('are one per person for the database itself, with finding %s', (findingId) => {
    const { client, stores } = openBelow();
    withReport(stores);

    const insert = () =>
      client.sqlite.exec(
        `insert into votes (report_id, finding_id, by, verdict, at) values (1, ${findingId}, 'U', 'real', 1)`,
      );

    insert();
    expect(insert).toThrow(/UNIQUE/);
  });

  it('refuse a finding that does not exist', () => {
    const { votes, vote } = withReport();

    expect(() => votes.put({ ...vote, findingId: 99 as FindingId })).toThrow(
      expect.objectContaining({ code: 'store.failed' }),
    );
  });
});
