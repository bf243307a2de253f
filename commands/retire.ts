import { modelActions } from '../src/domain/model-action.ts';
import { bold, type Message, text } from '../src/messages/message.ts';
import { defineCommand } from './command.ts';
import { findModel, refuseExtras, requireWord } from './find-model.ts';

const USAGE = 'retire <model>';

/** Asks first: the button behind the question does it. */
export const retire = defineCommand<{ readonly slug: string }>({
  name: 'retire',
  usage: USAGE,
  summary: 'Stops watching a model for good, after a question. Its reports and votes are kept.',
  examples: ['retire flight-delay'],
  role: 'owner',
  about: 'model',
  parse: (args) => {
    refuseExtras(args, 1, [], USAGE);
    return { slug: requireWord(args, 0, 'model', USAGE) };
  },
  run: ({ stores }, { slug }): Message => {
    const model = findModel(stores, slug);
    const consequence = 'It is not checked any more and its name stays taken; what was reported and learned is kept.';
    return {
      text: `Retire ${model.slug}? ${consequence}`,
      blocks: [
        { type: 'paragraph', content: [text('Retire '), bold(model.slug), text(`? ${consequence}`)] },
        {
          type: 'actions',
          actions: [
            {
              type: 'button',
              action: modelActions.retire,
              text: 'Retire it',
              value: String(model.id),
              style: 'danger',
              accessibilityLabel: `Stop watching ${model.slug} for good`,
            },
          ],
        },
      ],
    };
  },
});
