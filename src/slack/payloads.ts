import { z } from 'zod';
import { DriftbellError } from '../domain/errors.ts';
import type { UserId } from '../domain/identifiers.ts';

/** Only the fields that are used; everything else that Slack sends is let through unread. */
const Text = z.string();
const User = z.string().min(1).transform(asUserId);

export const SlashCommand = z.object({
  command: Text,
  text: Text.default(''),
  user_id: User,
  channel_id: Text,
  team_id: Text,
  trigger_id: Text,
});
export type SlashCommand = z.infer<typeof SlashCommand>;

const PressedAction = z.object({
  action_id: Text,
  action_ts: Text.optional(),
  value: Text.optional(),
  selected_option: z.object({ value: Text }).nullish(),
});

export const BlockActions = z.object({
  user: z.object({ id: User }),
  actions: z.tuple([PressedAction], PressedAction),
  container: z.object({ is_ephemeral: z.boolean().optional() }).optional(),
  message: z.object({ ts: Text.optional(), thread_ts: Text.optional() }).optional(),
});
export type BlockActions = z.infer<typeof BlockActions>;

export const AppMention = z.object({
  team_id: Text,
  event: z.object({ user: User, text: Text, channel: Text, ts: Text, thread_ts: Text.optional() }),
});
export type AppMention = z.infer<typeof AppMention>;

export const HomeOpened = z.object({ team_id: Text, event: z.object({ user: User, tab: Text }) });
export type HomeOpened = z.infer<typeof HomeOpened>;

const Holder = z.object({ id: Text.optional(), team_id: Text.nullish() });

/** What every payload may say of where it comes from and of being a repeat. */
export const Envelope = z.object({
  type: Text.optional(),
  api_app_id: Text.optional(),
  team_id: Text.nullish(),
  team: Holder.nullish(),
  user: Holder.nullish().catch(undefined),
  event_id: Text.optional(),
  trigger_id: Text.optional(),
  command: Text.optional(),
  actions: z.array(PressedAction).optional(),
  message: z.object({ ts: Text.optional() }).nullish(),
  container: z.object({ message_ts: Text.optional() }).nullish(),
  view: z.object({ id: Text.optional(), hash: Text.optional() }).nullish(),
  event: z.object({ user_team: Text.optional(), source_team: Text.optional() }).nullish(),
});
export type Envelope = z.infer<typeof Envelope>;

/** The payload as its schema has it. Throws `usage.invalid`. */
export function parsePayload<Schema extends z.ZodType>(schema: Schema, payload: unknown): z.output<Schema> {
  const parsed = schema.safeParse(payload);
  if (parsed.success) return parsed.data;
  throw new DriftbellError('usage.invalid', {
    expected: 'a payload as Slack documents it',
    received: z.prettifyError(parsed.error),
    remedy: 'try again, and report it if it stays',
    cause: parsed.error,
  });
}

/** The value of the one thing that was pressed or chosen. */
export function pressedValue({ actions: [action] }: BlockActions): string {
  return action.selected_option?.value ?? action.value ?? '';
}

/** Slack's user ids are the user ids of the domain. */
function asUserId(id: string): UserId {
  return id as UserId;
}
