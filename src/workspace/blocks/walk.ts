import type { Json } from '../records.ts';

type Path = readonly (string | number)[];
export type PlacedElement = { readonly element: Json; readonly path: Path };
export type PlacedBlock = { readonly block: Json; readonly path: Path };

const holders: Readonly<Record<string, string>> = {
  actions: 'elements',
  context_actions: 'elements',
  context: 'elements',
  card: 'actions',
};

/** Elements of a section, input, card, actions, context_actions or context block, with their path inside the block. */
export function elementsOf(block: Json): readonly PlacedElement[] {
  const { type, accessory, element } = block;
  if (type === 'section' && isObject(accessory)) return [{ element: accessory, path: ['accessory'] }];
  if (type === 'input' && isObject(element)) return [{ element, path: ['element'] }];
  const key = typeof type === 'string' ? holders[type] : undefined;
  const list = key === undefined ? undefined : block[key];
  if (key === undefined || !Array.isArray(list)) return [];
  return list.filter(isObject).map((one, index) => ({ element: one, path: [key, index] }));
}

/** Blocks and the blocks inside of containers and carousels, with their path from the list. */
export function allBlocks(blocks: readonly Json[]): readonly PlacedBlock[] {
  return blocks.flatMap((block, index) => [
    { block, path: [index] },
    ...insideOf(block).map((one) => ({ block: one.block, path: [index, ...one.path] })),
  ]);
}

function insideOf(block: Json): readonly PlacedBlock[] {
  const key = { container: 'child_blocks', carousel: 'elements' }[String(block.type)];
  const list = key === undefined ? undefined : block[key];
  if (key === undefined || !Array.isArray(list)) return [];
  return list.filter(isObject).map((one, index) => ({ block: one, path: [key, index] }));
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
