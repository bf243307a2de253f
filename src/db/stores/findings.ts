import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Finding, StoredFinding } from '../../domain/finding.ts';
import type { FindingId, ReportId } from '../../domain/identifiers.ts';
import type { SeriesKey } from '../../domain/series.ts';
import type { Client } from '../client.ts';
import { readJson, writeJson } from '../json-column.ts';
import { prepareInsert } from '../prepare-insert.ts';
import { findings } from '../schema/findings.ts';
import { StoredAnomaly, toAnomaly } from '../stored-anomaly.ts';
import { matchFindings } from './match-findings.ts';

const StoredAnomalies = z.array(StoredAnomaly).nonempty();

export type FindingRow = typeof findings.$inferSelect;

export interface FindingRows {
  /** Findings of a report in the order of the newest list; those that the newest list lacks come last. */
  of(reportId: ReportId): readonly StoredFinding[];
  /** Writes the newest list. A finding seen before keeps its id, so that votes keep pointing at it. */
  put(reportId: ReportId, found: readonly Finding[]): void;
}

export function createFindingRows(client: Client): FindingRows {
  const { orm } = client;
  const insertRow = prepareInsert(client, findings);
  const selectShown = orm
    .select()
    .from(findings)
    .where(and(eq(findings.reportId, sql.placeholder('reportId')), isNull(findings.mergedInto)))
    .orderBy(asc(findings.position), asc(findings.id))
    .prepare();

  function put(reportId: ReportId, found: readonly Finding[]): void {
    const stored = orm.select().from(findings).where(eq(findings.reportId, reportId)).orderBy(asc(findings.id)).all();
    const matches = matchFindings(stored, found);
    const ids = found.map((finding, position) => {
      const row = toRow(reportId, finding, position);
      const match = matches.same.get(finding);
      return match === undefined ? insert(row) : update(match.id, row);
    });
    for (const { row, into } of matches.rest) {
      const mergedInto = into === undefined ? null : (ids[found.indexOf(into)] ?? null);
      update(row.id, { position: found.length, mergedInto });
    }
  }

  function insert(row: NewFindingRow): FindingId {
    // The table counts its rows, and its ids are findings.
    return insertRow(row) as FindingId;
  }

  function update(id: FindingId, change: Partial<NewFindingRow>): FindingId {
    orm.update(findings).set(change).where(eq(findings.id, id)).run();
    return id;
  }

  return { of: (reportId) => selectShown.all({ reportId }).map(toFinding), put };
}

type NewFindingRow = typeof findings.$inferInsert;

function toRow(reportId: ReportId, finding: Finding, position: number): NewFindingRow {
  const { series, from, to, severity, pattern, rule } = finding;
  const where = { table: 'findings', id: `of report ${reportId} on ${series.column}` };
  return {
    reportId,
    position,
    ...series,
    fromKey: from.key,
    fromStartMs: from.startMs,
    fromEndMs: from.endMs,
    toKey: to.key,
    toStartMs: to.startMs,
    toEndMs: to.endMs,
    anomalies: writeJson(StoredAnomalies, finding.anomalies, where),
    worst: writeJson(StoredAnomaly, finding.worst, where),
    severity,
    pattern,
    rule,
    mergedInto: null,
  };
}

function toFinding(row: FindingRow): StoredFinding {
  const where = { table: 'findings', id: row.id };
  const { segment, column, role, statistic } = row;
  const series: SeriesKey = { segment, column, role, statistic };
  return {
    id: row.id,
    series,
    from: { key: row.fromKey, startMs: row.fromStartMs, endMs: row.fromEndMs },
    to: { key: row.toKey, startMs: row.toStartMs, endMs: row.toEndMs },
    anomalies: readJson(StoredAnomalies, row.anomalies, where).map((anomaly) => toAnomaly(series, anomaly)),
    worst: toAnomaly(series, readJson(StoredAnomaly, row.worst, where)),
    severity: row.severity,
    pattern: row.pattern,
    rule: row.rule,
  };
}
