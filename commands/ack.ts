import { acknowledge } from '../src/alerting/index.ts';
import { type Message, plainMessage } from '../src/messages/message.ts';
import { defineCommand } from './command.ts';
import { findModel, refuseExtras, requireWord } from './find-model.ts';
import { openReport } from './open-report.ts';

const USAGE = 'ack <model>';

export const ack = defineCommand<{ readonly slug: string }>({
  name: 'ack',
  aliases: ['acknowledge'],
  usage: USAGE,
  summary: 'Says in the channel that you look after the open report of a model.',
  examples: ['ack flight-delay'],
  role: 'responder',
  about: 'model',
  parse: (args) => {
    refuseExtras(args, 1, [], USAGE);
    return { slug: requireWord(args, 0, 'model', USAGE) };
  },
  run: (deps, { slug }, { user, report }): Message => {
    const model = findModel(deps.stores, slug);
    const { id } = openReport(deps.stores, model, report);
    acknowledge(deps, { reportId: id, by: user });
    return plainMessage(`Report #${id} on ${model.slug} is yours. The channel sees that you look after it.`);
  },
});
