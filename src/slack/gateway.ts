import type { WebClient } from '@slack/web-api';
import { DriftbellError, describeThrown } from '../domain/errors.ts';
import type { Message } from '../messages/message.ts';
import type { Chat, MessageMetadata } from '../ports/chat.ts';
import type { Clock } from '../ports/clock.ts';
import type { Logger } from '../ports/logger.ts';
import type { FormatOptions, SlackMessage } from './block-kit.ts';
import { createChannelDirectory } from './channels.ts';
import { type PlainestForm, sendInPlainestForm } from './degrade.ts';
import { fromSlackError, isBlockRefusal } from './errors.ts';
import { findMessage } from './find-message.ts';
import { shareFile, uploadImage } from './upload.ts';

export interface GatewayDeps {
  /** The delivery client: it repeats nothing by itself. */
  readonly client: WebClient;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly format?: FormatOptions;
}

/** Names our messages in their metadata; the only event type there is. */
export const METADATA_EVENT_TYPE = 'driftbell_report';

/** The chat over Slack's Web API. */
export function createSlackGateway(deps: GatewayDeps): Chat {
  const { client } = deps;
  const channels = createChannelDirectory(client);
  return {
    channelId: (channel) => channels.idOf(channel),
    postable: (channel) => channels.postable(channel),
    async post(message, { channel, threadTs, isBroadcast = false, metadata }) {
      const id = await channels.idOf(channel);
      const thread = threadPart(threadTs, isBroadcast);
      const answer = await inPlainestNeededForm(deps, message, 'chat.postMessage', ({ text, blocks }) =>
        client.chat.postMessage({ channel: id, text, blocks, ...thread, ...metadataPart(metadata), ...noUnfurling }),
      );
      if (answer.ts === undefined) throw withoutTs();
      return { channel: answer.channel ?? id, ts: answer.ts };
    },
    async update({ channel, ts }, message, metadata) {
      await inPlainestNeededForm(deps, message, 'chat.update', ({ text, blocks }) =>
        client.chat.update({ channel, ts, text, blocks, ...metadataPart(metadata) }),
      );
    },
    async find({ channel, ...sought }) {
      return findMessage(deps, { channelId: await channels.idOf(channel), ...sought });
    },
    shareFile: (file, thread) => shareFile(deps, file, thread),
    uploadImage: (image) => uploadImage(deps, image),
  };
}

function threadPart(threadTs: string | undefined, isBroadcast: boolean) {
  if (threadTs === undefined) return {};
  return isBroadcast ? ({ thread_ts: threadTs, reply_broadcast: true } as const) : { thread_ts: threadTs };
}

const noUnfurling = { unfurl_links: false, unfurl_media: false } as const;

function inPlainestNeededForm<Answer>(
  { logger, format }: GatewayDeps,
  message: Message,
  call: string,
  send: (form: SlackMessage) => Promise<Answer>,
): Promise<Answer> {
  const form: PlainestForm = {
    ...(format === undefined ? {} : { format }),
    isOfBlocks: isBlockRefusal,
    onRefusal: (level, thrown) =>
      logger.error({ call, level, error: describeThrown(thrown) }, 'Slack refused the blocks of a message.'),
  };
  return sendInPlainestForm(message, form, (given) =>
    send(given).catch((thrown: unknown) => {
      throw fromSlackError(thrown, call);
    }),
  );
}

function metadataPart(metadata: MessageMetadata | undefined) {
  if (metadata === undefined) return {};
  return { metadata: { event_type: METADATA_EVENT_TYPE, event_payload: { ...metadata } } };
}

function withoutTs(): DriftbellError {
  return new DriftbellError('slack.unreachable', {
    expected: 'the id of the posted message',
    received: 'an answer without one',
    remedy: 'look whether the message is in the channel before it is sent again',
  });
}
