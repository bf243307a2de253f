import { describeThrown, isDriftbellError } from '../domain/errors.ts';
import { type ReportId, SYSTEM_USER, type UserId } from '../domain/identifiers.ts';
import type { ChartRenderer } from '../ports/chart-renderer.ts';
import type { Chat } from '../ports/chat.ts';
import type { Clock } from '../ports/clock.ts';
import type { Logger } from '../ports/logger.ts';
import type { OutboxEntry, Stores } from '../ports/stores.ts';
import { postOnce } from './post-once.ts';
import { type PresentDeps, presentReport } from './present.ts';
import { heldUntil, joinNotes, toldTogether } from './quiet.ts';
import { showNextDetail } from './show-details.ts';
import { showReport } from './show-report.ts';
import { withMentions } from './thread-messages.ts';

export interface DeliverDeps extends Pick<PresentDeps, 'mentionFrom'> {
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

/** Entries looked at at a time. */
const ROUND_SIZE = 50;
/** Waits of 2, 4, 8 ... seconds, never longer than ten minutes: an outage of an hour is bridged by eleven tries. */
const FIRST_RETRY_MS = 2_000;
const LONGEST_RETRY_MS = 600_000;
const MOST_DOUBLINGS = 10;
/** About a week of tries: a revoked token or an archived channel may wait for the operator that long. */
const MOST_ATTEMPTS = 1_000;

/**
 * Sends all that is due, news before pictures, of each report the newest revision only. In a model's quiet hours what
 * would make itself heard is held, and then goes out in its order, notes as one reply. What a crash or a lost answer
 * leaves in doubt is looked for in the chat before it is sent again; no report is ever lost. What belongs under a message
 * that is gone is given up at once.
 */
export async function deliverDue(deps: DeliverDeps, signal?: AbortSignal): Promise<DeliveryCounts> {
  const counts = { sent: 0, retried: 0, failed: 0 };
  while (signal?.aborted !== true) {
    const due = deps.stores.outbox.due(deps.clock.now(), ROUND_SIZE);
    const [entry] = due;
    if (entry === undefined) return counts;
    if (hold(deps, entry)) continue;
    const together = toldTogether(entry, due);
    const like = entry.kind === 'note' ? together : due.filter((other) => isAnswered(other, entry));
    try {
      const now = deps.clock.now();
      for (const { key } of together) deps.stores.outbox.begin(key, now);
      const isDone = await deliver(deps, entry, together);
      if (!isDone) deps.stores.outbox.partDone(entry.key);
      else for (const { key } of like) deps.stores.outbox.sent(key, deps.clock.now());
      if (isDone) counts.sent += like.length;
    } catch (thrown) {
      // Nothing else is said of a report before its message is there.
      const waiting = entry.kind === 'report' ? due.filter((other) => isOfReport(other, entry.reportId)) : together;
      counts[noteFailure(deps, waiting, thrown)] += waiting.length;
    }
  }
  return counts;
}

/** True where the entry was put by for the end of quiet hours. */
function hold({ stores, clock }: DeliverDeps, entry: OutboxEntry): boolean {
  const at = clock.now();
  const notBefore = heldUntil(stores, entry, at);
  if (notBefore === undefined) return false;
  // A report that is new in the channel when it comes is no news there a second time.
  const isMadeQuiet = entry.kind === 'note' && stores.reports.posted(entry.reportId) === undefined;
  stores.outbox.hold(entry.key, { at, notBefore, isMadeQuiet });
  return true;
}

/** A report as it stands answers every older wish to show it. */
function isAnswered(other: OutboxEntry, entry: OutboxEntry): boolean {
  if (other.key === entry.key) return true;
  const isShown = entry.kind === 'report' || entry.kind === 'details';
  return isShown && other.kind === entry.kind && isOfReport(other, entry.reportId);
}

function isOfReport(entry: OutboxEntry, reportId: ReportId): boolean {
  return 'reportId' in entry && entry.reportId === reportId;
}

/** False where more of the same is to come. */
async function deliver(deps: DeliverDeps, entry: OutboxEntry, together: readonly OutboxEntry[]): Promise<boolean> {
  const { stores, chat } = deps;
  const { unsureSince } = entry;
  switch (entry.kind) {
    case 'report': {
      const report = stores.reports.byId(entry.reportId);
      if (report !== undefined) await showReport(deps, report, unsureSince);
      return true;
    }
    case 'details': {
      const report = stores.reports.byId(entry.reportId);
      return report === undefined || !(await showNextDetail(deps, report, unsureSince));
    }
    case 'note':
      await sendNote(deps, entry, together);
      return true;
    case 'channel': {
      const { channel, message, key } = entry;
      await postOnce(chat, { channel, message, key, unsureSince });
      return true;
    }
    default:
      return entry satisfies never;
  }
}

/** Where the message is not in the chat there is no thread to speak in, and whoever asks sees all of it anyway. */
async function sendNote(
  deps: DeliverDeps,
  note: Extract<OutboxEntry, { kind: 'note' }>,
  together: readonly OutboxEntry[],
): Promise<void> {
  const { stores, chat } = deps;
  const { reportId, key, unsureSince } = note;
  const notes = together.flatMap((entry) => (entry.kind === 'note' ? [entry] : []));
  const isBroadcast = notes.some((one) => one.isBroadcast);
  const joined = joinNotes(notes.map(({ message }) => message));
  const posted = stores.reports.posted(reportId);
  if (posted === undefined) return;
  const message = isBroadcast ? withMentions(joined, ownersToTell(deps, reportId)) : joined;
  const thread = { channel: posted.channel, threadTs: posted.ts };
  await postOnce(chat, { ...thread, message, isBroadcast, key, unsureSince, metadata: { report_id: reportId } });
}

function ownersToTell(deps: DeliverDeps, id: ReportId): readonly UserId[] {
  const report = deps.stores.reports.byId(id);
  if (report === undefined) return [];
  return presentReport(deps, report, deps.clock.now()).mentions.filter((owner) => owner !== SYSTEM_USER);
}

function noteFailure(deps: DeliverDeps, entries: readonly OutboxEntry[], thrown: unknown): keyof DeliveryCounts {
  const { stores, clock, logger } = deps;
  const now = clock.now();
  const error = describeThrown(thrown);
  const attempts = Math.max(...entries.map((entry) => entry.attempts)) + 1;
  if (attempts >= MOST_ATTEMPTS || isHopeless(thrown)) {
    for (const entry of entries) stores.outbox.fail(entry.key, now, error);
    logger.error({ keys: entries.map(({ key }) => key), error }, 'A message could not be delivered.');
    return 'failed';
  }
  const askedMs = isDriftbellError(thrown) ? (thrown.facts.retryAfterSeconds ?? 0) * 1000 : 0;
  const backOffMs = Math.min(FIRST_RETRY_MS * 2 ** Math.min(attempts - 1, MOST_DOUBLINGS), LONGEST_RETRY_MS);
  const again = { notBefore: now + Math.max(askedMs, backOffMs), error, isSure: isSureRefusal(thrown) };
  for (const entry of entries) stores.outbox.retry(entry.key, again);
  logger.warn({ keys: entries.map(({ key }) => key), error, attempts }, 'A message will be sent again later.');
  return 'retried';
}

/** The message or thread that it belongs to is gone, and does not come back. */
function isHopeless(thrown: unknown): boolean {
  return isDriftbellError(thrown) && thrown.code === 'slack.gone';
}

/** Slack said no: nothing was posted. Silence, or an error of another kind, proves nothing. */
function isSureRefusal(thrown: unknown): boolean {
  return isDriftbellError(thrown) && thrown.code.startsWith('slack.') && thrown.code !== 'slack.unreachable';
}
