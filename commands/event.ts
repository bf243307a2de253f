import type { Model } from '../src/domain/model.ts';
import { formatInstant } from '../src/messages/format-instant.ts';
import { type Message, plainMessage, plainSentence, sentence } from '../src/messages/message.ts';
import { declareEvent, withdrawEvent } from '../src/postprocessing/index.ts';
import { authorise } from './authorise.ts';
import { type CommandDeps, defineCommand } from './command.ts';
import { eventOf, parseEventKind } from './event-words.ts';
import { findModel, refuseExtras, requireWord } from './find-model.ts';

const USAGE = 'event <model> [deploy|expected|note] [from] [to] [text]';

interface EventInput {
  readonly slug: string;
  /** Kind, times and text; empty: events are listed. */
  readonly words: readonly string[];
  readonly isWithdrawn: boolean;
}

export const event = defineCommand<EventInput>({
  name: 'event',
  usage: USAGE,
  summary:
    'Declares a deploy, a note, or something expected that holds what falls in it; alone, lists what was declared.',
  examples: [
    'event flight-delay deploy now "v2 of the features"',
    'event flight-delay expected 2001-06-14 2001-06-16 "fare sale"',
    'event flight-delay expected 2001-06-14 --withdraw',
    'event flight-delay',
  ],
  role: 'viewer',
  about: 'model',
  flags: [{ name: 'withdraw', summary: 'Takes back what was declared of that kind and beginning.' }],
  parse: (args) => {
    refuseExtras(args, Number.POSITIVE_INFINITY, ['withdraw'], USAGE);
    const slug = requireWord(args, 0, 'model', USAGE);
    return { slug, words: args.words.slice(1), isWithdrawn: args.options.withdraw !== undefined };
  },
  run: async (deps, { slug, words, isWithdrawn }, { user }): Promise<Message> => {
    const model = findModel(deps.stores, slug);
    const [kind, ...times] = words;
    if (kind === undefined) return eventsMessage(deps, model);
    await authorise(deps, { user, action: 'event.declare', need: 'responder', model });
    const declared = eventOf(parseEventKind(kind), times, { model, now: deps.clock.now() });
    const from = formatInstant(declared.startMs, model.zone);
    if (isWithdrawn) {
      const { kind: of, startMs } = declared;
      const withdrawn = withdrawEvent(deps, { model, by: user, kind: of, startMs });
      return plainMessage(
        withdrawn === 0 ? `${model.slug} has no event \`${of}\` from ${from}.` : `Withdrawn: \`${of}\` from ${from}.`,
      );
    }
    declareEvent(deps, { model, by: user, event: declared });
    const holds = declared.kind === 'expected' ? ' What falls in it is tracked and not told.' : '';
    return plainMessage(
      `${model.slug}: \`${declared.kind}\` from ${from} to ${formatInstant(declared.endMs, model.zone)}, “${declared.text}”.${holds}`,
    );
  },
});

/** What is listed: the last quarter, and all that is ahead within a year. */
const BEHIND_MS = 90 * 86_400_000;
const AHEAD_MS = 366 * 86_400_000;

function eventsMessage({ stores, clock }: CommandDeps, model: Model): Message {
  const now = clock.now();
  const lines = stores.events
    .overlapping(model.id, now - BEHIND_MS, now + AHEAD_MS)
    .map(({ kind, startMs, endMs, text }) => {
      const span = `${formatInstant(startMs, model.zone)} to ${formatInstant(endMs, model.zone)}`;
      return `\`${kind}\` ${span}: ${text}`;
    });
  if (lines.length === 0) return plainMessage(`Nothing is declared for ${model.slug} in the last 90 days or ahead.`);
  return {
    text: `Events of ${model.slug}: ${lines.map(plainSentence).join('; ')}.`,
    blocks: [
      { type: 'header', text: `Events of ${model.slug}` },
      { type: 'list', items: lines.map(sentence), overflowNote: 'events' },
    ],
  };
}
