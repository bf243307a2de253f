import { z } from 'zod';
import type { Message } from '../messages/message.ts';

const Inline = z.array(
  z.discriminatedUnion('type', [
    z.object({ type: z.literal('text'), text: z.string(), style: z.enum(['bold', 'italic', 'code']).optional() }),
    z.object({ type: z.literal('user'), userId: z.string() }),
    z.object({ type: z.literal('channel'), channelId: z.string() }),
    z.object({ type: z.literal('link'), url: z.string(), text: z.string() }),
  ]),
);

const Confirm = z.object({ title: z.string(), text: z.string(), confirm: z.string(), deny: z.string() });

const Action = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('button'),
    action: z.string(),
    text: z.string(),
    value: z.string(),
    style: z.enum(['primary', 'danger']).optional(),
    accessibilityLabel: z.string().optional(),
    confirm: Confirm.optional(),
  }),
  z.object({
    type: z.literal('menu'),
    action: z.string(),
    text: z.string(),
    options: z.array(z.object({ text: z.string(), value: z.string() })),
  }),
]);

const Choice = z.object({ text: z.string(), value: z.string(), accessibilityLabel: z.string() });

const Table = z.object({
  title: z.string(),
  look: z.enum(['line', 'bar']),
  categories: z.array(z.string()),
  series: z.array(z.object({ name: z.string(), values: z.array(z.number()) })),
  unit: z.string(),
});

const Block = z.discriminatedUnion('type', [
  z.object({ type: z.literal('header'), text: z.string() }),
  z.object({ type: z.literal('paragraph'), content: Inline }),
  z.object({ type: z.literal('facts'), facts: z.array(z.object({ label: z.string(), value: Inline })) }),
  z.object({
    type: z.literal('list'),
    items: z.array(Inline),
    more: z.number().optional(),
    overflowNote: z.string(),
  }),
  z.object({
    type: z.literal('image'),
    fileId: z.string(),
    altText: z.string(),
    title: z.string().optional(),
    table: Table.optional(),
  }),
  z.object({ type: z.literal('chart'), table: Table, altText: z.string() }),
  z.object({ type: z.literal('actions'), actions: z.array(Action) }),
  z.object({ type: z.literal('feedback'), action: z.string(), positive: Choice, negative: Choice }),
  z.object({ type: z.literal('context'), content: Inline }),
  z.object({ type: z.literal('preformatted'), text: z.string() }),
  z.object({ type: z.literal('divider') }),
]);

/** A neutral message as it waits in the outbox. */
const StoredMessageShape = z.object({ text: z.string(), blocks: z.array(Block) });

/** The compiler sees that the shape and the tree of messages stay one; zod's optional fields may be undefined. */
export const StoredMessage = StoredMessageShape as unknown as z.ZodType<Message>;

type Loose<T> = T extends (infer Item)[]
  ? readonly Loose<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: Loose<T[Key]> }
    : T;
/** Fails to compile where the message tree has something that is not stored. */
export const isEveryMessageStorable: Message extends Loose<z.input<typeof StoredMessageShape>> ? true : never = true;
