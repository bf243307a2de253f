import type { ChartRequest } from '../../src/domain/chart-request.ts';
import type { PostedMessage } from '../../src/domain/report.ts';
import type { Message } from '../../src/messages/message.ts';
import type { ChartRenderer } from '../../src/ports/chart-renderer.ts';
import type { Chat } from '../../src/ports/chat.ts';
import type { Logger } from '../../src/ports/logger.ts';

export interface RecordingChat extends Chat {
  /** Messages of the channel; replies are apart. */
  readonly posts: { readonly posted: PostedMessage; readonly message: Message }[];
  readonly replies: { readonly threadTs: string; readonly message: Message; readonly isBroadcast: boolean }[];
  readonly updates: { readonly posted: PostedMessage; readonly message: Message }[];
  readonly uploads: string[];
  /** Thrown by the next call, or the next of that kind, once. */
  failNext(error: unknown, call?: keyof Chat): void;
}

/** A chat that keeps what it is given. */
export function recordingChat(): RecordingChat {
  let failure: { readonly error: unknown; readonly call: keyof Chat | undefined } | undefined;
  const chat: Omit<RecordingChat, keyof Chat | 'failNext'> = { posts: [], replies: [], updates: [], uploads: [] };
  function failOnce(call: keyof Chat): void {
    if (failure === undefined || (failure.call !== undefined && failure.call !== call)) return;
    const { error } = failure;
    failure = undefined;
    throw error;
  }
  return {
    ...chat,
    failNext(error, call) {
      failure = { error, call };
    },
    channelId: async (channel) => channel,
    async post(message, { channel, threadTs, isBroadcast = false }) {
      failOnce('post');
      if (threadTs !== undefined) {
        chat.replies.push({ threadTs, message, isBroadcast });
        return { channel, ts: `${threadTs.split('.')[0]}.${100_100 + chat.replies.length}` };
      }
      const posted = { channel, ts: `${chat.posts.length + 1}.000100` };
      chat.posts.push({ posted, message });
      return posted;
    },
    async update(posted, message) {
      failOnce('update');
      chat.updates.push({ posted, message });
    },
    async uploadImage({ filename }) {
      failOnce('uploadImage');
      chat.uploads.push(filename);
      return `F0${chat.uploads.length}`;
    },
  };
}

/** Draws nothing: one grey pixel would do, a few bytes do too. */
export function plainRenderer(): ChartRenderer {
  return {
    render: async (request) => ({
      png: new Uint8Array([1, 2, 3]),
      widthPx: 1,
      heightPx: 1,
      altText: titlesOf(request).join('; '),
    }),
    describe: (request) => titlesOf(request).join('; '),
    close: async () => undefined,
  };
}

function titlesOf(request: ChartRequest): readonly string[] {
  if ('panels' in request) return request.panels.map(({ title }) => title);
  return request.kind === 'strip' ? request.rows.map(({ title }) => title) : [request.title];
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
