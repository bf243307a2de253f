import { and, asc, count, eq, isNull } from 'drizzle-orm';
import type { Vote } from '../../domain/vote.ts';
import type { VoteStore } from '../../ports/stores.ts';
import type { Client } from '../client.ts';
import { present } from '../present.ts';
import { votes } from '../schema/votes.ts';
import { transaction } from '../transaction.ts';

export function createVoteStore(client: Client): VoteStore {
  const { orm } = client;

  function put(vote: Vote): void {
    const { reportId, by, verdict, at } = vote;
    const findingId = vote.findingId ?? null;
    const reason = vote.reason ?? null;
    const ofFinding = findingId === null ? isNull(votes.findingId) : eq(votes.findingId, findingId);
    const subject = and(eq(votes.reportId, reportId), eq(votes.by, by), ofFinding);
    transaction(client, () => {
      const { changes } = orm.update(votes).set({ verdict, reason, at }).where(subject).run();
      if (changes === 0) orm.insert(votes).values({ reportId, findingId, by, verdict, reason, at }).run();
    });
  }

  return {
    put,
    ofReport: (reportId) =>
      orm
        .select()
        .from(votes)
        .where(eq(votes.reportId, reportId))
        .orderBy(asc(votes.at), asc(votes.id))
        .all()
        .map(({ by, verdict, at, findingId, reason }) => ({
          reportId,
          by,
          verdict,
          at,
          ...present({ findingId, reason }),
        })),
    count: () => orm.select({ votes: count() }).from(votes).get()?.votes ?? 0,
  };
}
