import { z } from 'zod';
import { limits } from './blocks/limits.ts';
import { validateBlocks } from './blocks/validate.ts';
import { isObject } from './blocks/walk.ts';
import type { Core } from './core.ts';
import { SlackRefusal } from './errors.ts';
import { isReadyImage } from './files.ts';
import type { Block, Json } from './records.ts';

export type Content = { readonly text: string; readonly blocks: readonly Block[]; readonly warning?: string };

const Metadata = z.strictObject({
  event_type: z.string().min(1).max(255),
  event_payload: z.record(z.string(), z.unknown()),
});

/** Text and blocks of a message to be stored, checked as Slack checks them for this method. */
export function parseContent(
  core: Core,
  input: { readonly text?: string | undefined; readonly blocks?: unknown },
  method: 'post' | 'update' | 'ephemeral',
): Content {
  const blocks = parseBlocks(core, input.blocks, method);
  const text = input.text ?? '';
  if (text === '' && blocks.length === 0) throw new SlackRefusal('no_text');
  if (method === 'update' && text.length > limits.updateText) throw new SlackRefusal('msg_too_long');
  if (text.length <= limits.postText) return { text, blocks };
  if (method === 'ephemeral') throw new SlackRefusal('msg_too_long');
  return { text: text.slice(0, limits.postText), blocks, warning: 'message_truncated' };
}

export function parseMetadata(input: unknown): Json | undefined {
  if (input === undefined || (isObject(input) && Object.keys(input).length === 0)) return undefined;
  const parsed = Metadata.safeParse(input);
  if (!parsed.success) throw new SlackRefusal('invalid_metadata_format');
  if (JSON.stringify(parsed.data).length > limits.metadataBytes) throw new SlackRefusal('metadata_too_large');
  return parsed.data;
}

function parseBlocks(core: Core, input: unknown, method: 'post' | 'update' | 'ephemeral'): readonly Block[] {
  if (input === undefined || input === null) return [];
  if (!Array.isArray(input)) throw new SlackRefusal('invalid_blocks_format');
  const check = validateBlocks(input, {
    surface: 'message',
    root: '/blocks',
    isReadyImage: (file) => isReadyImage(core, file),
    nextId: core.ids.next,
  });
  if (check.ok) return check.blocks;
  const tooLong = method === 'post' ? 'msg_blocks_too_long' : 'msg_too_long';
  throw new SlackRefusal(check.reason === 'too_long' ? tooLong : 'invalid_blocks', check.problems);
}
