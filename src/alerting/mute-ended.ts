import { counted } from '../domain/counted.ts';
import type { EpochMs, MuteId } from '../domain/identifiers.ts';
import type { Model } from '../domain/model.ts';
import type { StoredMute } from '../domain/mute.ts';
import { seriesName } from '../domain/series.ts';
import { windowsBetween } from '../domain/window.ts';
import { formatInstant } from '../messages/format-instant.ts';
import { type Inline, type Message, text } from '../messages/message.ts';
import type { Clock } from '../ports/clock.ts';
import type { Stores } from '../ports/stores.ts';
import { enqueueReport } from './enqueue.ts';
import { type MutedSpan, meanwhileStories } from './meanwhile.ts';
import { waitsUntil } from './quiet.ts';
import { scopeWords } from './scope-words.ts';
import { seriesWords } from './words.ts';

export interface MuteEndedDeps {
  readonly stores: Pick<Stores, 'models' | 'reports' | 'outbox' | 'mutes' | 'ledger' | 'transaction'>;
  readonly clock: Clock;
}

/** A bot that was down when a mute ended says so when it is back; later than that nobody waits for it. */
const LOOKED_BACK_MS = 7 * 86_400_000;
/** A mute's end may be told this much late: one look at all models costs a few milliseconds. */
const LOOK_EVERY_MS = 30_000;
/** The newest windows of a mute whose ledger is read. */
const MOST_WINDOWS = 200;
const NAMED = 3;

/** Tells the end of mutes, each once, as often as it is called but no more than twice a minute. */
export function createMuteWatch(deps: MuteEndedDeps): () => void {
  const looked = new Set<MuteId>();
  let nextLookMs = 0;
  return () => {
    const now = deps.clock.now();
    if (now < nextLookMs) return;
    nextLookMs = now + LOOK_EVERY_MS;
    tellEndedMutes(deps, looked);
  };
}

/**
 * Says of every mute that ran out, or whose series have all changed, what happened meanwhile: in the thread of the open
 * report, which is posted now if it opened in silence, else in the channel. Nothing happened and nothing is open: nothing
 * is said. What a person ended says so itself. The outbox's key makes each be told once.
 */
export function tellEndedMutes({ stores, clock }: MuteEndedDeps, looked = new Set<MuteId>()): void {
  const now = clock.now();
  for (const model of stores.models.list()) {
    // What has no report to be told in waits as if it were of the lowest severity.
    const isQuiet = waitsUntil(model, stores.reports.open(model.id)?.severity ?? 'notable', now) !== undefined;
    for (const mute of stores.mutes.ended(model.id, now - LOOKED_BACK_MS, now)) {
      if (looked.has(mute.id) || isQuiet) continue;
      looked.add(mute.id);
      if (isToldHere(mute)) stores.transaction(() => tell(stores, model, { mute, now }));
    }
  }
}

/** What a mute that a person ended kept back, in words for the note that says so. */
export function meanwhileOf(
  stores: Pick<Stores, 'reports' | 'ledger'>,
  model: Model,
  mute: Pick<StoredMute, 'startMs' | 'scope' | 'id'> & { readonly endMs: EpochMs },
): readonly string[] {
  const span: MutedSpan = { startMs: mute.startMs, endMs: mute.endMs };
  if (mute.scope !== undefined) return keptBack(stores, model, { ...mute, span });
  return meanwhileStories(stores.reports.list(model.id), span, model.zone);
}

function isToldHere({ endedAt, untilChange }: StoredMute): boolean {
  return endedAt === undefined || untilChange?.levels.length === 0;
}

function tell(
  stores: MuteEndedDeps['stores'],
  model: Model,
  { mute, now }: { readonly mute: StoredMute; readonly now: EpochMs },
): void {
  const key = `mute_ended:${mute.id}`;
  if (stores.outbox.has(key)) return;
  const endMs = mute.endedAt ?? mute.untilMs;
  const stories = meanwhileOf(stores, model, { ...mute, endMs });
  const message = endedMessage(model, { mute, endMs, stories });
  const open = stores.reports.open(model.id);
  if (open !== undefined) {
    // The report first: a thread needs it.
    enqueueReport(stores, stores.reports.touch(open.id), now);
    const { id: reportId, revision } = open;
    stores.outbox.add({ key, kind: 'note', reportId, revision, message, isBroadcast: false, at: now });
    return;
  }
  if (stories.length === 0) return;
  stores.outbox.add({ key, kind: 'channel', channel: model.channel, message, at: now });
}

/** What the ledger says a mute of a part of the model kept from being told. */
function keptBack(
  { ledger }: Pick<Stores, 'ledger'>,
  { id, zone, granularity }: Model,
  { scope, span }: Pick<StoredMute, 'scope'> & { readonly span: MutedSpan },
): readonly string[] {
  const windows = windowsBetween(span.startMs, span.endMs, zone, granularity).slice(-MOST_WINDOWS);
  const entries = windows.flatMap((window) => ledger.window(id, window).filter((entry) => isKeptBack(entry)));
  if (entries.length === 0) return [];
  const series = [...new Map(entries.map((entry) => [seriesName(entry.series), entry.series])).values()];
  const names = series.slice(0, NAMED).map(seriesWords).join(', ');
  const more = series.length > NAMED ? ` +${series.length - NAMED}` : '';
  const anomalies = counted(entries.length, 'anomaly', 'anomalies');
  return [`Kept back of ${scopeWords(scope)}: ${anomalies} of ${names}${more}`];
}

function isKeptBack({ filter, isKept }: { readonly filter: string; readonly isKept: boolean }): boolean {
  return filter === 'mute' && !isKept;
}

function endedMessage(
  { slug, zone }: Model,
  { mute, endMs, stories }: { readonly mute: StoredMute; readonly endMs: EpochMs; readonly stories: readonly string[] },
): Message {
  const span = `${formatInstant(mute.startMs, zone)} to ${formatInstant(endMs, zone)}`;
  const change = mute.untilMs > endMs ? ', since it changed' : '';
  const what = `of ${scopeWords(mute.scope)} of ${slug} has ended${change} (${span}, by `;
  const meanwhile = meanwhileWords(stories);
  const content: Inline = [text(`🔔 The mute ${what}`), { type: 'user', userId: mute.by }, text(`). ${meanwhile}`)];
  return { text: `🔔 The mute ${what}${mute.by}). ${meanwhile}`, blocks: [{ type: 'paragraph', content }] };
}

export function meanwhileWords(stories: readonly string[]): string {
  return stories.length === 0 ? 'Nothing happened meanwhile.' : `Meanwhile: ${stories.join('. ')}.`;
}
