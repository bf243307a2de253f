import type { AllMiddlewareArgs, SlackCommandMiddlewareArgs } from '@slack/bolt';
import type { Clock } from '../../ports/clock.ts';
import { answer, answerIn } from '../answer.ts';
import type { FormatOptions } from '../block-kit.ts';
import type { CommandDoor } from '../doors.ts';
import { createInterim } from '../interim.ts';
import { unescapeEntities } from '../mrkdwn.ts';
import { parsePayload, SlashCommand } from '../payloads.ts';
import { requestOf } from '../request.ts';

/** `/drift ...`: the boundary has acknowledged it, so the door may take its time. */
export function createDriftCommandListener(door: CommandDoor, format: FormatOptions, clock: Clock) {
  return async (args: SlackCommandMiddlewareArgs & AllMiddlewareArgs): Promise<void> => {
    const command = parsePayload(SlashCommand, args.body);
    const { user_id: user, channel_id: channel } = command;
    const interim = createInterim(async ({ message, visibility }, isReplacing) => {
      try {
        await answer(args.respond, message, { visibility, format, isReplacing });
      } catch {
        // The address has been used up or has expired: work may take longer than the half hour that it lives.
        await answerIn(args.client, { channel, user }, message, { visibility, format });
      }
    }, clock);
    requestOf(args).tellError = (message) => interim.end({ message, visibility: 'ephemeral' });
    const done = await door.run({
      text: unescapeEntities(command.text).trim(),
      user,
      channel,
      teamId: command.team_id,
      triggerId: command.trigger_id,
      meanwhile: interim.show,
    });
    await interim.end(done);
  };
}
