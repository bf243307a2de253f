import type { AllMiddlewareArgs, MessageShortcut, SlackShortcutMiddlewareArgs } from '@slack/bolt';
import { SHORTCUT_MUTE, shortcuts } from '../../domain/shortcut.ts';
import { plainMessage } from '../../messages/message.ts';
import { answer } from '../answer.ts';
import type { FormatOptions } from '../block-kit.ts';
import type { ActionDoors } from '../doors.ts';
import { MessageAction, parsePayload } from '../payloads.ts';

type Args = SlackShortcutMiddlewareArgs<MessageShortcut> & AllMiddlewareArgs;

const NO_REPORT = 'This message is no report of Driftbell, nor a reply to one. Choose this on the report itself.';

/** An entry in the menu of a message: works on a report and on every reply in its thread. */
export function createShortcutListener(
  id: (typeof shortcuts)[keyof typeof shortcuts]['id'],
  { actions, format }: { readonly actions: ActionDoors; readonly format: FormatOptions },
) {
  return async ({ body, respond }: Args): Promise<void> => {
    const { user, channel, message } = parsePayload(MessageAction, body);
    const reportId = actions.reportAt({ channel: channel.id, ts: message.thread_ts ?? message.ts });
    const said =
      reportId === undefined
        ? plainMessage(NO_REPORT)
        : id === shortcuts.mute.id
          ? await actions.mute({ reportId, user: user.id, duration: SHORTCUT_MUTE })
          : await actions.acknowledge({ reportId, user: user.id });
    if (said !== undefined) await answer(respond, said, { visibility: 'ephemeral', format });
  };
}
