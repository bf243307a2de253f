import { z } from 'zod';
import { ActionsElement, ContextActionsElement, ImageElement, InputElement, SectionAccessory } from './elements.ts';
import { limits } from './limits.ts';
import { anyText, BlockId, hasOneImageSource, ImageSource, mrkdwn, oneImageSourceText, plainText } from './objects.ts';
import { RichText } from './rich-text.ts';

const Header = z.strictObject({
  type: z.literal('header'),
  block_id: BlockId,
  text: plainText(limits.headerText),
  level: z.int().min(1).max(4).optional(),
});

const Section = z
  .strictObject({
    type: z.literal('section'),
    block_id: BlockId,
    text: anyText(limits.sectionText).optional(),
    fields: z.array(anyText(limits.sectionFieldText)).min(1).max(limits.sectionFields).optional(),
    accessory: SectionAccessory.optional(),
    expand: z.boolean().optional(),
  })
  .refine((section) => section.text !== undefined || section.fields !== undefined, 'must provide one of: text, fields');

const Context = z.strictObject({
  type: z.literal('context'),
  block_id: BlockId,
  elements: z
    .array(z.discriminatedUnion('type', [plainText(limits.contextText), mrkdwn(limits.contextText), ImageElement]))
    .min(1)
    .max(limits.contextElements),
});

const Actions = z.strictObject({
  type: z.literal('actions'),
  block_id: BlockId,
  elements: z.array(ActionsElement).min(1).max(limits.actionsElements),
});

const ContextActions = z.strictObject({
  type: z.literal('context_actions'),
  block_id: BlockId,
  elements: z.array(ContextActionsElement).min(1).max(limits.contextActionsElements),
});

const Divider = z.strictObject({ type: z.literal('divider'), block_id: BlockId });

const Image = z
  .strictObject({
    type: z.literal('image'),
    block_id: BlockId,
    ...ImageSource,
    title: plainText(limits.imageTitle).optional(),
  })
  .refine(hasOneImageSource, oneImageSourceText);

const Input = z.strictObject({
  type: z.literal('input'),
  block_id: BlockId,
  label: plainText(limits.inputLabel),
  element: InputElement,
  hint: plainText(limits.inputHint).optional(),
  optional: z.boolean().optional(),
  dispatch_action: z.boolean().optional(),
});

const Markdown = z.strictObject({
  type: z.literal('markdown'),
  block_id: BlockId,
  text: z.string().min(1).max(limits.markdownTextPerMessage),
});

const Table = z.strictObject({
  type: z.literal('table'),
  block_id: BlockId,
  column_settings: z
    .array(
      z
        .strictObject({ align: z.enum(['left', 'center', 'right']).optional(), is_wrapped: z.boolean().optional() })
        .nullable(),
    )
    .max(limits.tableCells)
    .optional(),
  rows: z
    .array(
      z
        .array(
          z.discriminatedUnion('type', [
            z.strictObject({ type: z.literal('raw_text'), text: z.string() }),
            z.strictObject({ type: z.literal('raw_number'), value: z.number(), text: z.string().optional() }),
            RichText,
          ]),
        )
        .min(1)
        .max(limits.tableCells),
    )
    .min(1)
    .max(limits.tableRows),
});

const everywhere = [Header, Section, Context, Actions, Divider, Image, Input, RichText] as const;

export type Surface = 'message' | 'modal' | 'home';

export const blocksBySurface = {
  message: z
    .array(z.discriminatedUnion('type', [...everywhere, ContextActions, Markdown, Table]))
    .max(limits.blocksPerMessage),
  modal: z.array(z.discriminatedUnion('type', [...everywhere])).max(limits.blocksPerView),
  home: z.array(z.discriminatedUnion('type', [...everywhere, Table])).max(limits.blocksPerView),
} as const;
