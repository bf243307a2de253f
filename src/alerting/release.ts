import { DriftbellError } from '../domain/errors.ts';
import type { ReportId, UserId } from '../domain/identifiers.ts';
import type { Report } from '../domain/report.ts';
import { text } from '../messages/message.ts';
import type { AcknowledgeDeps } from './acknowledge.ts';
import { enqueueNote, enqueueReport } from './enqueue.ts';
import { reportById } from './report-by-id.ts';

/** Takes an acknowledgement back: the report is nobody's again. Throws `report.conflict` when it is not acknowledged. */
export function release(
  deps: AcknowledgeDeps,
  { reportId, by }: { readonly reportId: ReportId; readonly by: UserId },
): Report {
  const { stores } = deps;
  const at = deps.clock.now();
  return stores.transaction(() => {
    const before = reportById(stores, reportId);
    const report = stores.reports.move(before.id, ['acknowledged'], { state: 'firing', at });
    if (report === undefined) {
      throw new DriftbellError('report.conflict', {
        expected: 'a report that somebody looks after',
        received: `report ${before.id}, which is ${before.state}`,
        remedy: 'look at the message: it shows how the report stands',
      });
    }
    stores.audit.add({ at, by, action: 'report.release', subject: `report:${report.id}`, facts: {} });
    enqueueReport(stores, report, at);
    const message = {
      text: 'Released: nobody looks after it now.',
      blocks: [
        {
          type: 'paragraph' as const,
          content: [text('Released by '), { type: 'user' as const, userId: by }, text('. Nobody looks after it now.')],
        },
      ],
    };
    enqueueNote(stores, report, { note: { key: `released:${report.revision}`, message }, now: at });
    return report;
  });
}
