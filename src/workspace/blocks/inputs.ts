import { z } from 'zod';
import { limits } from './limits.ts';
import { ActionId, focus, placeholder, Url } from './objects.ts';
import { RichText } from './rich-text.ts';

const DispatchConfig = z.strictObject({
  trigger_actions_on: z.array(z.enum(['on_enter_pressed', 'on_character_entered'])).min(1),
});
const typed = {
  action_id: ActionId,
  placeholder,
  dispatch_action_config: DispatchConfig.optional(),
  ...focus,
};
const number = z.string().regex(/^-?\d+(\.\d+)?$/, 'invalid number');

export const RichTextInput = z.strictObject({
  type: z.literal('rich_text_input'),
  ...typed,
  initial_value: RichText.optional(),
  min_lines: z.int().min(1).optional(),
  max_lines: z.int().min(1).optional(),
});

/** What only an input block may hold. */
export const textInputs = [
  z.strictObject({
    type: z.literal('plain_text_input'),
    ...typed,
    initial_value: z.string().max(limits.plainTextInput).optional(),
    multiline: z.boolean().optional(),
    min_length: z.int().min(0).max(limits.plainTextInput).optional(),
    max_length: z.int().min(1).max(limits.plainTextInput).optional(),
  }),
  z.strictObject({
    type: z.literal('number_input'),
    ...typed,
    is_decimal_allowed: z.boolean(),
    initial_value: number.optional(),
    min_value: number.optional(),
    max_value: number.optional(),
  }),
  z.strictObject({ type: z.literal('email_text_input'), ...typed, initial_value: z.email('invalid email').optional() }),
  z.strictObject({ type: z.literal('url_text_input'), ...typed, initial_value: Url.optional() }),
  z.strictObject({
    type: z.literal('file_input'),
    action_id: ActionId,
    filetypes: z.array(z.string().min(1)).min(1).optional(),
    max_files: z.int().min(1).max(limits.fileInputFiles).optional(),
  }),
  RichTextInput,
] as const;
