import { createHash } from 'node:crypto';
import { describeThrown, isDriftbellError } from '../domain/errors.ts';
import type { ReportId } from '../domain/identifiers.ts';
import type { Report } from '../domain/report.ts';
import type { ChartRenderer } from '../ports/chart-renderer.ts';
import type { Chat, MessageMetadata } from '../ports/chat.ts';
import type { Clock } from '../ports/clock.ts';
import type { Logger } from '../ports/logger.ts';
import type { OutboxEntry, Stores } from '../ports/stores.ts';
import { describedPicture, drawPicture, type Picture } from './picture.ts';
import { modelOf, type PresentDeps, presentReport } from './present.ts';
import { reportChart } from './report-charts.ts';
import { reportMessage } from './report-message.ts';

export interface DeliverDeps {
  readonly stores: PresentDeps['stores'] & Pick<Stores, 'reports' | 'outbox'>;
  readonly chat: Chat;
  readonly charts: ChartRenderer;
  readonly clock: Clock;
  readonly logger: Logger;
}

export interface DeliveryCounts {
  readonly sent: number;
  readonly retried: number;
  readonly failed: number;
}

/** Entries looked at in one round; the rest waits for the next. */
const ROUND_SIZE = 50;
/** Waits of 2, 4, 8 ... seconds, never longer than ten minutes: an outage of an hour is bridged by eleven tries. */
const FIRST_RETRY_MS = 2_000;
const LONGEST_RETRY_MS = 600_000;
const MOST_DOUBLINGS = 10;
/** About a week of tries: a revoked token or an archived channel may wait for the operator that long. */
const MOST_ATTEMPTS = 1_000;

/**
 * Sends what is due, newest revision of each report only. A crash between sending and noting it can repeat one
 * edit, never lose a report.
 */
export async function deliverDue(deps: DeliverDeps, signal?: AbortSignal): Promise<DeliveryCounts> {
  const due = deps.stores.outbox.due(deps.clock.now(), ROUND_SIZE);
  const byReport = new Map<ReportId, OutboxEntry[]>();
  for (const entry of due) byReport.set(entry.reportId, [...(byReport.get(entry.reportId) ?? []), entry]);

  const counts = { sent: 0, retried: 0, failed: 0 };
  for (const [reportId, entries] of byReport) {
    if (signal?.aborted === true) break;
    const outcome = await deliverReport(deps, reportId, entries);
    counts[outcome] += entries.length;
  }
  return counts;
}

/** The message first, as a thread needs one; then what its thread is told, in order. */
async function deliverReport(
  deps: DeliverDeps,
  reportId: ReportId,
  entries: readonly OutboxEntry[],
): Promise<keyof DeliveryCounts> {
  const { stores, clock } = deps;
  const left = [...entries];
  try {
    const report = stores.reports.byId(reportId);
    const revisions = entries.filter(({ kind }) => kind === 'report');
    if (report !== undefined && revisions.length > 0) await showOrShowAnew(deps, report);
    for (const entry of revisions) done(entry);
    for (const entry of entries) {
      if (entry.kind !== 'note') continue;
      await sendNote(deps, entry);
      done(entry);
    }
    return 'sent';
  } catch (thrown) {
    return noteFailure(deps, left, thrown);
  }

  function done(entry: OutboxEntry): void {
    stores.outbox.sent(entry.key, clock.now());
    left.splice(left.indexOf(entry), 1);
  }
}

/** Where the message is not in the chat there is no thread to speak in, and whoever asks sees all of it anyway. */
async function sendNote({ stores, chat }: DeliverDeps, note: Extract<OutboxEntry, { kind: 'note' }>): Promise<void> {
  const posted = stores.reports.posted(note.reportId);
  if (posted === undefined) return;
  await chat.post(note.message, {
    channel: posted.channel,
    threadTs: posted.ts,
    isBroadcast: note.isBroadcast,
    metadata: { report_id: note.reportId, key: note.key },
  });
}

/** A message that somebody deleted comes back while its report is open; a resolved report stays deleted. */
async function showOrShowAnew(deps: DeliverDeps, report: Report): Promise<void> {
  try {
    await showReport(deps, report);
  } catch (thrown) {
    if (!isDriftbellError(thrown) || thrown.code !== 'slack.gone') throw thrown;
    deps.stores.reports.forgetPosted(report.id);
    if (report.state !== 'resolved') await showReport(deps, report);
  }
}

/** Text first, so that nobody waits for a picture; then the message again with the picture inside it. */
async function showReport(deps: DeliverDeps, report: Report): Promise<void> {
  const { stores, chat, clock } = deps;
  const metadata: MessageMetadata = { report_id: report.id, revision: report.revision };
  let posted = stores.reports.posted(report.id);
  if (posted === undefined) {
    const message = reportMessage(presentReport(deps, report, clock.now()));
    posted = await chat.post(message, { channel: modelOf(deps, report).channel, metadata });
    stores.reports.setPosted(report.id, posted);
  }
  const chart = await refreshChart(deps, report);
  const view = presentReport(deps, report, clock.now());
  await chat.update(posted, reportMessage(chart === undefined ? view : { ...view, chart }), metadata);
}

/** A report without its picture is still a report: what cannot be uploaded is drawn by the chat or told in words. */
async function refreshChart(deps: DeliverDeps, report: Report): Promise<Picture | undefined> {
  const request = reportChart(deps, report);
  const digest = createHash('sha256').update(JSON.stringify(request)).digest('hex');
  const known = deps.stores.reports.chart(report.id);
  if (request.panels.length === 0) return undefined;
  if (known?.digest === digest) return describedPicture(known, request);
  const picture = await drawPicture(deps, request, `report-${report.id}`);
  if (picture.failure?.code === 'slack.rate_limited') throw picture.failure;
  const { fileId, altText } = picture;
  if (fileId !== undefined) deps.stores.reports.setChart(report.id, { fileId, altText, digest });
  return picture;
}

function noteFailure(deps: DeliverDeps, entries: readonly OutboxEntry[], thrown: unknown): keyof DeliveryCounts {
  const { stores, clock, logger } = deps;
  const now = clock.now();
  const error = describeThrown(thrown);
  const attempts = Math.max(...entries.map((entry) => entry.attempts)) + 1;
  if (attempts >= MOST_ATTEMPTS) {
    for (const entry of entries) stores.outbox.fail(entry.key, now, error);
    logger.error({ keys: entries.map(({ key }) => key), error }, 'A report could not be delivered.');
    return 'failed';
  }
  const askedMs = isDriftbellError(thrown) ? (thrown.facts.retryAfterSeconds ?? 0) * 1000 : 0;
  const backOffMs = Math.min(FIRST_RETRY_MS * 2 ** Math.min(attempts - 1, MOST_DOUBLINGS), LONGEST_RETRY_MS);
  for (const entry of entries) stores.outbox.retry(entry.key, now + Math.max(askedMs, backOffMs), error);
  logger.warn({ keys: entries.map(({ key }) => key), error, attempts }, 'A report will be sent again later.');
  return 'retried';
}
