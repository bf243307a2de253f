import type { AllMiddlewareArgs, BlockAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import type { FormDoor } from '../doors.ts';
import { fromSlackError } from '../errors.ts';
import type { HomeTab } from '../home-tab.ts';
import { BlockActions, parsePayload, pressedValue } from '../payloads.ts';
import { requestOf } from '../request.ts';
import { digestErrors, digestView, readDigest, readDigestSubject } from '../views/digest-view.ts';
import { plainView } from '../views/plain-view.ts';
import { homeAfter } from './home.ts';
import { beginDialog, type SubmitArgs } from './submission.ts';

type PressArgs = SlackActionMiddlewareArgs<BlockAction> & AllMiddlewareArgs;

/** The dialog that the home tab opens for a channel's weekly digest. */
export function createDigestListeners(door: FormDoor, tab: HomeTab) {
  return {
    async pressed(args: PressArgs): Promise<void> {
      const press = parsePayload(BlockActions, args.body);
      const user = press.user.id;
      requestOf(args).tellError = ({ text }) => tab.show(args.client, { ...homeAfter(press, 0), notice: text });
      const form = await door.beginDigest({ user, channel: pressedValue(press) });
      await args.client.views
        .open({ trigger_id: args.body.trigger_id ?? '', view: digestView(form) })
        .catch((thrown: unknown) => {
          throw fromSlackError(thrown, 'views.open');
        });
    },

    async submitted(args: SubmitArgs): Promise<void> {
      const { dialog, user, view } = beginDialog(args);
      const saved = await door.saveDigest({ user, subject: readDigestSubject(view), values: readDigest(view) });
      if (!saved.isFine) {
        await dialog.errors(digestErrors(saved.errors));
        return;
      }
      await dialog.show(plainView('Saved', saved.message));
      await tab.show(args.client, { user, page: 0, notice: saved.message.text });
    },
  };
}
