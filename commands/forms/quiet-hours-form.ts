import type { ModelId, UserId } from '../../src/domain/identifiers.ts';
import { type Model, settingsOf } from '../../src/domain/model.ts';
import { DEFAULT_UNLESS, parseQuietHours, type QuietHours, quietWords } from '../../src/domain/quiet-hours.ts';
import type { QuietHoursErrors, QuietHoursForm, QuietHoursValues } from '../../src/messages/form.ts';
import { type Message, plainMessage } from '../../src/messages/message.ts';
import { authorise } from '../authorise.ts';
import type { CommandDeps } from '../command.ts';
import { changedMeanwhile, goneModel } from './dialog-refusals.ts';

export type SavedQuietHours =
  | { readonly isFine: false; readonly errors: QuietHoursErrors }
  | { readonly isFine: true; readonly message: Message };

/** The verbs behind the dialog of quiet hours; the role is asked for when it opens and again when it is submitted. */
export function createQuietHoursForms(deps: Pick<CommandDeps, 'stores' | 'clock' | 'access' | 'edit'>) {
  async function mayEdit(user: UserId, modelId: number): Promise<Model> {
    const model = deps.stores.models.byId(modelId as ModelId);
    if (model === undefined || model.retiredAt !== undefined) throw goneModel();
    await authorise(deps, { user, action: 'model.edit', need: 'owner', model });
    return model;
  }

  return {
    async beginQuietHours(input: { readonly user: UserId; readonly modelId: ModelId }): Promise<QuietHoursForm> {
      const { id: modelId, revision, slug, zone, quietHours } = await mayEdit(input.user, input.modelId);
      return { subject: { kind: 'edit', modelId, revision, slug }, zone, values: valuesOf(quietHours) };
    },

    async saveQuietHours(input: {
      readonly user: UserId;
      readonly subject: QuietHoursForm['subject'];
      readonly values: QuietHoursValues;
    }): Promise<SavedQuietHours> {
      const { user, subject, values } = input;
      const model = await mayEdit(user, subject.modelId);
      if (model.revision !== subject.revision) throw changedMeanwhile(model, 'open the dialog again');
      const errors = errorsIn(values);
      if (Object.keys(errors).length > 0) return { isFine: false, errors };
      const quietHours = quietHoursIn(values);
      const { quietHours: _before, ...others } = settingsOf(model);
      await deps.edit(model, { ...others, ...(quietHours && { quietHours }) }, user);
      const words =
        quietHours === undefined ? 'has no quiet hours' : `is quiet ${quietWords(quietHours)} (${model.zone})`;
      return { isFine: true, message: plainMessage(`${model.slug} ${words}.`) };
    },
  };
}

function valuesOf(quiet: QuietHours | undefined): QuietHoursValues {
  const { night, weekends = false, unless = DEFAULT_UNLESS } = quiet ?? {};
  return { from: night?.from ?? '', to: night?.to ?? '', weekends, unless };
}

function errorsIn({ from, to }: QuietHoursValues): QuietHoursErrors {
  if ((from === '') !== (to === '')) return { [from === '' ? 'from' : 'to']: 'Expected both times, or neither.' };
  return from !== '' && from === to ? { to: 'Expected another time than that of the beginning.' } : {};
}

function quietHoursIn({ from, to, weekends, unless }: QuietHoursValues): QuietHours | undefined {
  const when = [...(from === '' ? [] : [`${from}-${to}`]), ...(weekends ? ['weekends'] : [])];
  if (when.length === 0) return undefined;
  return parseQuietHours([...when, unless === 'never' ? 'always' : `unless ${unless}`].join(' '));
}
