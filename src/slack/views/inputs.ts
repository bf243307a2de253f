import type { InputBlock, PlainTextOption } from '@slack/types';
import { plainText } from '../elements.ts';
import { fieldBlockId } from '../ids.ts';
import { limits } from '../limits.ts';

/** A field that may be left empty: the rules of the verb judge it, not the dialog. */
export function optionalInput(name: string, label: string, element: InputBlock['element']): InputBlock {
  return {
    type: 'input',
    block_id: fieldBlockId(name),
    optional: true,
    label: plainText(label, limits.labelChars),
    element,
  };
}

export function option(text: string, value: string): PlainTextOption {
  return { text: { type: 'plain_text', text }, value };
}

/** Each error at the block of its field. */
export function fieldErrors(errors: Readonly<Partial<Record<string, string>>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(errors).flatMap(([name, error]) => (error === undefined ? [] : [[fieldBlockId(name), error]])),
  );
}
