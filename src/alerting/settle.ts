import type { ReportId, UserId } from '../domain/identifiers.ts';
import type { Report } from '../domain/report.ts';
import { seriesName } from '../domain/series.ts';
import type { Clock } from '../ports/clock.ts';
import type { Stores } from '../ports/stores.ts';
import { enqueueNote, enqueueReport } from './enqueue.ts';
import { outIn } from './extent.ts';
import { transition } from './lifecycle.ts';
import { reportById } from './report-by-id.ts';
import { updatesOf } from './updates.ts';

export interface SettleDeps {
  readonly stores: Pick<Stores, 'models' | 'reports' | 'seriesMarks' | 'outbox' | 'mutes' | 'audit' | 'transaction'>;
  readonly clock: Clock;
}

/**
 * Ends an open report as `settled` once people have accepted every series that was out when it fired last; undefined
 * where there is one left, or nothing to end. Several people may have accepted one each.
 */
export function settle(
  { stores, clock }: SettleDeps,
  { reportId, by }: { readonly reportId: ReportId; readonly by: UserId },
): Report | undefined {
  const now = clock.now();
  return stores.transaction(() => {
    const open = reportById(stores, reportId);
    const model = stores.models.byId(open.modelId);
    const isAcknowledged = open.acknowledgedBy !== undefined;
    if (model === undefined || transition(open.state, 'settle', { isAcknowledged }) !== 'resolved') return undefined;
    const accepted = new Set(
      stores.seriesMarks
        .ofReport(reportId)
        .flatMap(({ kind, series }) => (kind === 'new_normal' ? [seriesName(series)] : [])),
    );
    const standing = outIn(open.findings, open.latest);
    if (standing.length === 0 || !standing.every(({ series }) => accepted.has(seriesName(series)))) return undefined;

    const { latest, severity, findings, judged, peak, told } = open;
    stores.reports.develop(open.id, { latest, severity, findings, progress: { judged, outSeries: 0, peak, told } });
    const settled = stores.reports.move(open.id, [open.state], {
      ...{ state: 'resolved', at: now, window: judged, ending: 'settled' },
    });
    if (settled === undefined) return undefined;
    stores.audit.add({ at: now, by, action: 'report.settle', subject: `report:${open.id}`, facts: {} });
    enqueueReport(stores, settled, now);
    for (const note of updatesOf({ before: open, after: settled, model, window: judged })) {
      enqueueNote(stores, settled, { note, now });
    }
    return settled;
  });
}
