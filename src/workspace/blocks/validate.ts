import type { Block, Json } from '../records.ts';
import { blocksBySurface, type Surface } from './block-schemas.ts';
import { fillIds } from './fill-ids.ts';
import { limits } from './limits.ts';
import { phraseProblems, problemAt } from './problems.ts';
import { allBlocks, elementsOf, textLength } from './walk.ts';

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
  return { ok: true, blocks: blocks.map((block) => fillIds(block, rules.nextId)) };
}

function duplicateIds(blocks: readonly Json[], rules: BlockRules): readonly string[] {
  const problems: string[] = [];
  const blockIds = new Set<unknown>();
  for (const { block, path: blockPath } of allBlocks(blocks)) {
    const blockId = block.block_id;
    if (blockId !== undefined && blockIds.has(blockId)) {
      problems.push(problemAt(`\`block_id\` "${blockId}" already exists`, rules.root, [...blockPath, 'block_id']));
    }
    blockIds.add(blockId);
    const actionIds = new Set<unknown>();
    for (const { element, path } of elementsOf(block)) {
      const actionId = element.action_id;
      if (actionId !== undefined && actionIds.has(actionId)) {
        const text = `\`action_id\` "${actionId}" already exists for block_id`;
        problems.push(problemAt(text, rules.root, [...blockPath, ...path, 'action_id']));
      }
      actionIds.add(actionId);
    }
  }
  return problems;
}

function unreadyImages(blocks: readonly Json[], rules: BlockRules): readonly string[] {
  const problems: string[] = [];
  for (const { block, path: blockPath } of allBlocks(blocks)) {
    for (const { element, path } of [{ element: block, path: [] }, ...elementsOf(block)]) {
      const file = element.slack_file as FileReference | undefined;
      if (element.type === 'image' && file && !rules.isReadyImage(file)) {
        problems.push(problemAt('invalid slack file', rules.root, [...blockPath, ...path, 'slack_file']));
      }
    }
  }
  return problems;
}

/** What a message may have only so much of, in all its blocks together. */
function wholeMessage(blocks: readonly Json[], rules: BlockRules): readonly string[] {
  const problems: string[] = [];
  const placesOf = (...types: readonly string[]): readonly number[] =>
    blocks.flatMap((block, index) => (types.includes(String(block.type)) ? [index] : []));
  const [, secondTable] = placesOf('table', 'data_table');
  if (secondTable !== undefined)
    problems.push(problemAt('only one table is allowed per message', rules.root, [secondTable]));
  const extraChart = placesOf('data_visualization')[limits.chartsPerMessage];
  if (extraChart !== undefined) {
    const text = `no more than ${limits.chartsPerMessage} data_visualization blocks are allowed per message`;
    problems.push(problemAt(text, rules.root, [extraChart]));
  }
  for (const index of placesOf('data_table')) {
    if (textLength(blocks[index]) <= limits.dataTableText) continue;
    const text = `data_table must be less than ${limits.dataTableText + 1} characters in total`;
    problems.push(problemAt(text, rules.root, [index]));
  }
  const markdown = blocks.filter((block) => block.type === 'markdown');
  if (textLength(markdown) > limits.markdownTextPerMessage) {
    const text = `markdown blocks must be less than ${limits.markdownTextPerMessage + 1} characters in total`;
    problems.push(problemAt(text, rules.root, []));
  }
  return problems;
}
