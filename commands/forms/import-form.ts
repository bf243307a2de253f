import { z } from 'zod';
import { counted } from '../../src/domain/counted.ts';
import { DriftbellError, describeThrown, isDriftbellError } from '../../src/domain/errors.ts';
import type { UserId } from '../../src/domain/identifiers.ts';
import type { Model, ModelSettings } from '../../src/domain/model.ts';
import {
  bold,
  code,
  type Inline,
  type Message,
  type MessageBlock,
  sentence,
  text,
} from '../../src/messages/message.ts';
import { timeRemarks } from '../../src/messages/time-remarks.ts';
import {
  asksForHistory,
  atPlace,
  type Declared,
  type Difference,
  differencesOf,
  type LookedAt,
  parseModelsFile,
} from '../../src/registry/index.ts';
import { changeWords } from '../audit-words.ts';
import { authorise } from '../authorise.ts';
import type { CommandDeps } from '../command.ts';
import { changedMeanwhile } from './dialog-refusals.ts';

/** How errors call what was pasted. */
const FILE = 'the file';
/** Models that are told one by one; more are a number. */
const MOST_TOLD = 40;

const Draft = z.object({
  text: z.string(),
  /** The revision of each declared model when the person saw what would change; null: there was none. */
  revisions: z.record(z.string(), z.number().nullable()),
});

export interface ImportFormDeps extends Pick<CommandDeps, 'stores' | 'clock' | 'access' | 'apply'> {
  /** The channel by id. Throws `slack.rejected` where the bot cannot post. */
  readonly postable: (channel: string) => Promise<string>;
  /** Looks at the sources, refuses what importing would refuse, and writes nothing. */
  readonly rehearse: (declared: readonly Declared[], by: UserId) => Promise<readonly LookedAt[]>;
}

export type CheckedImport =
  /** Of the file as a whole. */
  | { readonly isFine: false; readonly error: string }
  /** Of models of it, each by its name. */
  | { readonly isFine: false; readonly refused: Message }
  /** `draftId` is absent where nothing would change. */
  | { readonly isFine: true; readonly found: Message; readonly draftId?: number };

/**
 * The verbs behind the dialog that takes a file of models. Roles are asked for model by model, when the file is looked at
 * and again when it is confirmed; nothing is saved before, and all or nothing then.
 */
export function createImportForms(deps: ImportFormDeps) {
  const { stores, clock } = deps;

  function requireResponder(user: UserId): Promise<void> {
    return authorise(deps, { user, action: 'model.register', need: 'responder' });
  }

  /** What the file declares for this installation, where the person may do all of it. */
  async function read(user: UserId, file: string): Promise<{ readonly declared: Declared[]; readonly plan: Plan }> {
    await requireResponder(user);
    const parsed = parseModelsFile(file, FILE);
    const declared = await Promise.all(parsed.map((one) => atPlace(one, adopt(deps, one, user))));
    const differences = differencesOf(declared, stores.models.list());
    for (const { slug, kind } of differences) {
      const model = stores.models.bySlug(slug);
      if (kind === 'changed' && model !== undefined) {
        await authorise(deps, { user, action: 'model.edit', need: 'owner', model });
      }
    }
    return { declared, plan: { differences, revisions: revisionsOf(deps, declared) } };
  }

  return {
    async beginImport(input: { readonly user: UserId }): Promise<void> {
      await requireResponder(input.user);
    },

    async checkImport(input: { readonly user: UserId; readonly text: string }): Promise<CheckedImport> {
      const { user, text: file } = input;
      try {
        const { declared, plan } = await read(user, file);
        if (plan.differences.every(({ kind }) => kind === 'same')) {
          return { isFine: true, found: foundMessage(plan.differences, []) };
        }
        const { refusals, looked } = await rehearseEach(deps, declared, user);
        if (refusals.length > 0) return { isFine: false, refused: refusedMessage(refusals) };
        const body = { text: file, revisions: plan.revisions };
        const found = foundMessage(plan.differences, looked);
        return { isFine: true, found, draftId: stores.formDrafts.put(user, body, clock.now()) };
      } catch (thrown) {
        if (!isDriftbellError(thrown)) throw thrown;
        return { isFine: false, error: thrown.message };
      }
    },

    async confirmImport(input: { readonly user: UserId; readonly draftId: number }): Promise<Message> {
      const { user, draftId } = input;
      const draft = Draft.safeParse(stores.formDrafts.take(draftId, user));
      if (!draft.success) throw usedUp();
      const { declared, plan } = await read(user, draft.data.text);
      for (const [slug, revision] of Object.entries(plan.revisions)) {
        if (draft.data.revisions[slug] !== revision) throw changedMeanwhile({ slug }, 'type `/drift import` again');
      }
      await deps.apply(declared, user);
      return doneMessage(plan.differences);
    },
  };
}

interface Plan {
  readonly differences: readonly Difference[];
  readonly revisions: Readonly<Record<string, number | null>>;
}

interface Refusal {
  readonly slug: string;
  readonly reason: string;
}

/** Model by model, one after another, so that all that is wrong is said at once. */
async function rehearseEach(
  { rehearse }: ImportFormDeps,
  declared: readonly Declared[],
  user: UserId,
): Promise<{ readonly refusals: readonly Refusal[]; readonly looked: readonly LookedAt[] }> {
  const refusals: Refusal[] = [];
  const looked: LookedAt[] = [];
  for (const one of declared) {
    try {
      looked.push(...(await rehearse([one], user)));
    } catch (thrown) {
      const reason = isDriftbellError(thrown)
        ? thrown.message
        : `The source could not be looked at: ${describeThrown(thrown)}.`;
      refusals.push({ slug: one.settings.slug, reason });
    }
  }
  return { refusals, looked };
}

function refusedMessage(refusals: readonly Refusal[]): Message {
  const said = `${counted(refusals.length, 'model')} cannot be imported as the file has ${refusals.length === 1 ? 'it' : 'them'}; nothing was changed.`;
  const more = refusals.length - MOST_TOLD;
  return {
    text: said,
    blocks: [
      { type: 'paragraph', content: [bold(said)] },
      {
        type: 'list',
        items: refusals.slice(0, MOST_TOLD).map(({ slug, reason }): Inline => [code(slug), text(`: ${reason}`)]),
        ...(more > 0 ? { more } : {}),
        overflowNote: 'models',
      },
    ],
  };
}

/** The channel by its id; owners that the file leaves out stay as they are, and a new model belongs to who brings it. */
async function adopt({ stores, postable }: ImportFormDeps, declared: Declared, user: UserId): Promise<Declared> {
  const { settings } = declared;
  const model = activeModel(stores.models.bySlug(settings.slug));
  const channel = settings.channel === model?.channel ? model.channel : await postable(settings.channel);
  const owners = settings.owners.length > 0 ? settings.owners : (model?.owners ?? [user]);
  return { ...declared, settings: { ...settings, channel, owners } };
}

function activeModel(model: Model | undefined): Model | undefined {
  return model?.retiredAt === undefined ? model : undefined;
}

function revisionsOf({ stores }: ImportFormDeps, declared: readonly Declared[]): Plan['revisions'] {
  return Object.fromEntries(
    declared.map(({ settings: { slug } }) => [slug, activeModel(stores.models.bySlug(slug))?.revision ?? null]),
  );
}

function foundMessage(differences: readonly Difference[], looked: readonly LookedAt[]): Message {
  const isNothing = differences.every(({ kind }) => kind === 'same');
  const said = isNothing
    ? `Nothing would change: the file says of ${counted(differences.length, 'model')} what holds already.`
    : `${countsOf(differences)}. The sources were looked at. Nothing is saved before you import it, and then all or nothing.`;
  const told = differences.filter(({ kind }) => kind !== 'same');
  const blocks: MessageBlock[] = [
    { type: 'paragraph', content: [bold(said)] },
    ...(told.length === 0 ? [] : [listOf(told)]),
    ...remarkBlocks(looked),
  ];
  return { text: said, blocks };
}

function remarkBlocks(looked: readonly LookedAt[]): MessageBlock[] {
  const remarks = looked.flatMap(({ settings, range }) =>
    timeRemarks(settings, range).map((remark): Inline => [code(settings.slug), text(`: ${remark}`)]),
  );
  if (remarks.length === 0) return [];
  const more = remarks.length - MOST_TOLD;
  return [
    {
      ...{ type: 'list', items: remarks.slice(0, MOST_TOLD), overflowNote: 'remarks' },
      ...(more > 0 ? { more } : {}),
    },
  ];
}

function listOf(told: readonly Difference[]): MessageBlock {
  const more = told.length - MOST_TOLD;
  return {
    type: 'list',
    items: told.slice(0, MOST_TOLD).map(line),
    ...(more > 0 ? { more } : {}),
    overflowNote: 'models',
  };
}

function line({ slug, kind, changes }: Difference): Inline {
  if (kind === 'new') return [code(slug), text(' is new')];
  const before = Object.fromEntries(changes.map((change) => [change.field, change.before]));
  const after = Object.fromEntries(changes.map((change) => [change.field, change.after]));
  const forgets = asksForHistory(changes.map(({ field }) => field as keyof ModelSettings));
  const history = forgets ? [text('; its history is forgotten and computed anew')] : [];
  return [code(slug), text(': '), ...changeWords(before, after), ...history];
}

function doneMessage(differences: readonly Difference[]): Message {
  const said = `Imported: ${countsOf(differences)}.`;
  const hint =
    'History is being computed where it is needed; the channels see it grow. `/drift list` shows the models.';
  return {
    text: said,
    blocks: [
      { type: 'paragraph', content: [bold(said)] },
      { type: 'context', content: sentence(hint) },
    ],
  };
}

/** `1 new model, 2 changed, 3 as they are`. */
function countsOf(differences: readonly Difference[]): string {
  const count = (kind: Difference['kind']) => differences.filter((difference) => difference.kind === kind).length;
  return `${counted(count('new'), 'new model')}, ${count('changed')} changed, ${count('same')} as before`;
}

function usedUp(): DriftbellError {
  return new DriftbellError('usage.invalid', {
    expected: 'a dialog that has not been confirmed yet',
    received: 'one that was confirmed before, or is older than a day',
    remedy: 'look at `/drift list`, and type `/drift import` again if the models are not there',
  });
}
