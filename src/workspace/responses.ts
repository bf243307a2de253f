import { z } from 'zod';
import { parseContent } from './content.ts';
import type { Core } from './core.ts';
import { SlackRefusal } from './errors.ts';
import type { Message } from './records.ts';
import type { ResponseTarget } from './response-urls.ts';

const ResponseBody = z.object({
  text: z.string().optional(),
  blocks: z.unknown().optional(),
  response_type: z.enum(['ephemeral', 'in_channel']).optional(),
  replace_original: z.boolean().optional(),
  delete_original: z.boolean().optional(),
  thread_ts: z.string().optional(),
});

/** Carries out a body sent to a response_url, or given with the acknowledgement of a command. */
export function applyResponse(core: Core, target: ResponseTarget, value: unknown): void {
  const parsed = ResponseBody.safeParse(value);
  if (!parsed.success) throw new SlackRefusal('invalid_payload');
  const body = parsed.data;
  if (body.delete_original) {
    removeSource(core, target);
    return;
  }
  const content = parseContent(core, body, 'ephemeral');
  if (body.replace_original) {
    replaceSource(core, target, content);
    return;
  }
  const threadTs = body.thread_ts ?? target.threadTs;
  const ts = core.ids.ts();
  target.answerTs ??= ts;
  const shared = { channel: target.channel, ts, user: core.identity.botUserId, ...content };
  const thread = threadTs ? { threadTs } : {};
  if (body.response_type === 'in_channel') {
    const message: Message = { ...shared, ...thread, isFromApp: true, isBroadcast: false, reactions: [], fileIds: [] };
    core.store.apply({ type: 'message.put', message });
    return;
  }
  const source = core.state.ephemeral(target.channel, target.sourceTs ?? '');
  const answersTs = source?.answersTs ?? target.sourceTs;
  const answer = answersTs ? { answersTs } : {};
  core.store.apply({ type: 'ephemeral.put', ephemeral: { ...shared, ...thread, ...answer, recipient: target.user } });
}

function replaceSource(core: Core, target: ResponseTarget, content: ReturnType<typeof parseContent>): void {
  const ts = target.sourceTs ?? target.answerTs ?? '';
  const ephemeral = core.state.ephemeral(target.channel, ts);
  if (ephemeral) {
    core.store.apply({ type: 'ephemeral.put', ephemeral: { ...ephemeral, ...content } });
    return;
  }
  const message = core.state.message(target.channel, ts);
  if (!message) throw new SlackRefusal('message_not_found');
  const edited = { user: core.identity.botUserId, ts: core.ids.ts() };
  core.store.apply({ type: 'message.put', message: { ...message, ...content, edited } });
}

function removeSource(core: Core, target: ResponseTarget): void {
  const { channel, answerTs = '', sourceTs: ts = answerTs } = target;
  if (core.state.ephemeral(channel, ts)) core.store.apply({ type: 'ephemeral.removed', channel, ts });
  else if (core.state.message(channel, ts)) core.store.apply({ type: 'message.removed', channel, ts });
  else throw new SlackRefusal('message_not_found');
}
