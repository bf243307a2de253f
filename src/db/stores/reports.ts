import { and, asc, desc, eq, inArray, ne, type SQL, sql } from 'drizzle-orm';
import { DriftbellError } from '../../domain/errors.ts';
import type { ModelId, ReportId } from '../../domain/identifiers.ts';
import type { Report } from '../../domain/report.ts';
import type { ReportStore } from '../../ports/stores.ts';
import type { Client } from '../client.ts';
import { findings as findingTable } from '../schema/findings.ts';
import { reportReplies } from '../schema/report-replies.ts';
import { reports } from '../schema/reports.ts';
import { isUniqueViolation } from '../sqlite-failure.ts';
import { transaction } from '../transaction.ts';
import { createFindingRows } from './findings.ts';
import {
  chartOf,
  firstProgress,
  latestCells,
  openedCells,
  postedOf,
  progressCells,
  type ReportRow,
  stateCells,
  toReport,
} from './report-row.ts';

type ReportChange = Parameters<ReturnType<typeof updateOf>['set']>[0];

const FIRST_REVISION = 1;
const nextRevision = sql<number>`${reports.revision} + 1`;

export function createReportStore(client: Client): ReportStore {
  const { orm } = client;
  const findings = createFindingRows(client);

  function whole(row: ReportRow): Report {
    return toReport(row, findings.of(row.id));
  }

  function newest(condition: SQL | undefined): Report | undefined {
    const row = orm.select().from(reports).where(condition).orderBy(desc(reports.id)).limit(1).get();
    return row && whole(row);
  }

  function update(id: ReportId, change: ReportChange, condition?: SQL): Report | undefined {
    const row = updateOf(client)
      .set(change)
      .where(and(eq(reports.id, id), condition))
      .returning()
      .get();
    return row && whole(row);
  }

  function byId(id: ReportId): Report | undefined {
    return newest(eq(reports.id, id));
  }

  function open(modelId: ModelId): Report | undefined {
    return newest(and(eq(reports.modelId, modelId), ne(reports.state, 'resolved')));
  }

  const insert: ReportStore['insert'] = ({ modelId, severity, opened, findings: found, extent }) =>
    transaction(client, () => {
      const windows = {
        ...openedCells(opened),
        ...latestCells(opened),
        ...progressCells(firstProgress(opened, extent)),
      };
      const id = insertRow({ modelId, state: 'firing', severity, ...windows, revision: FIRST_REVISION });
      findings.put(id, found);
      return required(byId(id), id);
    });

  function insertRow(values: typeof reports.$inferInsert): ReportId {
    try {
      return orm.insert(reports).values(values).returning({ id: reports.id }).get().id;
    } catch (cause) {
      const before = isUniqueViolation(cause) ? open(values.modelId) : undefined;
      if (before === undefined) throw cause;
      throw new DriftbellError('report.conflict', {
        expected: 'no open report of the model',
        received: `report ${before.id}, which is ${before.state}`,
        remedy: 'develop that report, or resolve it first',
        cause,
      });
    }
  }

  const develop: ReportStore['develop'] = (id, { latest, severity, findings: found, progress }) =>
    transaction(client, () => {
      const before = required(byId(id), id);
      findings.put(id, found);
      const cells = progress === undefined ? {} : progressCells(progress);
      const after = required(update(id, { severity, ...latestCells(latest), ...cells }), id);
      return JSON.stringify(before) === JSON.stringify(after) ? after : touch(id);
    });

  const move: ReportStore['move'] = (id, from, to) => {
    try {
      return update(id, { ...stateCells(to), revision: nextRevision }, inArray(reports.state, [...from]));
    } catch (thrown) {
      // Reopening a report while the model has a newer open one: somebody came first.
      if (isUniqueViolation(thrown)) return undefined;
      throw thrown;
    }
  };

  function rowOf(id: ReportId): ReportRow | undefined {
    return orm.select().from(reports).where(eq(reports.id, id)).get();
  }

  function touch(id: ReportId): Report {
    return required(update(id, { revision: nextRevision }), id);
  }

  return {
    open,
    byId,
    latest: (modelId) => newest(eq(reports.modelId, modelId)),
    list(modelId) {
      const ofModel = eq(reports.modelId, modelId);
      return orm.select().from(reports).where(ofModel).orderBy(asc(reports.id)).all().map(whole);
    },
    insert,
    develop,
    move,
    touch,
    posted(id) {
      const row = rowOf(id);
      return row && postedOf(row);
    },
    setPosted(id, { channel, ts }) {
      required(update(id, { channel, ts }), id);
    },
    forgetPosted(id) {
      const gone = { channel: null, ts: null, chartFileId: null, chartAltText: null, chartDigest: null };
      required(update(id, gone), id);
      orm.delete(reportReplies).where(eq(reportReplies.reportId, id)).run();
    },
    byFinding(findingId) {
      const row = orm
        .select({ reportId: findingTable.reportId })
        .from(findingTable)
        .where(eq(findingTable.id, findingId))
        .get();
      return row && byId(row.reportId);
    },
    byPosted: ({ channel, ts }) => newest(and(eq(reports.channel, channel), eq(reports.ts, ts))),
    chart(id) {
      const row = rowOf(id);
      return row && chartOf(row);
    },
    replies(id) {
      const rows = orm.select().from(reportReplies).where(eq(reportReplies.reportId, id)).all();
      return new Map(rows.map(({ slot, ts, digest }) => [slot, { ts, digest }]));
    },
    setReply(id, slot, reply) {
      orm
        .insert(reportReplies)
        .values({ reportId: id, slot, ...reply })
        .onConflictDoUpdate({ target: [reportReplies.reportId, reportReplies.slot], set: reply })
        .run();
    },
    setChart(id, { fileId, altText, digest }) {
      required(update(id, { chartFileId: fileId, chartAltText: altText, chartDigest: digest }), id);
    },
  };
}

function updateOf({ orm }: Client) {
  return orm.update(reports);
}

function required(report: Report | undefined, id: ReportId): Report {
  if (report !== undefined) return report;
  throw new DriftbellError('report.unknown', {
    expected: 'the id of a report',
    received: String(id),
    remedy: 'list the reports of the model',
  });
}
