import type { EpochMs } from '../domain/identifiers.ts';
import type { Report } from '../domain/report.ts';
import type { Message } from '../messages/message.ts';
import type { Stores } from '../ports/stores.ts';

type OutboxStores = Pick<Stores, 'outbox' | 'mutes' | 'reports'>;

/**
 * Writes the intention to show a report as it stands now. A muted model gets no new message, but a message that is
 * out already stays true. The key makes the same revision leave once, however often this is called.
 */
export function enqueueReport(stores: OutboxStores, report: Report, now: EpochMs): void {
  if (isMuted(stores, report, now) && stores.reports.posted(report.id) === undefined) return;
  const { id: reportId, revision } = report;
  for (const kind of ['report', 'details'] as const) {
    stores.outbox.add({ key: `${kind}:${reportId}:${revision}`, kind, reportId, revision, at: now });
  }
}

export interface Note {
  /** Unique within the report: the same one leaves once. */
  readonly key: string;
  readonly message: Message;
  /** True: shown in the channel too. */
  readonly isBroadcast?: boolean;
}

/** Writes the intention to say something in a report's thread. While it is muted only what is about the mute is said. */
export function enqueueNote(
  stores: OutboxStores,
  report: Report,
  { note, now, isAboutMute = false }: { readonly note: Note; readonly now: EpochMs; readonly isAboutMute?: boolean },
): void {
  if (!isAboutMute && isMuted(stores, report, now)) return;
  stores.outbox.add({
    key: `note:${report.id}:${note.key}`,
    kind: 'note',
    reportId: report.id,
    revision: report.revision,
    message: note.message,
    isBroadcast: note.isBroadcast === true,
    at: now,
  });
}

function isMuted(stores: OutboxStores, { modelId }: Report, now: EpochMs): boolean {
  return stores.mutes.active(modelId, now) !== undefined;
}
