import { presentReport, reportMessage } from '../src/alerting/index.ts';
import { type Message, plainMessage } from '../src/messages/message.ts';
import { defineCommand } from './command.ts';
import { findModel, refuseExtras, requireWord } from './find-model.ts';

const USAGE = 'report <model>';

export const report = defineCommand<{ readonly slug: string }>({
  name: 'report',
  usage: USAGE,
  summary: 'Shows the newest report of a model, open or resolved, muted or not.',
  examples: ['report flight-delay'],
  role: 'viewer',
  about: 'model',
  parse: (args) => {
    refuseExtras(args, 1, [], USAGE);
    return { slug: requireWord(args, 0, 'model', USAGE) };
  },
  run: ({ stores, clock }, { slug }): Message => {
    const model = findModel(stores, slug);
    const newest = stores.reports.latest(model.id);
    if (newest === undefined) return plainMessage(`${model.slug} has had no report yet.`);
    return reportMessage(presentReport({ stores }, newest, clock.now()));
  },
});
