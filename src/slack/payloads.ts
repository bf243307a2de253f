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

/** What stands in one input of a dialog, whatever it is. */
const InputState = z.object({
  value: z.string().nullish(),
  selected_option: z.object({ value: Text }).nullish(),
  selected_users: z.array(Text).optional(),
  selected_conversation: Text.nullish(),
  selected_time: Text.nullish(),
  selected_options: z.array(z.object({ value: Text })).optional(),
});
const Inputs = z.record(z.string(), z.record(z.string(), InputState));
export type Inputs = z.infer<typeof Inputs>;

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
  message: z.object({ ts: Text.optional(), thread_ts: Text.optional() }).nullish(),
  /** Where it was pressed in the home tab or in a dialog. */
  view: z
    .object({
      id: Text.optional(),
      type: Text.optional(),
      hash: Text.optional(),
      private_metadata: Text.optional(),
      state: z.object({ values: Inputs }).nullish(),
    })
    .nullish(),
});
export type BlockActions = z.infer<typeof BlockActions>;

/** What was picked in the menu of a message. */
export const MessageAction = z.object({
  user: z.object({ id: User }),
  channel: z.object({ id: Text }),
  message: z.object({ ts: Text, thread_ts: Text.optional() }),
});

export const ViewSubmission = z.object({
  user: z.object({ id: User }),
  view: z.object({
    id: Text,
    private_metadata: Text.default(''),
    state: z.object({ values: Inputs }),
  }),
});
export type ViewSubmission = z.infer<typeof ViewSubmission>;

export const ViewClosed = z.object({
  user: z.object({ id: User }),
  view: z.object({ id: Text, private_metadata: Text.default('') }),
});

export const AppMention = z.object({
  team_id: Text,
  event: z.object({ user: User, text: Text, channel: Text, ts: Text, thread_ts: Text.optional() }),
});
export type AppMention = z.infer<typeof AppMention>;

export const HomeOpened = z.object({
  event: z.object({ user: User, tab: Text, view: z.object({ hash: Text.optional() }).nullish() }),
});
export type HomeOpened = z.infer<typeof HomeOpened>;

/** A field of another form is as good as none here: the listener's own schema judges it. */
const MaybeText = Text.optional().catch(undefined);
const Holder = z.object({ id: MaybeText, team_id: MaybeText }).optional().catch(undefined);

/** What every payload may say of where it comes from and of being a repeat. */
export const Envelope = z.object({
  type: MaybeText,
  api_app_id: MaybeText,
  team_id: MaybeText,
  team: Holder,
  user: Holder,
  event_id: MaybeText,
  trigger_id: MaybeText,
  /** Of a shortcut. */
  callback_id: MaybeText,
  action_ts: MaybeText,
  command: MaybeText,
  actions: z
    .array(z.object({ action_id: MaybeText, action_ts: MaybeText }))
    .optional()
    .catch(undefined),
  message: z.object({ ts: MaybeText }).optional().catch(undefined),
  container: z.object({ message_ts: MaybeText }).optional().catch(undefined),
  view: z.object({ id: MaybeText, hash: MaybeText }).optional().catch(undefined),
  event: z.object({ user_team: MaybeText, source_team: MaybeText }).optional().catch(undefined),
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

/** The thread of the reply that was pressed; a parent message with replies names itself and is none. */
export function pressedThread({ message }: BlockActions): string | undefined {
  return message?.thread_ts === message?.ts ? undefined : message?.thread_ts;
}
