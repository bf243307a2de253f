import type { AllMiddlewareArgs, BlockAction, SlackActionMiddlewareArgs, SlackEventMiddlewareArgs } from '@slack/bolt';
import type { FormDoor } from '../doors.ts';
import type { HomeTab } from '../home-tab.ts';
import { BlockActions, HomeOpened, parsePayload, pressedValue } from '../payloads.ts';
import { requestOf } from '../request.ts';
import { openModelForm } from './model-form.ts';

type PressArgs = SlackActionMiddlewareArgs<BlockAction> & AllMiddlewareArgs;

export function createHomeListeners(tab: HomeTab, forms: FormDoor) {
  return {
    async opened({ body, client }: SlackEventMiddlewareArgs<'app_home_opened'> & AllMiddlewareArgs): Promise<void> {
      const { event } = parsePayload(HomeOpened, body);
      if (event.tab !== 'home') return;
      const hash = event.view?.hash;
      await tab.show(client, { user: event.user, page: 0, ...(hash === undefined ? {} : { hash }) });
    },

    /** Another page, or the same one anew. */
    async turned(args: PressArgs): Promise<void> {
      const press = parsePayload(BlockActions, args.body);
      const page = Number(pressedValue(press));
      await tab.show(args.client, homeAfter(press, Number.isSafeInteger(page) ? page : 0));
    },

    /** The home tab has no channel of its own, so the dialog asks for one. */
    async register(args: PressArgs): Promise<void> {
      const press = parsePayload(BlockActions, args.body);
      const user = press.user.id;
      requestOf(args).tellError = (message) => tab.show(args.client, { ...homeAfter(press, 0), notice: message.text });
      await openModelForm(args.client, args.body.trigger_id ?? '', await forms.begin({ user, channel: '' }));
    },
  };
}

/** The tab after something was pressed in it. */
export function homeAfter(press: BlockActions, page: number) {
  const hash = press.view?.hash;
  return { user: press.user.id, page, ...(hash === undefined ? {} : { hash }) };
}
