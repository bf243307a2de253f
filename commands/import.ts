import { type Message, plainMessage } from '../src/messages/message.ts';
import { defineCommand, noAnswer } from './command.ts';
import { refuseExtras } from './find-model.ts';

const USAGE = 'import';

export const importModels = defineCommand<undefined>({
  name: 'import',
  usage: USAGE,
  summary:
    'Registers and edits the models of a YAML file that you paste into a dialog, after a look at their sources: all of them, or none.',
  examples: ['import'],
  role: 'responder',
  about: 'driftbell',
  parse: (args) => refuseExtras(args, 0, [], USAGE) as undefined,
  run: async (_deps, _input, { openImport }): Promise<Message> => {
    if (openImport === undefined) {
      return plainMessage(
        'Type `/drift import` for a dialog that takes the file, or use `driftbell import` in a shell.',
      );
    }
    await openImport();
    return noAnswer;
  },
});
