import type { ModalView, PlainTextOption } from '@slack/types';
import { z } from 'zod';
import { isChannelId } from '../../domain/chat-ids.ts';
import { WEEKDAYS } from '../../domain/digest-plan.ts';
import type { DigestForm, DigestValues } from '../../messages/form.ts';
import { text } from '../../messages/message.ts';
import { formatMessage } from '../block-kit.ts';
import { plainText } from '../elements.ts';
import { fieldBlockId, INPUT_ACTION, viewIds } from '../ids.ts';
import { limits } from '../limits.ts';
import { parsePayload, type ViewSubmission } from '../payloads.ts';
import { option, optionalInput } from './inputs.ts';
import { titleText } from './plain-view.ts';
import { readJson } from './read-form.ts';

const Subject = z.object({ channel: z.string().min(1), revision: z.number().int().nonnegative() });
const ON: PlainTextOption = option('Post it every week', 'on');
const DAYS: readonly PlainTextOption[] = WEEKDAYS.map((day, place) => option(day, String(place + 1)));

/** The dialog of a channel's weekly digest. */
export function digestView({ subject, zone, values }: DigestForm): ModalView {
  const { isOn, weekday, at, to } = values;
  const day = DAYS.find(({ value }) => value === weekday);
  const intro = [
    text('The week of the models that report to '),
    { type: 'channel' as const, channelId: subject.channel },
    text(' in one message: how they are, what opened and resolved, what is noisy, what votes taught.'),
  ];
  return {
    type: 'modal',
    callback_id: viewIds.digest,
    private_metadata: JSON.stringify(subject),
    title: titleText('Weekly digest'),
    submit: plainText('Save', limits.viewTitleChars),
    close: plainText('Cancel', limits.viewTitleChars),
    blocks: [
      ...formatMessage({ text: 'Weekly digest', blocks: [{ type: 'paragraph', content: intro }] }).blocks,
      optionalInput('isOn', 'Weekly digest', {
        type: 'checkboxes',
        action_id: INPUT_ACTION,
        options: [ON],
        ...(isOn ? { initial_options: [ON] } : {}),
      }),
      optionalInput('weekday', 'Day', {
        type: 'static_select',
        action_id: INPUT_ACTION,
        options: [...DAYS],
        ...(day && { initial_option: day }),
      }),
      {
        ...optionalInput('at', 'Time', {
          type: 'timepicker',
          action_id: INPUT_ACTION,
          ...(at === '' ? {} : { initial_time: at }),
        }),
        hint: plainText(`A time of ${zone}, the zone of most of these models.`, limits.labelChars),
      },
      {
        ...optionalInput('to', 'Channel', {
          type: 'conversations_select',
          action_id: INPUT_ACTION,
          filter: { include: ['public', 'private'], exclude_bot_users: true },
          ...(isChannelId(to) ? { initial_conversation: to } : {}),
        }),
        hint: plainText('Where it is posted. Invite the bot first.', limits.labelChars),
      },
    ],
  };
}

/** Whose digest it is. What comes back from Slack is input like any other. */
export function readDigestSubject({
  private_metadata: metadata,
}: Pick<ViewSubmission['view'], 'private_metadata'>): DigestForm['subject'] {
  return parsePayload(Subject, readJson(metadata));
}

/** What stands in the dialog; what is missing is as good as empty, and the verb's own rules judge it. */
export function readDigest({ state }: ViewSubmission['view']): DigestValues {
  const at = (name: keyof DigestValues) => state.values[fieldBlockId(name)]?.[INPUT_ACTION];
  return {
    isOn: (at('isOn')?.selected_options ?? []).length > 0,
    weekday: at('weekday')?.selected_option?.value ?? '',
    at: at('at')?.selected_time ?? '',
    to: at('to')?.selected_conversation ?? '',
  };
}
