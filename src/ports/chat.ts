import type { PostedMessage } from '../domain/report.ts';
import type { Message } from '../messages/message.ts';

/** Flat facts that travel with a message, so that a lost answer can be recognised later. No secrets. */
export type MessageMetadata = Readonly<Record<string, string | number>>;

/** The chat as Driftbell needs it. Throws `slack.*` errors; retries nothing: the outbox does. */
export interface Chat {
  /** The id of a channel given by id or name. Throws `slack.rejected` for one that the bot cannot see. */
  channelId(channel: string): Promise<string>;
  /** The id of a channel in which the bot may post now. Throws `slack.rejected` for an archived or a foreign one. */
  postable(channel: string): Promise<string>;
  post(
    message: Message,
    to: {
      readonly channel: string;
      readonly threadTs?: string;
      /** Of a reply: shown in the channel too. */
      readonly isBroadcast?: boolean;
      readonly metadata?: MessageMetadata;
    },
  ): Promise<PostedMessage>;
  update(posted: PostedMessage, message: Message, metadata?: MessageMetadata): Promise<void>;
  /**
   * A message that was posted with this `key` in its metadata, in a channel or a thread, at an instant or later. Undefined
   * where there is none, or where the bot may not read along.
   */
  find(sought: {
    readonly channel: string;
    readonly threadTs?: string;
    readonly key: string;
    readonly sinceMs: number;
  }): Promise<PostedMessage | undefined>;
  /** Uploads a file into a thread, where people can open it. */
  shareFile(
    file: { readonly filename: string; readonly bytes: Uint8Array; readonly title: string },
    thread: PostedMessage,
  ): Promise<void>;
  /** Uploads a private file and resolves with its id once it can be used inside a message. */
  uploadImage(image: {
    readonly filename: string;
    readonly png: Uint8Array;
    readonly altText: string;
  }): Promise<string>;
}
