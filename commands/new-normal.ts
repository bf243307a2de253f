import type { Message } from '../src/messages/message.ts';
import { defineCommand } from './command.ts';
import { findModel, refuseExtras, requireWord } from './find-model.ts';
import { openReport } from './open-report.ts';
import { createPresses } from './presses.ts';

const USAGE = 'new-normal <model>';

export const newNormal = defineCommand<{ readonly slug: string }>({
  name: 'new-normal',
  aliases: ['new normal'],
  usage: USAGE,
  summary: 'Says that what the open report shows is right from now on.',
  examples: ['new-normal flight-delay'],
  role: 'responder',
  about: 'model',
  parse: (args) => {
    refuseExtras(args, 1, [], USAGE);
    return { slug: requireWord(args, 0, 'model', USAGE) };
  },
  run: (deps, { slug }, { user, report }): Promise<Message> => {
    const model = findModel(deps.stores, slug);
    return createPresses(deps).newNormal({ reportId: openReport(deps.stores, model, report).id, user });
  },
});
