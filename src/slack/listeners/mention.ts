import type { AllMiddlewareArgs, SlackEventMiddlewareArgs } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { Message } from '../../messages/message.ts';
import type { Clock } from '../../ports/clock.ts';
import { answerIn } from '../answer.ts';
import type { FormatOptions } from '../block-kit.ts';
import { sendInPlainestForm } from '../degrade.ts';
import type { CommandDoor } from '../doors.ts';
import { isBlockRefusal } from '../errors.ts';
import { createInterim, type SendInterim } from '../interim.ts';
import { unescapeEntities } from '../mrkdwn.ts';
import { AppMention, parsePayload } from '../payloads.ts';
import { requestOf } from '../request.ts';

/** A reply for all that says only that something is being worked on is worth it from here on. */
const PATIENCE_MS = 1_500;

/** `@driftbell status`: the same verbs as the command, answered in the thread of the mention. */
export function createMentionListener(door: CommandDoor, format: FormatOptions, clock: Clock) {
  return async (args: SlackEventMiddlewareArgs<'app_mention'> & AllMiddlewareArgs): Promise<void> => {
    const { team_id: teamId, event } = parsePayload(AppMention, args.body);
    const { channel, user, thread_ts: threadTs } = event;
    const interim = createInterim(createMentionAnswer(args.client, event, format), clock, PATIENCE_MS);
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

/**
 * A mention has no response URL, and what is for one person alone can be neither edited nor removed. So the work is seen to
 * go on in a reply for all: the answer takes its place where it is for all too, else the reply goes before it comes.
 */
function createMentionAnswer(client: WebClient, event: AppMention['event'], format: FormatOptions): SendInterim {
  const { channel, user } = event;
  const thread = event.thread_ts ?? event.ts;
  let posted: string | undefined;

  async function edit(ts: string, message: Message): Promise<void> {
    await sendInPlainestForm(message, { format, isOfBlocks: isBlockRefusal }, ({ text, blocks }) =>
      client.chat.update({ channel, ts, text, blocks }),
    );
  }

  return async ({ message, visibility }, { isLast }) => {
    const isForAll = visibility === 'in_channel' || !isLast;
    if (isForAll && posted !== undefined) return edit(posted, message);
    if (isForAll) {
      posted = await answerIn(client, { channel, user, threadTs: thread }, message, {
        visibility: 'in_channel',
        format,
      });
      return;
    }
    // A reply that stays is no reason to withhold the answer.
    if (posted !== undefined) await client.chat.delete({ channel, ts: posted }).catch(() => undefined);
    const place = { channel, user, ...(event.thread_ts === undefined ? {} : { threadTs: event.thread_ts }) };
    await answerIn(client, place, message, { visibility, format });
  };
}

function wordsAfterName(text: string, botUserId: string): string {
  const withoutName = text.replace(/<@([UW][A-Z0-9]+)(\|[^>]*)?>/g, (mention, id: string) =>
    id === botUserId ? ' ' : mention,
  );
  return unescapeEntities(withoutName).replace(/\s+/g, ' ').trim();
}
