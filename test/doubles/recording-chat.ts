import type { PostedMessage } from '../../src/domain/report.ts';
import type { Message } from '../../src/messages/message.ts';
import type { ChartRenderer } from '../../src/ports/chart-renderer.ts';
import type { Chat } from '../../src/ports/chat.ts';
import type { Logger } from '../../src/ports/logger.ts';

export interface RecordingChat extends Chat {
  readonly posts: { readonly posted: PostedMessage; readonly message: Message }[];
  readonly updates: { readonly posted: PostedMessage; readonly message: Message }[];
  readonly uploads: string[];
  /** Thrown by the next call, once. */
  failNext(error: unknown): void;
}

/** A chat that keeps what it is given. */
export function recordingChat(): RecordingChat {
  let failure: unknown;
  const chat: Omit<RecordingChat, keyof Chat | 'failNext'> = { posts: [], updates: [], uploads: [] };
  function failOnce(): void {
    const thrown = failure;
    failure = undefined;
    if (thrown !== undefined) throw thrown;
  }
  return {
    ...chat,
    failNext(error) {
      failure = error;
    },
    async post(message, { channel }) {
      failOnce();
      const posted = { channel, ts: `${chat.posts.length + 1}.000100` };
      chat.posts.push({ posted, message });
      return posted;
    },
    async update(posted, message) {
      failOnce();
      chat.updates.push({ posted, message });
    },
    async uploadImage({ filename }) {
      failOnce();
      chat.uploads.push(filename);
      return `F0${chat.uploads.length}`;
    },
  };
}

/** Draws nothing: one grey pixel would do, a few bytes do too. */
export function plainRenderer(): ChartRenderer {
  return {
    render: async ({ panels }) => ({
      png: new Uint8Array([1, 2, 3]),
      widthPx: 1,
      heightPx: 1,
      altText: panels.map(({ title }) => title).join('; '),
    }),
    close: async () => undefined,
  };
}

export function silentLogger(): Logger {
  const logger: Logger = {
    error: () => undefined,
    warn: () => undefined,
    info: () => undefined,
    debug: () => undefined,
    child: () => logger,
  };
  return logger;
}
