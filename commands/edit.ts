import { type Model, type ModelSettings, settingsOf } from '../src/domain/model.ts';
import { type Message, plainMessage } from '../src/messages/message.ts';
import { timeRemarks } from '../src/messages/time-remarks.ts';
import { type Edit, parseDeclaration } from '../src/registry/index.ts';
import type { Arguments } from './arguments.ts';
import { defineCommand, noAnswer } from './command.ts';
import { declaredOptions, OPTIONS, TYPED } from './declared-options.ts';
import { findModel, refuseExtras, requireWord } from './find-model.ts';

const USAGE = 'edit <model> [--channel C] [--source files] [--kind column=kind] …';

export const edit = defineCommand<{ readonly slug: string; readonly args: Arguments }>({
  name: 'edit',
  usage: USAGE,
  summary: 'Changes a registered model: in a dialog, or at once what the options name.',
  examples: [
    'edit flight-delay',
    'edit churn --channel #ml-alerts --lateness 180',
    'edit churn --kind plan=categorical',
  ],
  role: 'owner',
  about: 'model',
  options: OPTIONS,
  parse: (args) => {
    refuseExtras(
      args,
      1,
      OPTIONS.map(({ name }) => name),
      USAGE,
    );
    return { slug: requireWord(args, 0, 'model', USAGE), args };
  },
  run: async (deps, { slug, args }, { user, openForm, working }): Promise<Message> => {
    const model = findModel(deps.stores, slug);
    if (Object.keys(args.options).length > 0) {
      working();
      return editAnswer(await deps.edit(model, merged(model, args), user));
    }
    if (openForm === undefined) {
      return plainMessage(`Type \`/drift edit ${model.slug}\` for a dialog, or name options: \`/drift help edit\`.`);
    }
    await openForm({ slug: model.slug });
    return noAnswer;
  },
});

/** What the options name takes the place of what was declared; pairs such as kinds are added to those there are. */
function merged(model: Model, args: Arguments): ModelSettings {
  const before = settingsOf(model);
  const given = declaredOptions(args);
  return parseDeclaration(
    {
      ...before,
      ...given,
      declaredKinds: { ...before.declaredKinds, ...(given.declaredKinds as object) },
      defaults: { ...before.defaults, ...(given.defaults as object) },
    },
    TYPED,
  );
}

/** What an edit did, in words. */
export function editAnswer({ model, changed, inspection }: Edit): Message {
  if (changed.length === 0) return plainMessage(`${model.slug} is as you say already; nothing changed.`);
  const said = `${model.slug} is changed: ${changed.map(fieldWords).join(', ')}.`;
  if (inspection === undefined) return plainMessage(said);
  const remarks = timeRemarks(model, inspection.range);
  return plainMessage([said, 'Its history is being computed anew.', ...remarks].join(' '));
}

/** `timeColumn` is `time column` for people. */
function fieldWords(field: string): string {
  return field.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
