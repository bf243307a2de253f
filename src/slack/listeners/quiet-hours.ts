import type { AllMiddlewareArgs, BlockAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import type { FormDoor } from '../doors.ts';
import { fromSlackError } from '../errors.ts';
import type { HomeTab } from '../home-tab.ts';
import { parseModel } from '../ids.ts';
import { BlockActions, parsePayload, pressedValue } from '../payloads.ts';
import { requestOf } from '../request.ts';
import { plainView } from '../views/plain-view.ts';
import { quietHoursErrors, quietHoursView, readQuietHours } from '../views/quiet-hours-view.ts';
import { readEditSubject } from '../views/read-form.ts';
import { homeAfter } from './home.ts';
import { beginDialog, type SubmitArgs } from './submission.ts';

type PressArgs = SlackActionMiddlewareArgs<BlockAction> & AllMiddlewareArgs;

/** The dialog that the home tab opens for a model's quiet hours. */
export function createQuietHoursListeners(door: FormDoor, tab: HomeTab) {
  return {
    async pressed(args: PressArgs): Promise<void> {
      const press = parsePayload(BlockActions, args.body);
      const user = press.user.id;
      requestOf(args).tellError = ({ text }) => tab.show(args.client, { ...homeAfter(press, 0), notice: text });
      const form = await door.beginQuietHours({ user, modelId: parseModel(pressedValue(press)) });
      await args.client.views
        .open({ trigger_id: args.body.trigger_id ?? '', view: quietHoursView(form) })
        .catch((thrown: unknown) => {
          throw fromSlackError(thrown, 'views.open');
        });
    },

    async submitted(args: SubmitArgs): Promise<void> {
      const { dialog, user, view } = beginDialog(args);
      const saved = await door.saveQuietHours({ user, subject: readEditSubject(view), values: readQuietHours(view) });
      if (!saved.isFine) {
        await dialog.errors(quietHoursErrors(saved.errors));
        return;
      }
      await dialog.show(plainView('Saved', saved.message));
      await tab.show(args.client, { user, page: 0, notice: saved.message.text });
    },
  };
}
