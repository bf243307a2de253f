import type { AllMiddlewareArgs, SlackEventMiddlewareArgs } from '@slack/bolt';
import { answerIn } from '../answer.ts';
import type { FormatOptions } from '../block-kit.ts';
import type { CommandDoor } from '../doors.ts';
import { unescapeEntities } from '../mrkdwn.ts';
import { AppMention, parsePayload } from '../payloads.ts';

/** `@driftbell status`: the same verbs as the command, answered in the thread of the mention. */
export function createMentionListener(door: CommandDoor, format: FormatOptions) {
  return async ({
    body,
    client,
    context,
  }: SlackEventMiddlewareArgs<'app_mention'> & AllMiddlewareArgs): Promise<void> => {
    const { team_id: teamId, event } = parsePayload(AppMention, body);
    const text = wordsAfterName(event.text, context.botUserId ?? '');
    const { channel, user } = event;
    const { message, visibility } = await door.run({ text: text === '' ? 'help' : text, user, channel, teamId });
    const threadTs = event.thread_ts ?? (visibility === 'in_channel' ? event.ts : undefined);
    const place = { channel, user, ...(threadTs === undefined ? {} : { threadTs }) };
    await answerIn(client, place, message, { visibility, format });
  };
}

function wordsAfterName(text: string, botUserId: string): string {
  const withoutName = text.replace(/<@([UW][A-Z0-9]+)(\|[^>]*)?>/g, (mention, id: string) =>
    id === botUserId ? ' ' : mention,
  );
  return unescapeEntities(withoutName).replace(/\s+/g, ' ').trim();
}
