import type { Model } from '../src/domain/model.ts';
import { type Message, plainMessage } from '../src/messages/message.ts';
import type { Progress } from '../src/ports/progress.ts';
import type { Stores } from '../src/ports/stores.ts';
import { type Arguments, parseArguments } from './arguments.ts';
import { authorise } from './authorise.ts';
import type { Caller, Command, CommandDeps, Invocation } from './command.ts';
import { routeCommand } from './find-command.ts';

/** Makes the answer visible to the whole channel, whatever the command. */
const SHARE = 'share';
/** Shows what a command takes instead of running it, whatever the command; the name of the command that does so. */
const HELP = 'help';

export interface CommandOutcome {
  readonly message: Message;
  /** Everybody in the channel may see it. */
  readonly isShared: boolean;
}

/** Shows how far long work is, where its result will be. */
export type ShowMeanwhile = (message: Message, isShared: boolean) => Promise<void>;

export interface Typed {
  readonly typed: string;
  readonly caller: Caller;
  readonly meanwhile?: ShowMeanwhile;
}

/** Runs what was typed after `/drift`. Throws `usage.invalid` with a near command for an unknown one. */
export async function runTyped(
  table: readonly Command[],
  deps: CommandDeps,
  { typed, caller, meanwhile }: Typed,
): Promise<CommandOutcome> {
  const { command, rest } = routeCommand(table, typed);
  const { words, options } = parseArguments(
    rest,
    [...(command.flags ?? []).map(({ name }) => name), SHARE, HELP],
    (command.options ?? []).map(({ name }) => name),
  );
  const { [SHARE]: share, [HELP]: help, ...own } = options;
  const isShared = share !== undefined;
  if (help !== undefined) {
    const asked = `${HELP} ${command.name}${isShared ? ` --${SHARE}` : ''}`;
    return runTyped(table, deps, { typed: asked, caller });
  }
  const tell = (step = ''): void => {
    void meanwhile?.(plainMessage(`Working on \`/drift ${command.name}\` …${step}`), isShared);
  };
  const progress: Progress = (done, total, step) => tell(` ${step}, ${done} of ${total}`);
  const invocation: Invocation = { ...caller, progress, working: (step) => tell(step === undefined ? '' : ` ${step}`) };
  const args = withModel(command, { words, options: own }, deps.stores, caller);
  const input = command.parse(args, invocation);
  const model = command.about === 'model' ? modelNamed(deps.stores, args.words[0]) : undefined;
  await authorise(deps, {
    user: invocation.user,
    action: `/drift ${command.name}`,
    need: command.role,
    ...(model === undefined ? {} : { model }),
  });
  if (command.isLong === true) tell();
  return { message: await command.run(deps, input, invocation), isShared };
}

/** Puts the model in its place: the one that a beginning means, or the one that the thread is about. */
function withModel(command: Command, args: Arguments, stores: Pick<Stores, 'models'>, { report }: Caller): Arguments {
  if (command.about !== 'model') return args;
  const [first, ...others] = args.words;
  if (first !== undefined) {
    // In a thread the word may as well be a column, so only a whole name is a model's.
    const slug = completeSlug(stores, first, report === undefined);
    if (slug !== undefined) return { ...args, words: [slug, ...others] };
  }
  const model = report === undefined ? undefined : stores.models.byId(report.modelId);
  return model === undefined ? args : { ...args, words: [model.slug, ...args.words] };
}

/** The slug itself in any case, or the only one that begins so. */
function completeSlug(stores: Pick<Stores, 'models'>, typed: string, mayBegin: boolean): string | undefined {
  const word = typed.toLowerCase();
  const slugs = stores.models.list().map(({ slug }) => slug);
  if (slugs.includes(word)) return word;
  if (word === '' || !mayBegin) return undefined;
  const beginning = slugs.filter((slug) => slug.startsWith(word));
  return beginning.length === 1 ? beginning[0] : undefined;
}

function modelNamed(stores: Pick<Stores, 'models'>, slug: string | undefined): Model | undefined {
  return slug === undefined ? undefined : stores.models.bySlug(slug);
}
