import type {
  AllMiddlewareArgs,
  BlockAction,
  SlackActionMiddlewareArgs,
  SlackViewMiddlewareArgs,
  ViewClosedAction,
} from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { FormField, FoundTable, ModelForm } from '../../messages/form.ts';
import { plainMessage } from '../../messages/message.ts';
import type { Clock } from '../../ports/clock.ts';
import { createDialog, type Dialog } from '../dialog.ts';
import type { FormDoor } from '../doors.ts';
import { fromSlackError } from '../errors.ts';
import { fieldBlockId } from '../ids.ts';
import { limits } from '../limits.ts';
import { BlockActions, parsePayload, pressedValue, ViewClosed, type ViewSubmission } from '../payloads.ts';
import { requestOf } from '../request.ts';
import { foundView } from '../views/found-view.ts';
import { modelFormView } from '../views/model-form-view.ts';
import { plainView } from '../views/plain-view.ts';
import { readChoices, readDraftId, readModelForm, readSubject } from '../views/read-form.ts';
import { beginDialog, type SubmitArgs, whileSlackWaits } from './submission.ts';

type PressArgs = SlackActionMiddlewareArgs<BlockAction> & AllMiddlewareArgs;
type ClosedArgs = SlackViewMiddlewareArgs<ViewClosedAction> & AllMiddlewareArgs;

/** Opens the first view of a dialog; a trigger dies after three seconds, so nothing slow comes before. */
export async function openModelForm(client: WebClient, triggerId: string, form: ModelForm): Promise<void> {
  await client.views.open({ trigger_id: triggerId, view: modelFormView(form) }).catch((thrown: unknown) => {
    throw fromSlackError(thrown, 'views.open');
  });
}

export function createModelFormListeners(door: FormDoor, clock: Clock) {
  /** Previews that somebody waits for, by draft. */
  const previews = new Map<number, AbortController>();

  /** The form: looks at the source, and says what is wrong at its field while Slack still waits. */
  async function submitted(args: SubmitArgs): Promise<void> {
    const { dialog, user, view } = beginDialog(args);
    const subject = readSubject(view);
    const values = readModelForm(view, subject);
    const checking = door.check({ user, subject, values });
    const early = await whileSlackWaits(checking, clock);
    if (early === undefined) await dialog.show(plainView('Looking', plainMessage('⏳ Looking at the source …')));
    const checked = early ?? (await checking);
    if (!checked.isFine) {
      if (dialog.isWaiting()) await dialog.errors(atBlocks(checked.errors));
      else await dialog.show(modelFormView({ subject, values, errors: checked.errors }));
      return;
    }
    await dialog.show(foundView(checked.found));
    await showPreview(dialog, checked.found, user);
  }

  async function showPreview(dialog: Dialog, found: FoundTable, user: ViewSubmission['user']['id']): Promise<void> {
    const { draftId } = found;
    const watching = new AbortController();
    previews.set(draftId, watching);
    try {
      const known = await door.preview({ user, draftId }, watching.signal);
      if (known !== undefined && !watching.signal.aborted) await dialog.show(foundView(known));
    } finally {
      previews.delete(draftId);
    }
  }

  /** What was found: saves it, as slowly as it takes. */
  async function confirmed(args: SubmitArgs): Promise<void> {
    const { dialog, user, view } = beginDialog(args);
    const draftId = readDraftId(view);
    previews.get(draftId)?.abort();
    await dialog.show(plainView('Saving', plainMessage('⏳ Saving …')));
    const message = await door.confirm({ user, draftId, choices: readChoices(view.state.values) });
    await dialog.show(plainView('Saved', message));
  }

  async function closed({ ack, body }: ClosedArgs): Promise<void> {
    await ack();
    previews.get(readDraftId(parsePayload(ViewClosed, body).view))?.abort();
  }

  /** Another page of the columns of what was found. */
  async function turned(args: PressArgs): Promise<void> {
    const press = parsePayload(BlockActions, args.body);
    const { id = '', private_metadata: metadata = '', state } = press.view ?? {};
    const opened = requestOf(args);
    const dialog = createDialog({ client: args.client, logger: opened.log }, id);
    opened.tellError = (message) => dialog.show(plainView('Not done', message));
    const table = await door.turn({
      user: press.user.id,
      draftId: readDraftId({ private_metadata: metadata }),
      page: Number(pressedValue(press)) || 0,
      choices: readChoices(state?.values ?? {}),
    });
    await dialog.show(foundView(table));
  }

  return { submitted, confirmed, closed, turned };
}

function atBlocks(errors: Readonly<Partial<Record<FormField, string>>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(errors).map(([field, error]) => [fieldBlockId(field), error.slice(0, limits.fieldErrorChars)]),
  );
}
