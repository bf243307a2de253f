import type { Block, Json } from '../records.ts';
import { isObject } from './walk.ts';

/** Whether a block has this id from here: it gets another with every edit. */
export function isFilledBlockId(id: string): boolean {
  return /^b0[0-9A-Z]{8}$/.test(id);
}

/** Gives every block and every interactive element without an id one, as Slack does. */
export function fillIds(block: Json, nextId: (prefix: string) => string): Block {
  const named = (element: unknown): unknown =>
    isObject(element) && element.type !== 'image'
      ? { ...element, action_id: element.action_id ?? nextId('a') }
      : element;
  const list = (value: unknown): unknown => (Array.isArray(value) ? value.map(named) : value);
  const inside = (value: unknown): unknown =>
    Array.isArray(value) ? value.filter(isObject).map((one) => fillIds(one, nextId)) : value;
  const { type, accessory, element, elements, actions, child_blocks: children } = block;
  return {
    ...block,
    type: String(type),
    block_id: typeof block.block_id === 'string' ? block.block_id : nextId('b'),
    ...(accessory ? { accessory: named(accessory) } : {}),
    ...(element ? { element: named(element) } : {}),
    ...(type === 'actions' || type === 'context_actions' ? { elements: list(elements) } : {}),
    ...(type === 'card' && actions ? { actions: list(actions) } : {}),
    ...(type === 'carousel' ? { elements: inside(elements) } : {}),
    ...(type === 'container' ? { child_blocks: inside(children) } : {}),
  };
}
