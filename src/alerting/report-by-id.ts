import { DriftbellError } from '../domain/errors.ts';
import type { ReportId } from '../domain/identifiers.ts';
import type { Report } from '../domain/report.ts';
import type { Stores } from '../ports/stores.ts';

/** Throws `report.unknown`, which is what a press on an old button meets after the data was removed. */
export function reportById(stores: Pick<Stores, 'reports'>, id: ReportId): Report {
  const report = stores.reports.byId(id);
  if (report !== undefined) return report;
  throw new DriftbellError('report.unknown', {
    expected: 'a report that is still kept',
    received: `report ${id}, which is not`,
    remedy: 'ask for the newest one with `/drift report <model>`',
  });
}
