import { isDriftbellError } from '../src/domain/errors.ts';
import type { Model } from '../src/domain/model.ts';
import { parseWindow, type Window } from '../src/domain/window.ts';
import { formatInstant } from '../src/messages/format-instant.ts';
import { type Inline, type Message, plainMessage, plainSentence, sentence, text } from '../src/messages/message.ts';
import { type Explanation, explainWindow, windowToExplain } from '../src/postprocessing/index.ts';
import { absentWindows } from './absent-windows.ts';
import { type CommandDeps, defineCommand } from './command.ts';
import { findColumn } from './find-column.ts';
import { findModel, refuseExtras, requireWord } from './find-model.ts';
import { quietSentence, whySentence, whySummary } from './why-words.ts';

const USAGE = 'why <model> [column] [window]';

interface WhyInput {
  readonly slug: string;
  readonly words: readonly string[];
}

export const why = defineCommand<WhyInput>({
  name: 'why',
  usage: USAGE,
  summary: 'Says of every anomaly of a window whether it was told, held or dropped, by which filter, with its numbers.',
  examples: ['why flight-delay', 'why flight-delay distance', 'why flight-delay distance 2001-06-14'],
  role: 'viewer',
  about: 'model',
  parse: (args) => {
    refuseExtras(args, 3, [], USAGE);
    return { slug: requireWord(args, 0, 'model', USAGE), words: args.words.slice(1) };
  },
  run: (deps, { slug, words }): Message => {
    const model = findModel(deps.stores, slug);
    const { column, window } = whatIsAsked(deps, model, words);
    const explained = explainAsked(deps, model, { column, window });
    if (explained === undefined) return plainMessage(`${model.slug} has no window yet.`);
    return whyMessage(deps, { model, explained }, { column, muted: muteWords(deps, model) });
  },
});

/** The ledger of the window that is asked about, or of the newest with an anomaly. Undefined: there is no window yet. */
export function explainAsked(
  { stores }: Pick<CommandDeps, 'stores'>,
  model: Model,
  { column, window }: { readonly column: string | undefined; readonly window: Window | undefined },
): Explanation | undefined {
  const of = window ?? windowToExplain({ stores }, model, column);
  return of && explainWindow({ stores }, { model, window: of, ...(column === undefined ? {} : { column }) });
}

/** Of a window that the model does not have, which ones it has. Undefined for one that it has. */
export function absentWords(
  { stores }: Pick<CommandDeps, 'stores'>,
  model: Model,
  { window, anomalies, quiet }: Explanation,
): string | undefined {
  if (anomalies.length > 0 || quiet.length > 0) return undefined;
  return absentWindows(stores, model, { from: window, to: window });
}

/** A column, a window, or both, in that order. */
function whatIsAsked({ stores }: CommandDeps, model: Model, words: readonly string[]) {
  const [first, second] = words;
  if (first === undefined) return { column: undefined, window: undefined };
  const alone = second === undefined ? windowNamed(first, model) : undefined;
  if (alone !== undefined) return { column: undefined, window: alone };
  const window = second === undefined ? undefined : parseWindow(second, model.zone, model.granularity);
  return { column: findColumn(stores, model, first), window };
}

/** Undefined for a word that is no time: it is then a column. */
function windowNamed(word: string, model: Model): Window | undefined {
  try {
    return parseWindow(word, model.zone, model.granularity);
  } catch (thrown) {
    if (isDriftbellError(thrown)) return undefined;
    throw thrown;
  }
}

/** Notes of the ledger name people by their ids: the chat shows their names. */
function withPeople(content: string): Inline {
  return sentence(content).flatMap((run): Inline => {
    if (run.type !== 'text') return [run];
    return run.text
      .split(/(?<=\bby )([UW][A-Z0-9]{2,})\b/)
      .map((part, place) => (place % 2 === 1 ? { type: 'user', userId: part } : text(part)));
  });
}

/** A mute of the whole model is no filter: it stops the message. */
function muteWords({ stores, clock }: CommandDeps, model: Model): string[] {
  const mute = stores.mutes.active(model.id, clock.now());
  if (mute === undefined) return [];
  return [`The model is muted until ${formatInstant(mute.untilMs, model.zone)}: what is told is not posted anew.`];
}

/** Lines before the rest is only counted: those that were told come first. */
const MOST_LINES = 20;

function whyMessage(
  deps: Pick<CommandDeps, 'stores'>,
  { model, explained }: { readonly model: Model; readonly explained: Explanation },
  { column, muted }: { readonly column: string | undefined; readonly muted: readonly string[] },
): Message {
  const summary = absentWords(deps, model, explained) ?? whySummary(model, explained, column);
  const anomalies = explained.anomalies.map((each) => whySentence(each, model));
  // Of a whole model, hundreds are quiet.
  const quiet = column === undefined ? [] : explained.quiet.map(quietSentence);
  const lines = [...anomalies, ...quiet];
  const shown = lines.slice(0, MOST_LINES);
  const more = lines.length - shown.length;
  const rest =
    more === 0 ? [] : [`${more} more: \`driftbell why --model ${model.slug} --window ${explained.window.key}\``];
  return {
    text: [summary, ...muted, ...shown, ...rest].map(plainSentence).join('\n'),
    blocks: [
      { type: 'paragraph', content: sentence([summary, ...muted].join(' ')) },
      ...(shown.length === 0
        ? []
        : [{ type: 'list' as const, items: shown.map(withPeople), overflowNote: 'more lines on the command line' }]),
      ...rest.map((words) => ({ type: 'context' as const, content: sentence(words) })),
    ],
  };
}
