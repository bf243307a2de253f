import { z } from 'zod';
import { ActionsElement, ContextActionsElement, ImageElement, InputElement, SectionAccessory } from './elements.ts';
import { limits } from './limits.ts';
import { anyText, BlockId, hasOneImageSource, ImageSource, mrkdwn, oneImageSourceText, plainText } from './objects.ts';
import { RichText } from './rich-text.ts';

export const Header = z.strictObject({
  type: z.literal('header'),
  block_id: BlockId,
  text: plainText(limits.headerText),
  level: z.int().min(1).max(4).optional(),
});

export const Section = z
  .strictObject({
    type: z.literal('section'),
    block_id: BlockId,
    text: anyText(limits.sectionText).optional(),
    fields: z.array(anyText(limits.sectionFieldText)).min(1).max(limits.sectionFields).optional(),
    accessory: SectionAccessory.optional(),
    expand: z.boolean().optional(),
  })
  .refine((section) => section.text !== undefined || section.fields !== undefined, 'must provide one of: text, fields');

export const Context = z.strictObject({
  type: z.literal('context'),
  block_id: BlockId,
  elements: z
    .array(z.discriminatedUnion('type', [plainText(limits.contextText), mrkdwn(limits.contextText), ImageElement]))
    .min(1)
    .max(limits.contextElements),
});

export const Actions = z.strictObject({
  type: z.literal('actions'),
  block_id: BlockId,
  elements: z.array(ActionsElement).min(1).max(limits.actionsElements),
});

export const ContextActions = z.strictObject({
  type: z.literal('context_actions'),
  block_id: BlockId,
  elements: z.array(ContextActionsElement).min(1).max(limits.contextActionsElements),
});

export const Divider = z.strictObject({ type: z.literal('divider'), block_id: BlockId });

export const Image = z
  .strictObject({
    type: z.literal('image'),
    block_id: BlockId,
    ...ImageSource,
    title: plainText(limits.imageTitle).optional(),
  })
  .refine(hasOneImageSource, oneImageSourceText);

export const Input = z.strictObject({
  type: z.literal('input'),
  block_id: BlockId,
  label: plainText(limits.inputLabel),
  element: InputElement,
  hint: plainText(limits.inputHint).optional(),
  optional: z.boolean().optional(),
  dispatch_action: z.boolean().optional(),
});

export const Markdown = z.strictObject({
  type: z.literal('markdown'),
  block_id: BlockId,
  text: z.string().min(1).max(limits.markdownTextPerMessage),
});

const httpsUrl = z
  .string()
  .max(limits.url)
  .regex(/^https:\/\/\S+$/i, 'must be an https url');

export const Video = z.strictObject({
  type: z.literal('video'),
  block_id: BlockId,
  video_url: httpsUrl,
  thumbnail_url: httpsUrl,
  alt_text: z.string().min(1).max(limits.imageAltText),
  title: plainText(limits.videoTitle),
  title_url: httpsUrl.optional(),
  author_name: z.string().max(limits.videoAuthor).optional(),
  provider_name: z.string().optional(),
  provider_icon_url: httpsUrl.optional(),
  description: plainText(limits.videoTitle).optional(),
});

export const Alert = z.strictObject({
  type: z.literal('alert'),
  block_id: BlockId,
  text: anyText(limits.alertText),
  level: z.enum(['default', 'info', 'warning', 'error', 'success']).optional(),
});

const TaskCard = z.strictObject({
  type: z.literal('task_card'),
  block_id: BlockId,
  task_id: z.string().min(1),
  title: z.string().min(1),
  details: RichText.optional(),
  output: RichText.optional(),
  sources: z.array(z.strictObject({ type: z.literal('url'), url: httpsUrl, text: z.string().min(1) })).optional(),
  status: z.enum(['pending', 'in_progress', 'complete', 'error']),
});

const Plan = z.strictObject({
  type: z.literal('plan'),
  block_id: BlockId,
  title: z.string().min(1),
  tasks: z.array(TaskCard).optional(),
});

export const taskBlocks = [TaskCard, Plan] as const;
