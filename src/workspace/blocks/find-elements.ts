import type { Block, Json } from '../records.ts';
import { isFilledBlockId } from './fill-ids.ts';
import { allBlocks, elementsOf } from './walk.ts';

export type FoundElement = { readonly blockId: string; readonly element: Json };

/**
 * The elements of this action, in the named block if one is named. A block that was sent without an id has a new one after
 * an edit; a press that was under way still means the same element, wherever it is now.
 */
export function findElements(blocks: readonly Block[], actionId: string, blockId?: string): readonly FoundElement[] {
  const placed = allBlocks(blocks).map(({ block }) => block);
  const isNamed =
    blockId !== undefined && !(isFilledBlockId(blockId) && placed.every((one) => one.block_id !== blockId));
  return placed
    .filter((block) => !isNamed || block.block_id === blockId)
    .flatMap((block) =>
      elementsOf(block)
        .filter(({ element }) => element.action_id === actionId)
        .map(({ element }) => ({ blockId: String(block.block_id), element })),
    );
}
