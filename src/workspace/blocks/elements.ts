import { z } from 'zod';
import { limits } from './limits.ts';
import {
  ActionId,
  ChoiceOption,
  Confirm,
  hasOneImageSource,
  ImageSource,
  Option,
  OptionGroup,
  OverflowOption,
  oneImageSourceText,
  plainText,
  Url,
} from './objects.ts';

const placeholder = plainText(limits.placeholder).optional();
const focus = { focus_on_load: z.boolean().optional() };
const menu = { action_id: ActionId, placeholder, confirm: Confirm.optional(), ...focus };

const Button = z.strictObject({
  type: z.literal('button'),
  action_id: ActionId,
  text: plainText(limits.buttonText),
  url: Url.optional(),
  value: z.string().max(limits.buttonValue).optional(),
  style: z.enum(['primary', 'danger']).optional(),
  confirm: Confirm.optional(),
  accessibility_label: z.string().max(limits.accessibilityLabel).optional(),
});

const Overflow = z.strictObject({
  type: z.literal('overflow'),
  action_id: ActionId,
  options: z.array(OverflowOption).min(limits.overflowOptionsMin).max(limits.overflowOptions),
  confirm: Confirm.optional(),
});

const selectLists = {
  options: z.array(Option).min(1).max(limits.selectOptions).optional(),
  option_groups: z.array(OptionGroup).min(1).max(limits.optionGroups).optional(),
};
const hasOneList = (select: { options?: unknown; option_groups?: unknown }): boolean =>
  (select.options === undefined) !== (select.option_groups === undefined);
const oneListText = 'must provide exactly one of: options, option_groups';

const StaticSelect = z
  .strictObject({ type: z.literal('static_select'), ...menu, ...selectLists, initial_option: Option.optional() })
  .refine(hasOneList, oneListText);

const MultiStaticSelect = z
  .strictObject({
    type: z.literal('multi_static_select'),
    ...menu,
    ...selectLists,
    initial_options: z.array(Option).min(1).optional(),
    max_selected_items: z.int().min(1).optional(),
  })
  .refine(hasOneList, oneListText);

const UsersSelect = z.strictObject({ type: z.literal('users_select'), ...menu, initial_user: z.string().optional() });
const ChannelsSelect = z.strictObject({
  type: z.literal('channels_select'),
  ...menu,
  initial_channel: z.string().optional(),
  response_url_enabled: z.boolean().optional(),
});
const ConversationsSelect = z.strictObject({
  type: z.literal('conversations_select'),
  ...menu,
  initial_conversation: z.string().optional(),
  default_to_current_conversation: z.boolean().optional(),
  response_url_enabled: z.boolean().optional(),
  filter: z.looseObject({}).optional(),
});

const choices = z.array(ChoiceOption).min(1).max(limits.choiceOptions);
const Checkboxes = z.strictObject({
  type: z.literal('checkboxes'),
  action_id: ActionId,
  options: choices,
  initial_options: choices.optional(),
  confirm: Confirm.optional(),
  ...focus,
});
const RadioButtons = z.strictObject({
  type: z.literal('radio_buttons'),
  action_id: ActionId,
  options: choices,
  initial_option: ChoiceOption.optional(),
  confirm: Confirm.optional(),
  ...focus,
});
const Datepicker = z.strictObject({
  type: z.literal('datepicker'),
  ...menu,
  initial_date: z.iso.date('invalid date').optional(),
});

const DispatchConfig = z.strictObject({
  trigger_actions_on: z.array(z.enum(['on_enter_pressed', 'on_character_entered'])).min(1),
});
const PlainTextInput = z.strictObject({
  type: z.literal('plain_text_input'),
  action_id: ActionId,
  placeholder,
  initial_value: z.string().max(limits.plainTextInput).optional(),
  multiline: z.boolean().optional(),
  min_length: z.int().min(0).max(limits.plainTextInput).optional(),
  max_length: z.int().min(1).max(limits.plainTextInput).optional(),
  dispatch_action_config: DispatchConfig.optional(),
  ...focus,
});
const NumberInput = z.strictObject({
  type: z.literal('number_input'),
  action_id: ActionId,
  placeholder,
  is_decimal_allowed: z.boolean(),
  initial_value: z.string().optional(),
  min_value: z.string().optional(),
  max_value: z.string().optional(),
  dispatch_action_config: DispatchConfig.optional(),
  ...focus,
});

const feedbackButton = z.strictObject({
  text: plainText(limits.buttonText),
  value: z.string().min(1).max(limits.buttonValue),
  accessibility_label: z.string().max(limits.accessibilityLabel).optional(),
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
  accessibility_label: z.string().max(limits.accessibilityLabel).optional(),
  visible_to_user_ids: z.array(z.string()).optional(),
});

export const ImageElement = z
  .strictObject({ type: z.literal('image'), ...ImageSource })
  .refine(hasOneImageSource, oneImageSourceText);

const pickers = [
  StaticSelect,
  MultiStaticSelect,
  UsersSelect,
  ChannelsSelect,
  ConversationsSelect,
  Checkboxes,
  RadioButtons,
  Datepicker,
] as const;

export const ActionsElement = z.discriminatedUnion('type', [Button, Overflow, ...pickers]);
export const SectionAccessory = z.discriminatedUnion('type', [Button, Overflow, ImageElement, ...pickers]);
export const InputElement = z.discriminatedUnion('type', [PlainTextInput, NumberInput, ...pickers]);
export const ContextActionsElement = z.discriminatedUnion('type', [FeedbackButtons, IconButton]);
