import type { MarkId } from '../src/domain/identifiers.ts';
import { bold, type Message, plainMessage, text } from '../src/messages/message.ts';
import { person } from './audit-words.ts';
import { authorise } from './authorise.ts';
import { defineCommand } from './command.ts';
import { findModel } from './find-model.ts';
import { type ListOrUndo, parseListOrUndo } from './list-or-undo.ts';
import { markWords } from './mark-words.ts';

const USAGE = 'marks <model> [undo <number>]';

export const marks = defineCommand<ListOrUndo<MarkId>>({
  name: 'marks',
  usage: USAGE,
  summary:
    'Lists what votes do at once to series of a model: new normals, expected windows, quiet patterns; undoes one.',
  examples: ['marks flight-delay', 'marks flight-delay undo 3'],
  role: 'viewer',
  about: 'model',
  parse: (args) => parseListOrUndo<MarkId>(args, USAGE),
  run: async (deps, { slug, undo }, { user }): Promise<Message> => {
    const { stores, clock } = deps;
    const model = findModel(stores, slug);
    if (undo === undefined) {
      const active = stores.seriesMarks.active(model.id, clock.now());
      if (active.length === 0) return plainMessage(`Votes do nothing at once to series of ${slug} now.`);
      const title = `What votes do at once to series of ${slug}`;
      const lines = active.map((mark) => `${markWords(mark, model)} (by `);
      return {
        text: `${title}: ${active.map((mark) => markWords(mark, model)).join('; ')}`,
        blocks: [
          { type: 'paragraph', content: [bold(title)] },
          {
            type: 'list',
            items: active.map(({ by, reportId }, place) => [
              text(lines[place] ?? ''),
              ...person(by),
              text(reportId === undefined ? ')' : ` on report #${reportId})`),
            ]),
            overflowNote: 'marks',
          },
          { type: 'context', content: [text(`/drift marks ${slug} undo <number> undoes one; votes stay.`)] },
        ],
      };
    }
    await authorise(deps, { user, action: 'mark.undo', need: 'responder', model });
    const isThere = stores.seriesMarks.active(model.id, clock.now()).some(({ id }) => id === undo);
    const undone = isThere ? stores.seriesMarks.undo(undo, user, clock.now()) : undefined;
    if (undone === undefined)
      return plainMessage(`There is no mark #${undo} on ${slug} to undo; \`/drift marks ${slug}\` lists them.`);
    const facts = { mark: undo, kind: undone.kind };
    stores.audit.add({ at: clock.now(), by: user, action: 'mark.undo', subject: `model:${slug}`, facts });
    return plainMessage(`Undone: ${markWords(undone, model)}. From the next window on it no longer holds; votes stay.`);
  },
});
