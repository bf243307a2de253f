import type { InputBlock, KnownBlock, ModalView, PlainTextOption } from '@slack/types';
import { isChannelId, isPersonId } from '../../domain/chat-ids.ts';
import type { FormField, FormSubject, ModelForm, ModelFormValues } from '../../messages/form.ts';
import { plainText } from '../elements.ts';
import { fieldBlockId, INPUT_ACTION, viewIds } from '../ids.ts';
import { limits } from '../limits.ts';
import { literal } from '../mrkdwn.ts';
import { option } from './inputs.ts';
import { titleText } from './plain-view.ts';

type Element = InputBlock['element'];

const granularityOptions: readonly PlainTextOption[] = [option('Days', 'day'), option('Hours', 'hour')];

/** The dialog in which a model is declared. The values are text that a person typed, so they are cut to what Slack takes. */
export function modelFormView({ subject, values, errors = {} }: ModelForm): ModalView {
  return {
    type: 'modal',
    callback_id: viewIds.modelForm,
    private_metadata: JSON.stringify(subject),
    title: titleText(subject.kind === 'register' ? 'Watch a model' : `Edit ${subject.slug}`),
    submit: plainText('Look at the source', limits.viewTitleChars),
    close: plainText('Cancel', limits.viewTitleChars),
    blocks: [...errorBlocks(errors), ...fields(subject, values)],
  };
}

function fields(subject: FormSubject, values: Partial<ModelFormValues>): InputBlock[] {
  // Slack refuses an empty list.
  // Slack refuses a dialog that shows anything but a person or a channel of its own.
  const people = (values.owners ?? []).filter(isPersonId);
  return [
    ...(subject.kind === 'register'
      ? [
          field('slug', {
            label: 'Name',
            hint: 'Small letters, digits, dashes and underscores: what you type in commands.',
            element: textInput(values.slug, 'flight-delay'),
          }),
        ]
      : []),
    field('owners', {
      label: 'Owners',
      hint: 'They may change the model; everybody may act on its reports.',
      element: {
        type: 'multi_users_select',
        action_id: INPUT_ACTION,
        placeholder: plainText('People', limits.placeholderChars),
        ...(people.length === 0 ? {} : { initial_users: people }),
      },
    }),
    field('channel', {
      label: 'Channel for reports',
      hint: 'Invite the bot first.',
      element: {
        type: 'conversations_select',
        action_id: INPUT_ACTION,
        filter: { include: ['public', 'private'], exclude_bot_users: true },
        ...(values.channel === undefined || !isChannelId(values.channel)
          ? {}
          : { initial_conversation: values.channel }),
      },
    }),
    field('location', {
      label: 'Source',
      hint: 'A file, folder or glob of scored requests that the bot can read: Parquet, CSV or JSON lines.',
      element: textInput(values.location, '/data/scored/*.parquet'),
    }),
    field('timeColumn', {
      label: 'Time column',
      hint: 'When a request was scored.',
      element: textInput(values.timeColumn, 'scored_at'),
    }),
    field('scoreColumn', {
      label: 'Score column',
      hint: 'What the model answered; leave it empty where there is none.',
      isOptional: true,
      element: textInput(values.scoreColumn, 'score'),
    }),
    field('zone', {
      label: 'Time zone',
      hint: 'Days are cut in it.',
      element: textInput(values.zone, 'Europe/Berlin'),
    }),
    field('granularity', {
      label: 'Windows',
      hint: 'How long one window of statistics is.',
      element: {
        type: 'static_select',
        action_id: INPUT_ACTION,
        options: [...granularityOptions],
        initial_option: granularityOptions.find(({ value }) => value === values.granularity) ?? option('Days', 'day'),
      },
    }),
  ];
}

interface Field {
  readonly label: string;
  readonly hint: string;
  readonly isOptional?: true;
  readonly element: Element;
}

function field(name: FormField, { label, hint, isOptional, element }: Field): InputBlock {
  return {
    type: 'input',
    block_id: fieldBlockId(name),
    label: plainText(label, limits.labelChars),
    hint: plainText(hint, limits.labelChars),
    optional: isOptional === true,
    element,
  };
}

function textInput(value: string | undefined, example: string): Element {
  return {
    type: 'plain_text_input',
    action_id: INPUT_ACTION,
    max_length: 2_000,
    placeholder: plainText(example, limits.placeholderChars),
    ...(value === undefined || value === '' ? {} : { initial_value: value.slice(0, 2_000) }),
  };
}

/** Said on top where it came too late to be said at the field. */
function errorBlocks(errors: NonNullable<ModelForm['errors']>): KnownBlock[] {
  return Object.values(errors).map((error) => ({
    type: 'section',
    text: { type: 'mrkdwn', text: `⚠️ ${literal(error.slice(0, 1_000))}`, verbatim: true },
  }));
}
