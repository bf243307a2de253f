import type { EpochMs } from '../domain/identifiers.ts';
import type { Model } from '../domain/model.ts';
import { mayWait, quietUntil } from '../domain/quiet-hours.ts';
import type { Report, SeverityWord } from '../domain/report.ts';
import { bold, type Message } from '../messages/message.ts';
import type { OutboxEntry, Stores } from '../ports/stores.ts';

/** What is held is looked at again so often: a report that worsens, or hours that an owner changed, wait no longer. */
const LOOK_AGAIN_MS = 60_000;
/** Held notes that are told together; of more, the newest. */
const TOLD_TOGETHER = 20;

/** When the quiet hours of a model end, for news of a severity that waits for it; undefined where it comes now. */
export function waitsUntil({ quietHours, zone }: Model, severity: SeverityWord, now: EpochMs): EpochMs | undefined {
  if (quietHours === undefined || !mayWait(quietHours, severity)) return undefined;
  return quietUntil(quietHours, now, zone);
}

/** When to look again at a message that quiet hours keep back; undefined where it goes out now. */
export function heldUntil(
  stores: Pick<Stores, 'models' | 'reports'>,
  entry: OutboxEntry,
  now: EpochMs,
): EpochMs | undefined {
  if (entry.kind === 'channel') return undefined;
  const report = stores.reports.byId(entry.reportId);
  const model = report && stores.models.byId(report.modelId);
  if (report === undefined || model === undefined || isSilent(stores, entry, report)) return undefined;
  const until = waitsUntil(model, report.severity, now);
  return until === undefined ? undefined : Math.min(until, (Math.floor(now / LOOK_AGAIN_MS) + 1) * LOOK_AGAIN_MS);
}

/** Chats notify nobody of an edit. */
function isSilent(stores: Pick<Stores, 'reports'>, { kind }: OutboxEntry, { id }: Report): boolean {
  return kind === 'report' && stores.reports.posted(id) !== undefined;
}

/**
 * The notes that go out as one reply with a note: all of its report that were held and are due. A try of which nobody
 * knows how it ended is repeated with what was in it.
 */
export function toldTogether(entry: OutboxEntry, due: readonly OutboxEntry[]): readonly OutboxEntry[] {
  if (entry.kind !== 'note' || entry.heldAt === undefined) return [entry];
  return due.filter(
    (other) =>
      other.kind === 'note' &&
      other.reportId === entry.reportId &&
      other.heldAt !== undefined &&
      other.unsureSince === entry.unsureSince,
  );
}

/** Notes as one message, in their order. Pure. */
export function joinNotes(messages: readonly Message[]): Message {
  const [only] = messages;
  if (only !== undefined && messages.length === 1) return only;
  const shown = messages.slice(-TOLD_TOGETHER);
  const more = messages.length > shown.length ? `, the newest ${shown.length} of ${messages.length} updates` : '';
  const title = `🌙 During the quiet hours${more}:`;
  return {
    text: [title, ...shown.map(({ text }) => text)].join(' '),
    blocks: [{ type: 'paragraph', content: [bold(title)] }, ...shown.flatMap(({ blocks }) => blocks)],
  };
}
