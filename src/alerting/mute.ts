import type { EpochMs, MuteId, UserId } from '../domain/identifiers.ts';
import type { Model } from '../domain/model.ts';
import { modelActions } from '../domain/model-action.ts';
import type { Mute, UntilChange } from '../domain/mute.ts';
import { isSameScope, type SeriesScope } from '../domain/series-scope.ts';
import { formatInstant } from '../messages/format-instant.ts';
import { type Message, text } from '../messages/message.ts';
import type { Clock } from '../ports/clock.ts';
import type { Stores } from '../ports/stores.ts';
import { enqueueNote, enqueueReport, type Note } from './enqueue.ts';
import { meanwhileOf, meanwhileWords } from './mute-ended.ts';
import { scopeWords } from './scope-words.ts';

export interface MuteDeps {
  readonly stores: Pick<Stores, 'reports' | 'outbox' | 'mutes' | 'ledger' | 'audit' | 'transaction'>;
  readonly clock: Clock;
}

export interface MuteInput {
  readonly model: Model;
  readonly by: UserId;
  readonly untilMs: EpochMs;
  readonly reason?: string;
  /** Absent: the whole model. */
  readonly scope?: SeriesScope;
  readonly untilChange?: UntilChange;
}

/**
 * Stops new messages of a model, or of a part of it, until an instant. Detection goes on; what fired meanwhile can be
 * asked for. A mute of the same part is replaced, also by a shorter one; others stay.
 */
export function mute(deps: MuteDeps, input: MuteInput): Mute & { readonly id: MuteId } {
  const { stores } = deps;
  const at = deps.clock.now();
  const { model, by, untilMs, reason, scope, untilChange } = input;
  const muted: Mute = {
    modelId: model.id,
    by,
    startMs: at,
    untilMs,
    ...(reason === undefined ? {} : { reason }),
    ...(scope === undefined ? {} : { scope }),
    ...(untilChange === undefined ? {} : { untilChange }),
  };
  return stores.transaction(() => {
    const replaced = stores.mutes.inForce(model.id, at).filter((other) => isSameScope(other.scope ?? {}, scope ?? {}));
    if (replaced.length > 0) {
      stores.mutes.end(
        model.id,
        at,
        replaced.map(({ id }) => id),
      );
    }
    const id = stores.mutes.put(muted);
    const facts = { untilMs, reason, ...(scope && { scope }), ...(untilChange && { untilChange: true }) };
    stores.audit.add({ at, by, action: 'model.mute', subject: `model:${model.slug}`, facts });
    // Of a mute of the whole model the report itself tells, with its button to end it.
    const note = scope && { key: `muted:${id}`, message: mutedMessage(model, { ...muted, id }) };
    showAnew(deps, model, { at, ...(note && { note }) });
    return { ...muted, id };
  });
}

/** Ends every mute of the model, or only those named, and shows what fired meanwhile. The number of mutes it ended. */
export function unmute(
  deps: MuteDeps,
  input: { readonly model: Model; readonly by: UserId; readonly ids?: readonly MuteId[] },
): number {
  const { stores } = deps;
  const at = deps.clock.now();
  const { model, by, ids } = input;
  return stores.transaction(() => {
    const ended = stores.mutes.inForce(model.id, at).filter(({ id }) => ids === undefined || ids.includes(id));
    if (ended.length === 0) return 0;
    stores.mutes.end(
      model.id,
      at,
      ended.map(({ id }) => id),
    );
    const facts = { mutes: ended.map(({ id }) => id), scopes: ended.map(({ scope }) => scope ?? {}) };
    stores.audit.add({ at, by, action: 'model.unmute', subject: `model:${model.slug}`, facts });
    const key = `unmuted:${ended.map(({ id }) => id).join(',')}`;
    const stories = ended.flatMap((mute) => meanwhileOf(stores, model, { ...mute, endMs: at }));
    showAnew(deps, model, { at, note: { key, message: unmutedMessage(model, by, stories) } });
    return ended.length;
  });
}

/** The report as it stands with the mutes, and a word in its thread on who did what. */
function showAnew(
  { stores }: MuteDeps,
  model: Model,
  { at, note }: { readonly at: EpochMs; readonly note?: Note },
): void {
  const open = stores.reports.open(model.id);
  if (open === undefined) return;
  enqueueReport(stores, stores.reports.touch(open.id), at);
  if (note === undefined) return;
  enqueueNote(stores, open, { note, now: at, isAboutMute: true });
}

function mutedMessage({ zone }: Model, mute: Mute & { readonly id: MuteId }): Message {
  const change = mute.untilChange === undefined ? '' : ' or until it changes';
  const words = `${scopeWords(mute.scope)} until ${formatInstant(mute.untilMs, zone)}${change}`;
  const reason = mute.reason === undefined ? '' : `: ${mute.reason}`;
  return {
    text: `🔕 Muted: ${words}${reason}.`,
    blocks: [
      {
        type: 'paragraph',
        content: [text(`🔕 Muted ${words} by `), { type: 'user', userId: mute.by }, text(`${reason}.`)],
      },
      {
        type: 'actions',
        actions: [
          {
            type: 'button',
            action: modelActions.endMute,
            text: 'Undo',
            value: String(mute.id),
            accessibilityLabel: 'End this mute',
          },
        ],
      },
    ],
  };
}

function unmutedMessage({ slug }: Model, by: UserId, stories: readonly string[]): Message {
  const meanwhile = meanwhileWords(stories);
  return {
    text: `🔔 ${slug} is no longer muted. ${meanwhile}`,
    blocks: [
      { type: 'paragraph', content: [text('🔔 Unmuted by '), { type: 'user', userId: by }, text(`. ${meanwhile}`)] },
    ],
  };
}
