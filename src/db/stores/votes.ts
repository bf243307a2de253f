import { and, asc, count, eq, isNull, type SQL } from 'drizzle-orm';
import { z } from 'zod';
import { columnRoles } from '../../domain/column.ts';
import type { FindingId } from '../../domain/identifiers.ts';
import type { SeriesStatistic } from '../../domain/statistic.ts';
import type { Vote, VotedWindow } from '../../domain/vote.ts';
import type { VoteStore } from '../../ports/stores.ts';
import type { Client } from '../client.ts';
import { readJson, writeJson } from '../json-column.ts';
import { present } from '../present.ts';
import { reports } from '../schema/reports.ts';
import { votes } from '../schema/votes.ts';
import { transaction } from '../transaction.ts';
import { StoredEvidence, StoredWindow } from '../voted-window.ts';

const VotedWindows = z.array(
  z.object({
    findingId: z.custom<FindingId>((id) => typeof id === 'number').optional(),
    series: z.object({
      segment: z.string(),
      column: z.string(),
      role: z.enum(columnRoles),
      statistic: z.custom<SeriesStatistic>((name) => typeof name === 'string'),
    }),
    window: StoredWindow,
    isAbove: z.boolean(),
    seen: StoredEvidence,
    isLeftOut: z.boolean().optional(),
  }),
);

export function createVoteStore(client: Client): VoteStore {
  const { orm } = client;

  function put(vote: Vote): void {
    const { reportId, by, verdict, at } = vote;
    const findingId = vote.findingId ?? null;
    const where = { table: 'votes', id: `of report ${reportId}` };
    const cells = {
      ...{ verdict, at, reason: vote.reason ?? null, word: vote.word ?? null, detector: vote.detector ?? null },
      windows: vote.windows === undefined ? null : writeJson(VotedWindows, vote.windows, where),
    };
    const ofFinding = findingId === null ? isNull(votes.findingId) : eq(votes.findingId, findingId);
    const subject = and(eq(votes.reportId, reportId), eq(votes.by, by), ofFinding);
    transaction(client, () => {
      const { changes } = orm.update(votes).set(cells).where(subject).run();
      if (changes === 0)
        orm
          .insert(votes)
          .values({ reportId, findingId, by, ...cells })
          .run();
    });
  }

  function select(condition: SQL): readonly Vote[] {
    return orm
      .select({ vote: votes })
      .from(votes)
      .innerJoin(reports, eq(reports.id, votes.reportId))
      .where(condition)
      .orderBy(asc(votes.at), asc(votes.id))
      .all()
      .map(({ vote }) => toVote(vote));
  }

  return {
    put,
    ofReport: (reportId) => select(eq(votes.reportId, reportId)),
    ofModel: (modelId) => select(eq(reports.modelId, modelId)),
    spoken: () =>
      orm
        .select({
          ...{ reportId: votes.reportId, findingId: votes.findingId, by: votes.by },
          ...{ verdict: votes.verdict, reason: votes.reason },
        })
        .from(votes)
        .orderBy(asc(votes.at), asc(votes.id))
        .all()
        .map(({ reportId, by, verdict, ...rest }) => ({ reportId, by, verdict, ...present(rest) })),
    count: () => orm.select({ votes: count() }).from(votes).get()?.votes ?? 0,
  };
}

function toVote(row: typeof votes.$inferSelect): Vote {
  const { reportId, by, verdict, at, findingId, reason, word, detector } = row;
  const windows = row.windows === null ? null : readJson(VotedWindows, row.windows, { table: 'votes', id: row.id });
  return {
    ...{ reportId, by, verdict, at, ...present({ findingId, reason, word, detector }) },
    ...(windows === null ? {} : { windows: windows as readonly VotedWindow[] }),
  };
}
