import { unmute as unmuteModel } from '../src/alerting/index.ts';
import { type Message, plainMessage } from '../src/messages/message.ts';
import { defineCommand } from './command.ts';
import { findModel, refuseExtras, requireWord } from './find-model.ts';

const USAGE = 'unmute <model>';

export const unmute = defineCommand<{ readonly slug: string }>({
  name: 'unmute',
  usage: USAGE,
  summary: 'Ends a mute at once and posts what is firing.',
  examples: ['unmute flight-delay'],
  role: 'responder',
  about: 'model',
  parse: (args) => {
    refuseExtras(args, 1, [], USAGE);
    return { slug: requireWord(args, 0, 'model', USAGE) };
  },
  run: (deps, { slug }, { user }): Message => {
    const model = findModel(deps.stores, slug);
    const wasMuted = unmuteModel(deps, { model, by: user });
    return plainMessage(wasMuted ? `${model.slug} is no longer muted.` : `${model.slug} was not muted.`);
  },
});
