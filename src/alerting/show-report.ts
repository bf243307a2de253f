import { isDriftbellError } from '../domain/errors.ts';
import type { EpochMs } from '../domain/identifiers.ts';
import type { Report } from '../domain/report.ts';
import type { DeliverDeps } from './deliver.ts';
import { describedPicture } from './picture.ts';
import { postOnce } from './post-once.ts';
import { modelOf, presentReport } from './present.ts';
import { reportChart } from './report-charts.ts';
import { reportMessage } from './report-message.ts';
import type { ReportView } from './report-view.ts';

/**
 * The message of a report as it stands, at once and with the picture that it has: a new one is drawn later. A message that
 * somebody deleted comes back while its report is open; a resolved report stays deleted.
 */
export async function showReport(deps: DeliverDeps, report: Report, unsureSince: EpochMs | undefined): Promise<void> {
  try {
    await postOrUpdate(deps, report, unsureSince);
  } catch (thrown) {
    if (!isDriftbellError(thrown) || thrown.code !== 'slack.gone') throw thrown;
    deps.stores.reports.forgetPosted(report.id);
    if (report.state !== 'resolved') await postOrUpdate(deps, report, undefined);
  }
}

/** Everything that the message tells, with the picture that stands in it. */
export function viewOf(deps: DeliverDeps, report: Report): ReportView {
  const view = presentReport(deps, report, deps.clock.now());
  const known = deps.stores.reports.chart(report.id);
  return known === undefined ? view : { ...view, chart: describedPicture(known, reportChart(deps, report)) };
}

async function postOrUpdate(deps: DeliverDeps, report: Report, unsureSince: EpochMs | undefined): Promise<void> {
  const { stores, chat } = deps;
  const message = reportMessage(viewOf(deps, report));
  const metadata = { report_id: report.id, revision: report.revision };
  const key = `report:${report.id}`;
  const posted = stores.reports.posted(report.id);
  if (posted !== undefined) {
    await chat.update(posted, message, { ...metadata, key });
    return;
  }
  const { channel } = modelOf(deps, report);
  stores.reports.setPosted(report.id, await postOnce(chat, { message, channel, key, metadata, unsureSince }));
}
