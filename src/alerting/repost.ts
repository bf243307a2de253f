import type { EpochMs } from '../domain/identifiers.ts';
import type { Stores } from '../ports/stores.ts';
import { enqueueReport } from './enqueue.ts';

/** For a chat that has forgotten everything, such as a local workspace that was started again: open reports come back. */
export function repostOpenReports(
  stores: Pick<Stores, 'models' | 'reports' | 'outbox' | 'mutes' | 'transaction'>,
  now: EpochMs,
): number {
  return stores.transaction(() => {
    const open = stores.models.list().flatMap((model) => stores.reports.open(model.id) ?? []);
    for (const report of open) {
      stores.reports.forgetPosted(report.id);
      enqueueReport(stores, stores.reports.touch(report.id), now);
    }
    return open.length;
  });
}
