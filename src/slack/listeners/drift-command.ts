import type { AllMiddlewareArgs, SlackCommandMiddlewareArgs } from '@slack/bolt';
import { answer } from '../answer.ts';
import type { FormatOptions } from '../block-kit.ts';
import type { CommandDoor } from '../doors.ts';
import { unescapeEntities } from '../mrkdwn.ts';
import { parsePayload, SlashCommand } from '../payloads.ts';

/** `/drift ...`: the boundary has acknowledged it, so the door may take its time. */
export function createDriftCommandListener(door: CommandDoor, format: FormatOptions) {
  return async ({ body, respond }: SlackCommandMiddlewareArgs & AllMiddlewareArgs): Promise<void> => {
    const command = parsePayload(SlashCommand, body);
    const { message, visibility } = await door.run({
      text: unescapeEntities(command.text).trim(),
      user: command.user_id,
      channel: command.channel_id,
      teamId: command.team_id,
      triggerId: command.trigger_id,
    });
    await answer(respond, message, { visibility, format });
  };
}
