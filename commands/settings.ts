import { counted } from '../src/domain/counted.ts';
import { DriftbellError } from '../src/domain/errors.ts';
import type { Model } from '../src/domain/model.ts';
import { type Message, plainMessage, sentence } from '../src/messages/message.ts';
import { formatModelsFile } from '../src/registry/index.ts';
import type { Arguments } from './arguments.ts';
import { authorise } from './authorise.ts';
import { type CommandDeps, defineCommand, type Invocation } from './command.ts';
import { OPTIONS } from './declared-options.ts';
import { edit } from './edit.ts';
import { findModel, refuseExtras, requireWord } from './find-model.ts';

const USAGE = 'settings [show <model> | set <model> name=value … | export [model]]';

type Wish =
  | { readonly verb: 'show' | 'export'; readonly slug?: string }
  | { readonly verb: 'set'; readonly slug: string; readonly args: Arguments };

/** What fits into one message; a longer file is for the command line. */
const MOST_CHARS = 9_000;

export const settings = defineCommand<Wish>({
  name: 'settings',
  usage: USAGE,
  summary: 'Shows how models are declared, changes a declaration, or exports it as the file that `import` takes.',
  examples: ['settings show churn', 'settings set churn lateness=180 zone=Europe/Berlin', 'settings export'],
  role: 'viewer',
  about: 'driftbell',
  options: OPTIONS,
  parse: (args) => {
    const [verb = 'show', slug] = args.words;
    if (verb === 'set') {
      refuseExtras(
        args,
        2,
        OPTIONS.map(({ name }) => name),
        USAGE,
      );
      return { verb, slug: requireWord(args, 1, 'model', USAGE), args: { ...args, words: args.words.slice(1) } };
    }
    refuseExtras(args, 2, [], USAGE);
    if (verb !== 'show' && verb !== 'export') {
      throw new DriftbellError('usage.invalid', {
        expected: 'show, set or export',
        received: JSON.stringify(verb.slice(0, 40)),
        remedy: `write \`/drift ${USAGE}\``,
      });
    }
    return { verb, ...(slug === undefined ? {} : { slug }) };
  },
  run: (deps, wish, invocation): Promise<Message> | Message => {
    if (wish.verb === 'set') return set(deps, wish, invocation);
    const models = wish.slug === undefined ? deps.stores.models.list() : [findModel(deps.stores, wish.slug)];
    if (models.length === 0) return plainMessage('No model is watched yet. Register one with `/drift register`.');
    return fileMessage(models, wish.verb === 'export');
  },
});

/** The same as an edit with options, by whoever may edit. */
async function set(
  deps: CommandDeps,
  { slug, args }: Extract<Wish, { verb: 'set' }>,
  invocation: Invocation,
): Promise<Message> {
  const model = findModel(deps.stores, slug);
  await authorise(deps, { user: invocation.user, action: '/drift settings set', need: 'owner', model });
  if (Object.keys(args.options).length === 0) {
    throw new DriftbellError('usage.invalid', {
      expected: 'name=value of what is to change',
      received: 'none',
      remedy: `choose from ${OPTIONS.map(({ name }) => name).join(', ')}`,
    });
  }
  return edit.run(deps, edit.parse(args, invocation), invocation);
}

function fileMessage(models: readonly Model[], isExport: boolean): Message {
  const file = formatModelsFile(models.map((model) => ({ settings: model, filters: model.filters ?? {} })));
  if (file.length > MOST_CHARS) {
    return plainMessage(
      `The file of ${models.length} models is too long for a message. \`driftbell export\` prints it, and \`/drift settings export <model>\` shows one.`,
    );
  }
  const title = isExport ? 'Models as a file; `/drift import` and `driftbell import` take it.' : 'As declared:';
  const whole = models.length === 1 ? models.map(({ slug }) => slug).join() : counted(models.length, 'model');
  return {
    text: `Settings of ${whole}`,
    blocks: [
      { type: 'paragraph', content: sentence(title) },
      ...chunks(file).map((part) => ({ type: 'preformatted' as const, text: part })),
    ],
  };
}

/** Lines together that fit into one block. */
export function chunks(file: string): string[] {
  const parts: string[] = [''];
  for (const line of file.trimEnd().split('\n')) {
    const last = parts.at(-1) ?? '';
    if (last.length + line.length > 2_900) parts.push(line);
    else parts[parts.length - 1] = last === '' ? line : `${last}\n${line}`;
  }
  return parts;
}
