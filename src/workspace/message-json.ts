import type { Core } from './core.ts';
import { fileJson } from './files.ts';
import type { Json, Message } from './records.ts';

/** A message as chat and conversations methods return it. */
export function messageJson(core: Core, message: Message, withMetadata: boolean): Json {
  const replies = core.state.replies(message.channel, message.ts);
  const files = message.fileIds.flatMap((id) => core.state.file(id) ?? []);
  const { identity } = core;
  return {
    type: 'message',
    ...(message.isBroadcast ? { subtype: 'thread_broadcast' } : {}),
    user: message.user,
    ts: message.ts,
    text: message.text,
    team: core.state.user(message.user)?.homeTeamId ?? identity.teamId,
    ...(message.isFromApp ? { bot_id: identity.botId, app_id: identity.appId } : {}),
    ...(message.blocks.length > 0 ? { blocks: message.blocks } : {}),
    ...(message.edited ? { edited: message.edited } : {}),
    ...threadFields(message, replies),
    ...(message.reactions.length > 0
      ? { reactions: message.reactions.map((one) => ({ ...one, count: one.users.length })) }
      : {}),
    ...(files.length > 0 ? { files: files.map((file) => fileJson(core, file)) } : {}),
    ...(withMetadata && message.metadata ? { metadata: message.metadata } : {}),
  };
}

export function permalink(core: Core, message: Message): string {
  const thread =
    message.threadTs && message.threadTs !== message.ts ? `?thread_ts=${message.threadTs}&cid=${message.channel}` : '';
  return `${core.url}/archives/${message.channel}/p${message.ts.replace('.', '')}${thread}`;
}

function threadFields(message: Message, replies: readonly Message[]): Json {
  if (message.threadTs && message.threadTs !== message.ts) return { thread_ts: message.threadTs };
  if (replies.length === 0) return {};
  const users = [...new Set(replies.map((reply) => reply.user))];
  return {
    thread_ts: message.ts,
    reply_count: replies.length,
    reply_users_count: users.length,
    reply_users: users,
    latest_reply: replies.at(-1)?.ts,
  };
}
