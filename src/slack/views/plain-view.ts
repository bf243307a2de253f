import type { ModalView } from '@slack/types';
import type { Message } from '../../messages/message.ts';
import { formatMessage } from '../block-kit.ts';
import { cutTo } from '../cut.ts';
import { plainText } from '../elements.ts';
import { viewIds } from '../ids.ts';
import { limits } from '../limits.ts';
import { literalInPlain } from '../mrkdwn.ts';

/** A dialog that says something and asks nothing: that work goes on, or how it ended. */
export function plainView(title: string, message: Message): ModalView {
  return {
    type: 'modal',
    callback_id: viewIds.plain,
    title: titleText(title),
    close: plainText('Close', limits.viewTitleChars),
    blocks: formatMessage(message, { feedback: 'buttons', surface: 'view' }).blocks,
  };
}

export function titleText(title: string): ModalView['title'] {
  return { type: 'plain_text', text: cutTo(limits.viewTitleChars, title, literalInPlain), emoji: false };
}
