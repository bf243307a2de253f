import { z } from 'zod';
import { limits } from './limits.ts';
import { ActionId, Confirm, focus, Option, OptionGroup, placeholder } from './objects.ts';

const menu = { action_id: ActionId, placeholder, confirm: Confirm.optional(), ...focus };
const many = { ...menu, max_selected_items: z.int().min(1).optional() };
const ids = z.array(z.string().min(1)).min(1).optional();

const lists = {
  options: z.array(Option).min(1).max(limits.selectOptions).optional(),
  option_groups: z.array(OptionGroup).min(1).max(limits.optionGroups).optional(),
};
const oneListText = 'must provide exactly one of: options, option_groups';

function hasOneList(select: { options?: unknown; option_groups?: unknown }): boolean {
  return (select.options === undefined) !== (select.option_groups === undefined);
}

const external = { min_query_length: z.int().min(0).optional() };
const conversations = {
  default_to_current_conversation: z.boolean().optional(),
  filter: z
    .strictObject({
      include: z
        .array(z.enum(['im', 'mpim', 'private', 'public']))
        .min(1)
        .optional(),
      exclude_external_shared_channels: z.boolean().optional(),
      exclude_bot_users: z.boolean().optional(),
    })
    .optional(),
};
const respondable = { response_url_enabled: z.boolean().optional() };

/** Menus, of options that are given, of options that the app is asked for, and of people and places. */
export const selects = [
  z
    .strictObject({ type: z.literal('static_select'), ...menu, ...lists, initial_option: Option.optional() })
    .refine(hasOneList, oneListText),
  z
    .strictObject({
      type: z.literal('multi_static_select'),
      ...many,
      ...lists,
      initial_options: z.array(Option).min(1).optional(),
    })
    .refine(hasOneList, oneListText),
  z.strictObject({ type: z.literal('external_select'), ...menu, ...external, initial_option: Option.optional() }),
  z.strictObject({
    type: z.literal('multi_external_select'),
    ...many,
    ...external,
    initial_options: z.array(Option).min(1).optional(),
  }),
  z.strictObject({ type: z.literal('users_select'), ...menu, initial_user: z.string().optional() }),
  z.strictObject({ type: z.literal('multi_users_select'), ...many, initial_users: ids }),
  z.strictObject({
    type: z.literal('channels_select'),
    ...menu,
    ...respondable,
    initial_channel: z.string().optional(),
  }),
  z.strictObject({ type: z.literal('multi_channels_select'), ...many, initial_channels: ids }),
  z.strictObject({
    type: z.literal('conversations_select'),
    ...menu,
    ...respondable,
    ...conversations,
    initial_conversation: z.string().optional(),
  }),
  z.strictObject({
    type: z.literal('multi_conversations_select'),
    ...many,
    ...conversations,
    initial_conversations: ids,
  }),
] as const;
