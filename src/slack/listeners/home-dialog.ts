import type { AllMiddlewareArgs, BlockAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import type { UserId } from '../../domain/identifiers.ts';
import type { Message } from '../../messages/message.ts';
import { fromSlackError } from '../errors.ts';
import type { HomeTab } from '../home-tab.ts';
import { BlockActions, parsePayload, pressedValue, type ViewSubmission } from '../payloads.ts';
import { requestOf } from '../request.ts';
import { fieldErrors } from '../views/inputs.ts';
import { plainView } from '../views/plain-view.ts';
import { homeAfter } from './home.ts';
import { beginDialog, type SubmitArgs } from './submission.ts';

type PressArgs = SlackActionMiddlewareArgs<BlockAction> & AllMiddlewareArgs;

/** A dialog that a button of the home tab opens, and that sets something about what the button is about. */
export interface HomeDialog {
  /** `about`: the value of the button. */
  open(user: UserId, about: string): Promise<ModalView>;
  save(user: UserId, view: ViewSubmission['view']): Promise<SavedInDialog>;
}

export type SavedInDialog =
  | { readonly isFine: true; readonly message: Message }
  | { readonly isFine: false; readonly errors: Readonly<Partial<Record<string, string>>> };

export function createHomeDialogListeners({ open, save }: HomeDialog, tab: HomeTab) {
  return {
    async pressed(args: PressArgs): Promise<void> {
      const press = parsePayload(BlockActions, args.body);
      requestOf(args).tellError = ({ text }) => tab.show(args.client, { ...homeAfter(press, 0), notice: text });
      const view = await open(press.user.id, pressedValue(press));
      await args.client.views.open({ trigger_id: args.body.trigger_id ?? '', view }).catch((thrown: unknown) => {
        throw fromSlackError(thrown, 'views.open');
      });
    },

    async submitted(args: SubmitArgs): Promise<void> {
      const { dialog, user, view } = beginDialog(args);
      const saved = await save(user, view);
      if (!saved.isFine) {
        await dialog.errors(fieldErrors(saved.errors));
        return;
      }
      await dialog.show(plainView('Saved', saved.message));
      await tab.show(args.client, { user, page: 0, notice: saved.message.text });
    },
  };
}
