import { seriesWords } from '../src/alerting/index.ts';
import { counted } from '../src/domain/counted.ts';
import type { LabelId } from '../src/domain/identifiers.ts';
import type { Model } from '../src/domain/model.ts';
import type { Verdict } from '../src/domain/vote.ts';
import { windowAt } from '../src/domain/window.ts';
import { type Saying, sayings, takeBack } from '../src/feedback/index.ts';
import { formatWindows } from '../src/messages/format-window.ts';
import { bold, type Message, plainMessage, text } from '../src/messages/message.ts';
import { person } from './audit-words.ts';
import { authorise } from './authorise.ts';
import { defineCommand } from './command.ts';
import { findModel } from './find-model.ts';
import { type ListOrUndo, parseListOrUndo } from './list-or-undo.ts';

const USAGE = 'labels <model> [undo <number>]';

export const labels = defineCommand<ListOrUndo<LabelId>>({
  name: 'labels',
  usage: USAGE,
  summary: 'Lists what people said of a model with `/drift label`, the newest first; takes one back.',
  examples: ['labels flight-delay', 'labels flight-delay undo 3'],
  role: 'viewer',
  about: 'model',
  parse: (args) => parseListOrUndo<LabelId>(args, USAGE),
  run: async (deps, { slug, undo }, { user }): Promise<Message> => {
    const model = findModel(deps.stores, slug);
    if (undo === undefined) return listMessage(sayings(deps.stores, model), model);
    await authorise(deps, { user, action: 'label.undo', need: 'responder', model });
    const saying = takeBack(deps, { model, id: undo, by: user });
    if (saying === undefined) {
      return plainMessage(`There is no label #${undo} of ${slug} to take back; \`/drift labels ${slug}\` lists them.`);
    }
    const learnt =
      saying.windows === 0
        ? ''
        : ' It is learned from no more; what a version of the detector made of it lasts until the next version.';
    return plainMessage(`Taken back: ${labelWords(saying, model)}.${learnt}`);
  },
});

function listMessage(said: readonly Saying[], model: Model): Message {
  const { slug } = model;
  if (said.length === 0) {
    return plainMessage(`Nobody has said anything of ${slug} by hand: \`/drift label\` names what was missed.`);
  }
  const title = `What people said of ${slug} by hand`;
  const lines = said.map((one) => `${labelWords(one, model)}; ${learntWords(one)}`);
  return {
    text: `${title}: ${lines.join('; ')}`,
    blocks: [
      { type: 'paragraph', content: [bold(title)] },
      {
        type: 'list',
        items: said.map(({ by }, place) => [text(`${lines[place]} (by `), ...person(by), text(')')]),
        overflowNote: 'labels',
      },
      { type: 'context', content: [text(`/drift labels ${slug} undo <number> takes one back.`)] },
    ],
  };
}

/** What each verdict says of a column. */
export const verdictWords: Readonly<Record<Verdict, string>> = {
  real: 'something was wrong',
  not_useful: 'nothing was wrong',
};

/** `#3 age mean, age coverage: something was wrong, 2–3 Jan 2026: unit changed`. */
function labelWords({ id, series, fromMs, toMs, verdict, word }: Saying, { zone, granularity }: Model): string {
  const when = formatWindows(windowAt(fromMs, zone, granularity), windowAt(toMs - 1, zone, granularity), zone);
  const names = series.map(seriesWords).join(', ');
  return `#${id} ${names}: ${verdictWords[verdict]}, ${when}${word === undefined ? '' : `: ${word}`}`;
}

function learntWords({ windows, saidAnew }: Saying): string {
  const anew = saidAnew === 0 ? '' : `, ${saidAnew} said anew since`;
  return `${windows === 0 ? 'nothing to learn from' : `${counted(windows, 'window')} to learn from`}${anew}`;
}
