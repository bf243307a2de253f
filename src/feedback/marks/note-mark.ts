import { SYSTEM_USER } from '../../domain/identifiers.ts';
import type { Model } from '../../domain/model.ts';
import { type SeriesKey, seriesName } from '../../domain/series.ts';
import type { SeriesMark } from '../../domain/series-mark.ts';
import { inlineMessage } from '../../messages/inline-message.ts';
import type { Inline } from '../../messages/message.ts';
import type { Stores } from '../../ports/stores.ts';

export interface MarkNote {
  readonly model: Pick<Model, 'slug'>;
  readonly mark: SeriesMark;
  /** In the audit: `mark.lift`. */
  readonly action: string;
  /** With the mark's number the key of the message: it is told once. */
  readonly key: string;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly words: Inline;
  readonly now: number;
}

/** What the night did to a mark: an entry in the audit, and a line in the thread of the report that it is about. */
export function noteMark(
  { audit, outbox }: Pick<Stores, 'audit' | 'outbox'>,
  { model, mark: { id, kind, series, reportId }, action, key, facts, words, now: at }: MarkNote,
): void {
  const subject = `model:${model.slug}`;
  audit.add({ at, by: SYSTEM_USER, action, subject, facts: { mark: id, kind, series: seriesName(series), ...facts } });
  if (reportId === undefined) return;
  const note = { kind: 'note', reportId, revision: 0, isBroadcast: false, at } as const;
  outbox.add({ ...note, key: `${key}:${id}`, message: inlineMessage(words) });
}

/** `age mean`, as marks name what they are about. */
export function markedWords({ role, column, statistic }: SeriesKey): string {
  const what = statistic.replaceAll('_', ' ');
  return role === 'traffic' ? what : `${column} ${what}`;
}
