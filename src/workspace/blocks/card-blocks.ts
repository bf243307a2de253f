import { z } from 'zod';
import { Table } from './data-blocks.ts';
import { Button, ImageElement } from './elements.ts';
import { limits } from './limits.ts';
import { anyText, BlockId, mrkdwn, plainText } from './objects.ts';
import { Actions, Context, Divider, Header, Image, Input, Section, Video } from './plain-blocks.ts';
import { RichText } from './rich-text.ts';

export const Card = z.strictObject({
  type: z.literal('card'),
  block_id: BlockId,
  hero_image: ImageElement.optional(),
  icon: ImageElement.optional(),
  title: mrkdwn(limits.cardTitle).optional(),
  subtitle: mrkdwn(limits.cardTitle).optional(),
  body: mrkdwn(limits.cardBody).optional(),
  actions: z.array(Button).min(1).max(limits.cardActions).optional(),
});

export const Carousel = z.strictObject({
  type: z.literal('carousel'),
  block_id: BlockId,
  elements: z.array(Card).min(1).max(limits.carouselCards),
});

const Child = z.discriminatedUnion('type', [
  Actions,
  Context,
  Divider,
  Header,
  Image,
  Input,
  RichText,
  Section,
  Table,
  Video,
]);

export const Container = z
  .strictObject({
    type: z.literal('container'),
    block_id: BlockId,
    title: plainText(limits.containerTitle).optional(),
    rich_text_title: RichText.optional(),
    subtitle: anyText(limits.containerTitle).optional(),
    child_blocks: z.array(Child).min(1).max(limits.containerBlocks),
    width: z.enum(['narrow', 'standard', 'wide', 'full']).optional(),
    icon: ImageElement.optional(),
    is_collapsible: z.boolean().optional(),
    default_collapsed: z.boolean().optional(),
    has_header_divider: z.boolean().optional(),
  })
  .refine(
    (one) => one.title !== undefined || one.rich_text_title !== undefined,
    'must provide one of: title, rich_text_title',
  )
  .refine((one) => !one.default_collapsed || one.is_collapsible, 'default_collapsed requires is_collapsible');
