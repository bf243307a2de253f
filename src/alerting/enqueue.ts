import type { EpochMs } from '../domain/identifiers.ts';
import type { Report } from '../domain/report.ts';
import type { Stores } from '../ports/stores.ts';

/**
 * Writes the intention to show a report as it stands now. A muted model gets no new message, but a message that is
 * out already stays true. The key makes the same revision leave once, however often this is called.
 */
export function enqueueReport(
  stores: Pick<Stores, 'outbox' | 'mutes' | 'reports'>,
  report: Report,
  now: EpochMs,
): void {
  const isMuted = stores.mutes.active(report.modelId, now) !== undefined;
  if (isMuted && stores.reports.posted(report.id) === undefined) return;
  stores.outbox.add({
    key: `report:${report.id}:${report.revision}`,
    kind: 'report',
    reportId: report.id,
    revision: report.revision,
    at: now,
  });
}
