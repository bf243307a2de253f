import type { AllMiddlewareArgs, SlackCommandMiddlewareArgs } from '@slack/bolt';
import type { Clock } from '../../ports/clock.ts';
import { answer, answerIn } from '../answer.ts';
import type { FormatOptions } from '../block-kit.ts';
import type { CommandDoor, FormDoor } from '../doors.ts';
import { createInterim } from '../interim.ts';
import { unescapeEntities } from '../mrkdwn.ts';
import { parsePayload, SlashCommand } from '../payloads.ts';
import { requestOf } from '../request.ts';
import { openImport } from './import.ts';
import { openModelForm } from './model-form.ts';

export interface DriftCommandDeps {
  readonly commands: CommandDoor;
  readonly forms: FormDoor;
  readonly format: FormatOptions;
  readonly clock: Clock;
}

/** `/drift ...`: the boundary has acknowledged it, so the door may take its time. */
export function createDriftCommandListener({ commands, forms, format, clock }: DriftCommandDeps) {
  return async (args: SlackCommandMiddlewareArgs & AllMiddlewareArgs): Promise<void> => {
    const command = parsePayload(SlashCommand, args.body);
    const { user_id: user, channel_id: channel } = command;
    const interim = createInterim(async ({ message, visibility }, { isReplacing }) => {
      try {
        await answer(args.respond, message, { visibility, format, isReplacing });
      } catch {
        // The address has been used up or has expired: work may take longer than the half hour that it lives.
        await answerIn(args.client, { channel, user }, message, { visibility, format });
      }
    }, clock);
    requestOf(args).tellError = (message) => interim.end({ message, visibility: 'ephemeral' });
    const done = await commands.run({
      text: unescapeEntities(command.text).trim(),
      user,
      channel,
      teamId: command.team_id,
      triggerId: command.trigger_id,
      openForm: async (form) => {
        const begun = await forms.begin({ user, channel, ...form });
        await openModelForm(args.client, command.trigger_id, begun);
      },
      openImport: async () => {
        await forms.beginImport({ user });
        await openImport(args.client, command.trigger_id);
      },
      meanwhile: interim.show,
    });
    // A dialog is its own answer.
    if (done.message.blocks.length > 0) await interim.end(done);
  };
}
