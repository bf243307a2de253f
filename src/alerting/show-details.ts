import { createHash } from 'node:crypto';
import type { ChartRequest } from '../domain/chart-request.ts';
import type { StoredFinding } from '../domain/finding.ts';
import type { EpochMs } from '../domain/identifiers.ts';
import type { PostedMessage, Report } from '../domain/report.ts';
import type { Message } from '../messages/message.ts';
import type { DeliverDeps } from './deliver.ts';
import { currentFindings } from './finding-order.ts';
import { findingsCsv } from './findings-csv.ts';
import { drawPicture, type Picture } from './picture.ts';
import { postOnce } from './post-once.ts';
import { findingCharts, reportChart } from './report-charts.ts';
import { reportMessage } from './report-message.ts';
import type { ReportView } from './report-view.ts';
import { viewOf } from './show-report.ts';
import { findingReply, findingsReply, LISTED_FINDINGS } from './thread-messages.ts';

/** Findings with a chart in the thread; `/drift chart` draws any other. */
const CHARTED_FINDINGS = 20;
const CSV_SLOT = 'csv';
const FINDINGS_SLOT = 'findings';

interface Shown {
  readonly report: Report;
  readonly posted: PostedMessage;
  readonly view: ReportView;
  readonly unsureSince: EpochMs | undefined;
}

/**
 * Shows the next thing that is missing or out of date: the picture inside the message, then in its thread the findings as
 * text, a reply with charts for each of the first, and a table when there are many. One at a time, so that the news of
 * another report never waits for pictures. False when nothing is left to show.
 */
export async function showNextDetail(
  deps: DeliverDeps,
  report: Report,
  unsureSince: EpochMs | undefined,
): Promise<boolean> {
  const posted = deps.stores.reports.posted(report.id);
  if (posted === undefined) return false;
  const shown: Shown = { report, posted, unsureSince, view: viewOf(deps, report) };
  return (
    (await showPicture(deps, shown)) ||
    (await showFindings(deps, shown)) ||
    (await showFinding(deps, shown)) ||
    (await shareTable(deps, shown))
  );
}

/** A report without its picture is still a report: what cannot be uploaded is drawn by the chat or told in words. */
async function showPicture(deps: DeliverDeps, { report, posted, view }: Shown): Promise<boolean> {
  const request = reportChart(deps, report);
  const digest = digestOf(request);
  const replies = deps.stores.reports.replies(report.id);
  const isDrawn = deps.stores.reports.chart(report.id)?.digest === digest || replies.get('picture')?.digest === digest;
  if (request.panels.length === 0 || isDrawn) return false;
  const chart = await draw(deps, request, `report-${report.id}`);
  const { fileId, altText } = chart;
  if (fileId !== undefined) deps.stores.reports.setChart(report.id, { fileId, altText, digest });
  const metadata = { report_id: report.id, revision: report.revision, key: `report:${report.id}` };
  await deps.chat.update(posted, reportMessage({ ...view, chart }), metadata);
  // One that failed is not tried again before there is another one to draw.
  deps.stores.reports.setReply(report.id, 'picture', { ts: posted.ts, digest });
  return true;
}

async function showFindings(deps: DeliverDeps, shown: Shown): Promise<boolean> {
  const message = findingsReply(shown.view);
  const digest = digestOf(message);
  if (deps.stores.reports.replies(shown.report.id).get(FINDINGS_SLOT)?.digest === digest) return false;
  await putReply(deps, shown, { slot: FINDINGS_SLOT, message, digest });
  return true;
}

/** A chart is drawn when its finding appears, and again when all is over: every window between would be another upload. */
async function showFinding(deps: DeliverDeps, shown: Shown): Promise<boolean> {
  const { report, view } = shown;
  const replies = deps.stores.reports.replies(report.id);
  const digest = report.state === 'resolved' ? 'resolved' : 'open';
  const next = currentFindings(view)
    .slice(0, CHARTED_FINDINGS)
    .find((finding) => replies.get(slotOf(finding))?.digest !== digest);
  if (next === undefined) return false;
  const pictures: Picture[] = [];
  for (const [index, request] of findingCharts(deps, report, next).entries()) {
    const name = `report-${report.id}-finding-${next.id}-${index + 1}`;
    pictures.push(await draw(deps, request, name));
  }
  const slot = slotOf(next);
  // What cannot be drawn is told in the list, and noted so that nobody tries again.
  if (pictures.length === 0) deps.stores.reports.setReply(report.id, slot, { ts: '', digest });
  else await putReply(deps, shown, { slot, digest, message: findingReply(next, view, pictures) });
  return true;
}

async function shareTable(deps: DeliverDeps, { report, posted, view }: Shown): Promise<boolean> {
  const digest = report.state === 'resolved' ? 'resolved' : 'open';
  const isShared = deps.stores.reports.replies(report.id).get(CSV_SLOT)?.digest === digest;
  if (isShared || report.findings.length <= LISTED_FINDINGS) return false;
  const name = `report-${report.id}-findings.csv`;
  const bytes = new TextEncoder().encode(findingsCsv(view));
  await deps.chat.shareFile({ filename: name, bytes, title: `All findings of report #${report.id}` }, posted);
  deps.stores.reports.setReply(report.id, CSV_SLOT, { ts: '', digest });
  return true;
}

async function putReply(
  { stores, chat }: DeliverDeps,
  { report, posted, unsureSince }: Shown,
  { slot, message, digest }: { readonly slot: string; readonly message: Message; readonly digest: string },
): Promise<void> {
  const { channel } = posted;
  const known = stores.reports.replies(report.id).get(slot);
  const key = `details:${report.id}:${slot}`;
  const metadata = { report_id: report.id };
  if (known !== undefined && known.ts !== '') {
    await chat.update({ channel, ts: known.ts }, message, { ...metadata, key });
    stores.reports.setReply(report.id, slot, { ts: known.ts, digest });
    return;
  }
  const { ts } = await postOnce(chat, { message, channel, threadTs: posted.ts, key, metadata, unsureSince });
  stores.reports.setReply(report.id, slot, { ts, digest });
}

/** Slack's wish to wait is obeyed; any other failure leaves the picture's words. */
async function draw(deps: DeliverDeps, request: ChartRequest, name: string): Promise<Picture> {
  const picture = await drawPicture(deps, request, name);
  if (picture.failure?.code === 'slack.rate_limited') throw picture.failure;
  return picture;
}

function slotOf({ id }: StoredFinding): string {
  return `finding:${id}`;
}

function digestOf(content: unknown): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('hex');
}
