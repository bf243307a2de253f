import { z } from 'zod';
import { limits } from './limits.ts';

export function plainText(max: number) {
  return z.strictObject({
    type: z.literal('plain_text'),
    text: z.string().min(1).max(max),
    emoji: z.boolean().optional(),
  });
}

export function mrkdwn(max: number) {
  return z.strictObject({
    type: z.literal('mrkdwn'),
    text: z.string().min(1).max(max),
    verbatim: z.boolean().optional(),
  });
}

export function anyText(max: number) {
  return z.discriminatedUnion('type', [plainText(max), mrkdwn(max)]);
}

export const BlockId = z.string().min(1).max(limits.blockId).optional();
export const ActionId = z.string().min(1).max(limits.actionId).optional();
export const Url = z
  .string()
  .max(limits.url)
  .regex(/^(https?:\/\/\S+|mailto:\S+)$/i, 'invalid url');

export const placeholder = plainText(limits.placeholder).optional();
export const focus = { focus_on_load: z.boolean().optional() };

export const Confirm = z.strictObject({
  title: plainText(limits.confirmTitle),
  text: anyText(limits.confirmText),
  confirm: plainText(limits.confirmButton),
  deny: plainText(limits.confirmButton),
  style: z.enum(['primary', 'danger']).optional(),
});

const optionShape = {
  value: z.string().min(1).max(limits.optionValue),
  description: plainText(limits.optionDescription).optional(),
};

export const Option = z.strictObject({ ...optionShape, text: plainText(limits.optionText) });
export const ChoiceOption = z.strictObject({
  ...optionShape,
  text: anyText(limits.optionText),
  description: anyText(limits.optionDescription).optional(),
});
export const OverflowOption = z.strictObject({
  ...optionShape,
  text: plainText(limits.optionText),
  url: Url.optional(),
});
export const OptionGroup = z.strictObject({
  label: plainText(limits.optionText),
  options: z.array(Option).min(1).max(limits.selectOptions),
});

/** Slack accepts exactly one of the two ways to name a hosted file. */
export const SlackFile = z
  .strictObject({
    id: z
      .string()
      .regex(/^F[A-Z0-9]{8,}$/, 'invalid slack file')
      .optional(),
    url: Url.optional(),
  })
  .refine((file) => (file.id === undefined) !== (file.url === undefined), 'must provide exactly one of: id, url');

export const ImageSource = {
  image_url: Url.optional(),
  slack_file: SlackFile.optional(),
  alt_text: z.string().min(1).max(limits.imageAltText),
};

export function hasOneImageSource(image: { image_url?: unknown; slack_file?: unknown }): boolean {
  return (image.image_url === undefined) !== (image.slack_file === undefined);
}

export const oneImageSourceText = 'must provide exactly one of: image_url, slack_file';
