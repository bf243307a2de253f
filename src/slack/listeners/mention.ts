import type { AllMiddlewareArgs, SlackEventMiddlewareArgs } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { Clock } from '../../ports/clock.ts';
import { answerIn } from '../answer.ts';
import { type FormatOptions, formatMessage } from '../block-kit.ts';
import type { CommandDoor } from '../doors.ts';
import { createInterim, type SendInterim } from '../interim.ts';
import { unescapeEntities } from '../mrkdwn.ts';
import { AppMention, parsePayload } from '../payloads.ts';
import { requestOf } from '../request.ts';

/** `@driftbell status`: the same verbs as the command, answered in the thread of the mention. */
export function createMentionListener(door: CommandDoor, format: FormatOptions, clock: Clock) {
  return async (args: SlackEventMiddlewareArgs<'app_mention'> & AllMiddlewareArgs): Promise<void> => {
    const { team_id: teamId, event } = parsePayload(AppMention, args.body);
    const { channel, user, thread_ts: threadTs } = event;
    const interim = createInterim(createMentionAnswer(args.client, event, format), clock);
    requestOf(args).tellError = (message) => interim.end({ message, visibility: 'ephemeral' });
    const text = wordsAfterName(event.text, args.context.botUserId ?? '');
    const done = await door.run({
      text: text === '' ? 'help' : text,
      user,
      channel,
      teamId,
      ...(threadTs === undefined ? {} : { threadTs }),
      meanwhile: interim.show,
    });
    await interim.end(done);
  };
}

/** A mention has no response URL: what was posted for all is edited, what was for one person stays beside the result. */
function createMentionAnswer(client: WebClient, event: AppMention['event'], format: FormatOptions): SendInterim {
  let posted: string | undefined;
  return async ({ message, visibility }) => {
    const { channel, user } = event;
    if (posted !== undefined && visibility === 'in_channel') {
      const { text, blocks } = formatMessage(message, format);
      await client.chat.update({ channel, ts: posted, text, blocks });
      return;
    }
    const threadTs = event.thread_ts ?? (visibility === 'in_channel' ? event.ts : undefined);
    const place = { channel, user, ...(threadTs === undefined ? {} : { threadTs }) };
    posted = await answerIn(client, place, message, { visibility, format });
  };
}

function wordsAfterName(text: string, botUserId: string): string {
  const withoutName = text.replace(/<@([UW][A-Z0-9]+)(\|[^>]*)?>/g, (mention, id: string) =>
    id === botUserId ? ' ' : mention,
  );
  return unescapeEntities(withoutName).replace(/\s+/g, ' ').trim();
}
