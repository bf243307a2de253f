import { DriftbellError } from '../domain/errors.ts';
import type { ReportId, UserId } from '../domain/identifiers.ts';
import type { Report } from '../domain/report.ts';
import type { Clock } from '../ports/clock.ts';
import type { Stores } from '../ports/stores.ts';
import { enqueueReport } from './enqueue.ts';
import { reportById } from './report-by-id.ts';

export interface AcknowledgeDeps {
  readonly stores: Pick<Stores, 'reports' | 'outbox' | 'mutes' | 'audit' | 'transaction'>;
  readonly clock: Clock;
}

/** Says that somebody looks after a firing report. Of two people at once, the second gets `report.conflict`. */
export function acknowledge(
  deps: AcknowledgeDeps,
  input: { readonly reportId: ReportId; readonly by: UserId },
): Report {
  const { stores } = deps;
  const at = deps.clock.now();
  return stores.transaction(() => {
    const before = reportById(stores, input.reportId);
    const report = stores.reports.move(before.id, ['firing'], { state: 'acknowledged', by: input.by, at });
    if (report === undefined) {
      throw new DriftbellError('report.conflict', {
        expected: 'a report that is firing',
        received: `report ${before.id}, which is ${before.state} already`,
        remedy: 'look at the message: it shows who was first',
      });
    }
    stores.audit.add({ at, by: input.by, action: 'report.acknowledge', subject: `report:${report.id}`, facts: {} });
    enqueueReport(stores, report, at);
    return report;
  });
}
