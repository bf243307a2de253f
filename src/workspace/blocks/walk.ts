import type { Block, Json } from '../records.ts';

export type PlacedElement = { readonly element: Json; readonly path: readonly (string | number)[] };

/** Elements of a section, actions, context_actions, context or input block, with their path inside the block. */
export function elementsOf(block: Json): readonly PlacedElement[] {
  const { type, elements, accessory, element } = block;
  if (type === 'section' && isObject(accessory)) return [{ element: accessory, path: ['accessory'] }];
  if (type === 'input' && isObject(element)) return [{ element, path: ['element'] }];
  if ((type === 'actions' || type === 'context_actions' || type === 'context') && Array.isArray(elements)) {
    return elements.filter(isObject).map((one, index) => ({ element: one, path: ['elements', index] }));
  }
  return [];
}

export type FoundElement = { readonly blockId: string; readonly element: Json };

export function findElement(blocks: readonly Block[], actionId: string, blockId?: string): FoundElement | undefined {
  for (const block of blocks) {
    if (blockId !== undefined && block.block_id !== blockId) continue;
    for (const { element } of elementsOf(block)) {
      if (element.action_id === actionId) return { blockId: block.block_id, element };
    }
  }
  return undefined;
}

/** Characters of every `text` string, however deep. */
export function textLength(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, one) => sum + textLength(one), 0);
  if (!isObject(value)) return 0;
  let length = 0;
  for (const [key, one] of Object.entries(value)) {
    length += key === 'text' && typeof one === 'string' ? one.length : textLength(one);
  }
  return length;
}

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
