import type { EpochMs, ReportId } from '../domain/identifiers.ts';
import type { Message } from '../messages/message.ts';

/**
 * What has to reach the chat. `report`: the message of a report as it stands when it is sent. `details`: what follows it
 * in its own time: the picture inside it, and the findings, charts and table in its thread. `note`: a reply in the thread,
 * with what was true when it was written. `channel`: a message of its own.
 */
export type OutboxMail =
  | { readonly kind: 'report' | 'details'; readonly reportId: ReportId; readonly revision: number }
  | {
      readonly kind: 'note';
      readonly reportId: ReportId;
      readonly revision: number;
      readonly message: Message;
      /** True: shown in the channel too. */
      readonly isBroadcast: boolean;
    }
  | { readonly kind: 'channel'; readonly channel: string; readonly message: Message };

/** A message that has to reach the chat: written in the transaction that decided it, sent after the commit. */
export type OutboxEntry = OutboxMail & {
  readonly key: string;
  readonly attempts: number;
  readonly notBefore: EpochMs;
  /** When an earlier try began of which nobody knows how it ended: its message may be in the chat already. */
  readonly unsureSince?: EpochMs;
  /** When quiet hours first kept it back. */
  readonly heldAt?: EpochMs;
  /** What stood in the way of its newest try, in words. */
  readonly lastError?: string;
};

export interface OutboxStore {
  /** Does nothing when the key is there already: the same decision is sent once. */
  add(entry: OutboxMail & { readonly key: string; readonly at: EpochMs }): void;
  /** True where the key was added at any time. */
  has(key: string): boolean;
  /** What is due, `details` last, else in the order it was added. */
  due(at: EpochMs, limit: number): readonly OutboxEntry[];
  /** A try begins: until it is told how it ended, nobody is sure. */
  begin(key: string, at: EpochMs): void;
  /** A try ended well and there is more to do. */
  partDone(key: string): void;
  sent(key: string, at: EpochMs): void;
  /** Kept back, which is no failure: it is due again at `notBefore`. `isMadeQuiet`: a note for its thread alone then. */
  hold(key: string, held: { readonly at: EpochMs; readonly notBefore: EpochMs; readonly isMadeQuiet: boolean }): void;
  /** `isSure`: nothing of the try can have reached the chat. */
  retry(key: string, again: { readonly notBefore: EpochMs; readonly error: string; readonly isSure: boolean }): void;
  fail(key: string, at: EpochMs, error: string): void;
  /**
   * Given up since an instant, the oldest first. A report is not lost where a later state of it went out: that is left out.
   */
  failed(since: EpochMs, limit: number): readonly OutboxEntry[];
  pending(): number;
}
