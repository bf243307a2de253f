import type { Block, Json } from '../records.ts';
import { blocksBySurface, type Surface } from './block-schemas.ts';
import { limits } from './limits.ts';
import { phraseProblems, problemAt } from './problems.ts';
import { elementsOf, textLength } from './walk.ts';

export type FileReference = { readonly id?: string | undefined; readonly url?: string | undefined };

export type BlockCheck =
  | { readonly ok: true; readonly blocks: readonly Block[] }
  | { readonly ok: false; readonly reason: 'invalid' | 'too_long'; readonly problems: readonly string[] };

export type BlockRules = {
  readonly surface: Surface;
  /** JSON pointer of the array, such as `/blocks`. */
  readonly root: string;
  readonly isReadyImage: (file: FileReference) => boolean;
  readonly nextId: (prefix: string) => string;
};

export function validateBlocks(input: unknown, rules: BlockRules): BlockCheck {
  const parsed = blocksBySurface[rules.surface].safeParse(input);
  if (!parsed.success) {
    return { ok: false, reason: 'invalid', problems: phraseProblems(parsed.error.issues, input, rules.root) };
  }
  const blocks: readonly Json[] = parsed.data;
  const problems = [
    ...duplicateIds(blocks, rules),
    ...unreadyImages(blocks, rules),
    ...(rules.surface === 'message' ? wholeMessage(blocks, rules) : []),
  ];
  if (problems.length > 0) return { ok: false, reason: 'invalid', problems };
  if (rules.surface === 'message' && textLength(blocks) > limits.messageBlocksText) {
    const text = `text of all blocks must be less than ${limits.messageBlocksText + 1} characters`;
    return { ok: false, reason: 'too_long', problems: [problemAt(text, rules.root, [])] };
  }
  return { ok: true, blocks: blocks.map((block) => withIds(block, rules.nextId)) };
}

function duplicateIds(blocks: readonly Json[], rules: BlockRules): readonly string[] {
  const problems: string[] = [];
  const blockIds = new Set<unknown>();
  for (const [index, block] of blocks.entries()) {
    const blockId = block.block_id;
    if (blockId !== undefined && blockIds.has(blockId)) {
      problems.push(problemAt(`\`block_id\` "${blockId}" already exists`, rules.root, [index, 'block_id']));
    }
    blockIds.add(blockId);
    const actionIds = new Set<unknown>();
    for (const { element, path } of elementsOf(block)) {
      const actionId = element.action_id;
      if (actionId !== undefined && actionIds.has(actionId)) {
        problems.push(
          problemAt(`\`action_id\` "${actionId}" already exists for block_id`, rules.root, [
            index,
            ...path,
            'action_id',
          ]),
        );
      }
      actionIds.add(actionId);
    }
  }
  return problems;
}

function unreadyImages(blocks: readonly Json[], rules: BlockRules): readonly string[] {
  const problems: string[] = [];
  for (const [index, block] of blocks.entries()) {
    for (const { element, path } of [{ element: block, path: [] }, ...elementsOf(block)]) {
      const file = element.slack_file as FileReference | undefined;
      if (element.type === 'image' && file && !rules.isReadyImage(file)) {
        problems.push(problemAt('invalid slack file', rules.root, [index, ...path, 'slack_file']));
      }
    }
  }
  return problems;
}

function wholeMessage(blocks: readonly Json[], rules: BlockRules): readonly string[] {
  const problems: string[] = [];
  const tables = blocks.flatMap((block, index) => (block.type === 'table' ? [index] : []));
  if (tables.length > 1)
    problems.push(problemAt('only one table is allowed per message', rules.root, [tables[1] ?? 0]));
  const markdown = blocks.filter((block) => block.type === 'markdown');
  if (textLength(markdown) > limits.markdownTextPerMessage) {
    const text = `markdown blocks must be less than ${limits.markdownTextPerMessage + 1} characters in total`;
    problems.push(problemAt(text, rules.root, []));
  }
  return problems;
}

function withIds(block: Json, nextId: (prefix: string) => string): Block {
  const named = (element: unknown): unknown =>
    isInteractive(element) ? { ...element, action_id: element.action_id ?? nextId('a') } : element;
  const elements = block.elements;
  const isHolder = block.type === 'actions' || block.type === 'context_actions';
  return {
    ...block,
    type: String(block.type),
    block_id: typeof block.block_id === 'string' ? block.block_id : nextId('b'),
    ...(block.accessory ? { accessory: named(block.accessory) } : {}),
    ...(block.element ? { element: named(block.element) } : {}),
    ...(isHolder && Array.isArray(elements) ? { elements: elements.map(named) } : {}),
  };
}

function isInteractive(element: unknown): element is Json {
  return typeof element === 'object' && element !== null && 'type' in element && element.type !== 'image';
}
