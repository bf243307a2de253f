import { z } from 'zod';
import { RichTextInput, textInputs } from './inputs.ts';
import { limits } from './limits.ts';
import {
  ActionId,
  ChoiceOption,
  Confirm,
  focus,
  hasOneImageSource,
  ImageSource,
  OverflowOption,
  oneImageSourceText,
  placeholder,
  plainText,
  Url,
} from './objects.ts';
import { selects } from './selects.ts';

const accessibility = { accessibility_label: z.string().max(limits.accessibilityLabel).optional() };
const style = z.enum(['primary', 'danger']).optional();

export const Button = z.strictObject({
  type: z.literal('button'),
  action_id: ActionId,
  text: plainText(limits.buttonText),
  url: Url.optional(),
  value: z.string().max(limits.buttonValue).optional(),
  style,
  confirm: Confirm.optional(),
  ...accessibility,
});

const WorkflowButton = z.strictObject({
  type: z.literal('workflow_button'),
  action_id: ActionId,
  text: plainText(limits.buttonText),
  workflow: z.looseObject({ trigger: z.looseObject({ url: Url }) }),
  style,
  ...accessibility,
});

const Overflow = z.strictObject({
  type: z.literal('overflow'),
  action_id: ActionId,
  options: z.array(OverflowOption).min(limits.overflowOptionsMin).max(limits.overflowOptions),
  confirm: Confirm.optional(),
});

const choices = z.array(ChoiceOption).min(1).max(limits.choiceOptions);
const choice = { action_id: ActionId, options: choices, confirm: Confirm.optional(), ...focus };
const picker = { action_id: ActionId, confirm: Confirm.optional(), ...focus };

const pickers = [
  ...selects,
  z.strictObject({ type: z.literal('checkboxes'), ...choice, initial_options: choices.optional() }),
  z.strictObject({ type: z.literal('radio_buttons'), ...choice, initial_option: ChoiceOption.optional() }),
  z.strictObject({
    type: z.literal('datepicker'),
    ...picker,
    placeholder,
    initial_date: z.iso.date('invalid date').optional(),
  }),
  z.strictObject({
    type: z.literal('timepicker'),
    ...picker,
    placeholder,
    initial_time: z
      .string()
      .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'invalid time')
      .optional(),
    timezone: z.string().optional(),
  }),
] as const;

/** Slack knows it in actions and inputs, not beside a section. */
const DateTimePicker = z.strictObject({
  type: z.literal('datetimepicker'),
  ...picker,
  initial_date_time: z.int().min(1_000_000_000).max(9_999_999_999).optional(),
});

const feedbackButton = z.strictObject({
  text: plainText(limits.buttonText),
  value: z.string().min(1).max(limits.buttonValue),
  ...accessibility,
});
const FeedbackButtons = z.strictObject({
  type: z.literal('feedback_buttons'),
  action_id: ActionId,
  positive_button: feedbackButton,
  negative_button: feedbackButton,
});
const IconButton = z.strictObject({
  type: z.literal('icon_button'),
  action_id: ActionId,
  icon: z.literal('trash'),
  text: plainText(limits.buttonText),
  value: z.string().max(limits.buttonValue).optional(),
  confirm: Confirm.optional(),
  ...accessibility,
  visible_to_user_ids: z.array(z.string()).optional(),
});

export const ImageElement = z
  .strictObject({ type: z.literal('image'), ...ImageSource })
  .refine(hasOneImageSource, oneImageSourceText);

export const ActionsElement = z.discriminatedUnion('type', [
  Button,
  WorkflowButton,
  Overflow,
  RichTextInput,
  DateTimePicker,
  ...pickers,
]);
export const SectionAccessory = z.discriminatedUnion('type', [
  Button,
  WorkflowButton,
  Overflow,
  ImageElement,
  ...pickers,
]);
export const InputElement = z.discriminatedUnion('type', [...textInputs, DateTimePicker, ...pickers]);
export const ContextActionsElement = z.discriminatedUnion('type', [FeedbackButtons, IconButton]);
