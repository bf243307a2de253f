import { DriftbellError, describeThrown, isDriftbellError } from '../../src/domain/errors.ts';
import type { ModelId, UserId } from '../../src/domain/identifiers.ts';
import type { Model, ModelSettings } from '../../src/domain/model.ts';
import type {
  FieldErrors,
  FormField,
  FormSubject,
  FoundTable,
  ModelForm,
  ModelFormValues,
  TablePreview,
} from '../../src/messages/form.ts';
import type { Message } from '../../src/messages/message.ts';
import { asksForHistory, changedFields, type Inspection } from '../../src/registry/index.ts';
import { authorise } from '../authorise.ts';
import type { CommandDeps } from '../command.ts';
import { editAnswer } from '../edit.ts';
import { registerAnswer } from '../register.ts';
import { declare } from './declare.ts';
import { changedMeanwhile, goneModel } from './dialog-refusals.ts';
import { choicesIn, choose, type Draft, draftOf, turnTo, withChoices, withPreview } from './draft.ts';
import { foundTable } from './found-table.ts';

export interface ModelFormDeps extends Pick<CommandDeps, 'stores' | 'clock' | 'access' | 'register' | 'edit'> {
  /** Looks at the source and keeps nothing. */
  readonly inspect: (settings: ModelSettings) => Promise<Inspection>;
  /** The channel by id. Throws `slack.rejected` where the bot cannot post. */
  readonly postable: (channel: string) => Promise<string>;
  /** Replays the newest weeks of a table; never throws. */
  readonly preview: (settings: ModelSettings, signal: AbortSignal) => Promise<TablePreview>;
}

export type Checked =
  | { readonly isFine: false; readonly errors: FieldErrors }
  | { readonly isFine: true; readonly found: FoundTable };

/**
 * The verbs behind the dialogs that register and edit a model. Nothing is saved before `confirm`; the role is asked for
 * at every step, and what comes back from the chat is looked up anew.
 */
export function createModelForms(deps: ModelFormDeps) {
  const { stores, clock } = deps;

  async function may(user: UserId, subject: FormSubject): Promise<Model | undefined> {
    if (subject.kind === 'register') {
      await authorise(deps, { user, action: 'model.register', need: 'responder' });
      return undefined;
    }
    const model = stores.models.byId(subject.modelId as ModelId);
    if (model === undefined) throw goneModel();
    await authorise(deps, { user, action: 'model.edit', need: 'owner', model });
    return model;
  }

  function keep(user: UserId, draftId: number, draft: Draft): FoundTable {
    stores.formDrafts.change(draftId, user, draft);
    return shown(draft, draftId);
  }

  return {
    /** What a form shows first. */
    async begin(input: {
      readonly user: UserId;
      readonly channel: string;
      readonly slug?: string;
    }): Promise<ModelForm> {
      const { user, channel, slug } = input;
      const model = slug === undefined ? undefined : stores.models.bySlug(slug);
      if (model === undefined) {
        await may(user, { kind: 'register' });
        return { subject: { kind: 'register' }, values: { owners: [user], channel, zone: 'UTC', granularity: 'day' } };
      }
      const subject = { kind: 'edit', modelId: model.id, revision: model.revision, slug: model.slug } as const;
      await may(user, subject);
      return { subject, values: valuesOf(model) };
    },

    /** What is wrong at which field, or what the source holds. */
    async check(input: {
      readonly user: UserId;
      readonly subject: FormSubject;
      readonly values: ModelFormValues;
    }): Promise<Checked> {
      const { user, subject, values } = input;
      const model = await may(user, subject);
      requireUnchanged(model, subject);
      const declared = declare(values, model);
      if (!declared.isValid) return { isFine: false, errors: declared.errors };
      if (model === undefined && stores.models.bySlug(declared.settings.slug) !== undefined) {
        return { isFine: false, errors: { slug: 'A model has this name already. Choose another one.' } };
      }
      try {
        const settings = { ...declared.settings, channel: await deps.postable(declared.settings.channel) };
        const inspection = await deps.inspect(settings);
        const forgets = model !== undefined && asksForHistory(changedFields(model, settings));
        const draft: Draft = { subject, settings, table: foundTable({ settings, inspection, forgets }) };
        return { isFine: true, found: shown(draft, stores.formDrafts.put(user, draft, clock.now())) };
      } catch (thrown) {
        return { isFine: false, errors: { [fieldOf(thrown)]: sentenceOf(thrown) } };
      }
    },

    /** What the newest weeks would have been like, on the page that is shown then; undefined for a dialog that is gone. */
    async preview(
      input: { readonly user: UserId; readonly draftId: number },
      signal: AbortSignal,
    ): Promise<FoundTable | undefined> {
      const { user, draftId } = input;
      const asked = draftOf(stores.formDrafts.read(draftId, user));
      if (asked === undefined) return undefined;
      const preview = await deps.preview(asked.settings, signal);
      // Read anew: the person may have turned the page meanwhile.
      const draft = draftOf(stores.formDrafts.read(draftId, user));
      return draft && keep(user, draftId, withPreview(draft, preview));
    },

    /** Another page of the columns; what was chosen on the one before is kept. */
    async turn(input: {
      readonly user: UserId;
      readonly draftId: number;
      readonly page: number;
      readonly choices: ReadonlyMap<number, string>;
    }): Promise<FoundTable> {
      const { user, draftId, page, choices } = input;
      const asked = draftOf(stores.formDrafts.read(draftId, user));
      if (asked === undefined) throw usedUp();
      await may(user, asked.subject);
      const draft = draftOf(stores.formDrafts.read(draftId, user));
      if (draft === undefined) throw usedUp();
      return keep(user, draftId, turnTo(choose(draft, choices), page));
    },

    /** Saves what was found, with the kinds as the person chose them; of two confirmations the second is told so. */
    async confirm(input: {
      readonly user: UserId;
      readonly draftId: number;
      /** By place among all columns; those of other pages are as they were chosen there. */
      readonly choices: ReadonlyMap<number, string>;
    }): Promise<Message> {
      const draft = draftOf(stores.formDrafts.take(input.draftId, input.user));
      if (draft === undefined) throw usedUp();
      const { subject } = draft;
      const chosen = choicesIn(choose(draft, input.choices));
      const settings = withChoices(draft.settings, await deps.inspect(draft.settings), chosen);
      const model = await may(input.user, subject);
      if (model === undefined) return registerAnswer(await deps.register(settings, input.user));
      requireUnchanged(model, subject);
      return editAnswer(await deps.edit(model, settings, input.user));
    },
  };
}

function valuesOf(model: Model): ModelFormValues {
  const { slug, owners, channel, source, timeColumn, scoreColumn = '', zone, granularity } = model;
  return { slug, owners, channel, location: source.location, timeColumn, scoreColumn, zone, granularity };
}

function shown({ subject, table }: Draft, draftId: number): FoundTable {
  return { ...table, draftId, subject };
}

/** The field at which an error is best said. */
function fieldOf(thrown: unknown): FormField {
  const code = isDriftbellError(thrown) ? thrown.code : undefined;
  if (code === 'slack.rejected' || code === 'slack.unreachable' || code === 'slack.rate_limited') return 'channel';
  if (isDriftbellError(thrown) && thrown.facts.expected.includes('score column')) return 'scoreColumn';
  if (code === 'source.time_unusable') return 'timeColumn';
  return code === 'source.column_missing' ? 'timeColumn' : 'location';
}

function sentenceOf(thrown: unknown): string {
  if (isDriftbellError(thrown)) return thrown.message;
  return `The source could not be looked at: ${describeThrown(thrown)}.`;
}

/** What somebody has changed since is not written over. */
function requireUnchanged(model: Model | undefined, subject: FormSubject): void {
  if (model === undefined || subject.kind !== 'edit' || model.revision === subject.revision) return;
  throw changedMeanwhile(model, `open \`/drift edit ${model.slug}\` again`);
}

function usedUp(): DriftbellError {
  return new DriftbellError('usage.invalid', {
    expected: 'a dialog that has not been confirmed yet',
    received: 'one that was confirmed before, or is older than a day',
    remedy: 'look at `/drift list`, and open the dialog again if the model is not there',
  });
}
