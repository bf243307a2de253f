import type { ChartRequest } from '../../src/domain/chart-request.ts';
import type { PostedMessage } from '../../src/domain/report.ts';
import type { Message } from '../../src/messages/message.ts';
import type { ChartRenderer } from '../../src/ports/chart-renderer.ts';
import type { Chat } from '../../src/ports/chat.ts';
import type { Logger } from '../../src/ports/logger.ts';

export interface RecordedReply {
  readonly threadTs: string;
  readonly message: Message;
  readonly isBroadcast: boolean;
  readonly key: string;
}

export interface RecordingChat extends Chat {
  /** Messages of the channel; replies are apart. */
  readonly posts: { readonly posted: PostedMessage; readonly message: Message }[];
  readonly replies: RecordedReply[];
  readonly updates: { readonly posted: PostedMessage; readonly message: Message }[];
  /** Edits of replies. */
  readonly replyUpdates: { readonly posted: PostedMessage; readonly message: Message }[];
  readonly uploads: string[];
  /** Files shared in threads. */
  readonly files: { readonly filename: string; readonly threadTs: string; readonly text: string }[];
  /** What was posted, by the key that it was posted with. */
  readonly sent: { readonly posted: PostedMessage; readonly key: string; readonly threadTs: string | undefined }[];
  /** The next post arrives, and its answer does not. */
  loseNextAnswer(error: unknown): void;
  /** Thrown by the next call, or the next of that kind, once. */
  failNext(error: unknown, call?: keyof Chat): void;
}

/** A chat that keeps what it is given. */
export function recordingChat(): RecordingChat {
  let failure: { readonly error: unknown; readonly call: keyof Chat | undefined } | undefined;
  const chat: Omit<RecordingChat, keyof Chat | 'failNext' | 'loseNextAnswer'> = {
    ...{ posts: [], replies: [], updates: [], replyUpdates: [], uploads: [], files: [], sent: [] },
  };
  let lost: unknown;
  function failOnce(call: keyof Chat): void {
    if (failure === undefined || (failure.call !== undefined && failure.call !== call)) return;
    const { error } = failure;
    failure = undefined;
    throw error;
  }
  function loseAnswer(): void {
    if (lost === undefined) return;
    const error = lost;
    lost = undefined;
    throw error;
  }
  return {
    ...chat,
    loseNextAnswer(error) {
      lost = error;
    },
    failNext(error, call) {
      failure = { error, call };
    },
    channelId: async (channel) => channel,
    postable: async (channel) => channel,
    async post(message, { channel, threadTs, isBroadcast = false, metadata }) {
      failOnce('post');
      const ts =
        threadTs === undefined
          ? `${chat.posts.length + 1}.000100`
          : `${threadTs.split('.')[0]}.${100_101 + chat.replies.length}`;
      const posted = { channel, ts };
      if (threadTs === undefined) chat.posts.push({ posted, message });
      else chat.replies.push({ threadTs, message, isBroadcast, key: String(metadata?.key) });
      chat.sent.push({ posted, key: String(metadata?.key), threadTs });
      loseAnswer();
      return posted;
    },
    async update(posted, message) {
      failOnce('update');
      const isReply = !chat.posts.some((post) => post.posted.ts === posted.ts);
      (isReply ? chat.replyUpdates : chat.updates).push({ posted, message });
    },
    async find({ threadTs, key }) {
      failOnce('find');
      return chat.sent.find((one) => one.threadTs === threadTs && one.key === key)?.posted;
    },
    async shareFile({ filename, bytes }, { ts }) {
      failOnce('shareFile');
      chat.files.push({ filename, threadTs: ts, text: new TextDecoder().decode(bytes) });
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
