import type { ModalView } from '@slack/types';
import { type Message, sentence } from '../../messages/message.ts';
import { formatMessage } from '../block-kit.ts';
import { plainText } from '../elements.ts';
import { fieldBlockId, INPUT_ACTION, viewIds } from '../ids.ts';
import { limits } from '../limits.ts';
import type { ViewSubmission } from '../payloads.ts';
import { titleText } from './plain-view.ts';

const FIELD = 'file';
const INTRO =
  'Models as `/drift settings export` shows them. Models that the file does not name stay as they are. A longer file is for `driftbell import` in a shell.';
const EXAMPLE =
  'models:\n  - slug: churn\n    source: /data/churn/*.parquet\n    time-column: scored_at\n    channel: "#ml"';

/** The dialog that takes a file of models as text; a second time with what was wrong above the text as it was pasted. */
export function importView(before?: { readonly file: string; readonly wrong: Message }): ModalView {
  return {
    type: 'modal',
    callback_id: viewIds.importFile,
    title: titleText('Import models'),
    submit: plainText('See what changes', limits.viewTitleChars),
    close: plainText('Cancel', limits.viewTitleChars),
    blocks: [
      ...(before === undefined ? [] : formatMessage(before.wrong, { surface: 'view' }).blocks),
      ...formatMessage({ text: INTRO, blocks: [{ type: 'paragraph', content: sentence(INTRO) }] }).blocks,
      {
        type: 'input',
        block_id: fieldBlockId(FIELD),
        label: plainText('File', limits.labelChars),
        element: {
          type: 'plain_text_input',
          action_id: INPUT_ACTION,
          multiline: true,
          max_length: limits.inputChars,
          placeholder: plainText(EXAMPLE, limits.placeholderChars),
          ...(before === undefined ? {} : { initial_value: before.file.slice(0, limits.inputChars) }),
        },
      },
    ],
  };
}

/** What would change, to be confirmed; without a draft there is nothing to confirm. */
export function importFoundView(found: Message, draftId: number | undefined): ModalView {
  return {
    type: 'modal',
    callback_id: viewIds.importFound,
    private_metadata: JSON.stringify({ draftId: draftId ?? 0 }),
    title: titleText('Import models'),
    ...(draftId === undefined ? {} : { submit: plainText('Import', limits.viewTitleChars) }),
    close: plainText(draftId === undefined ? 'Close' : 'Cancel', limits.viewTitleChars),
    blocks: formatMessage(found, { surface: 'view' }).blocks,
  };
}

/** The text as it was pasted, with or without the fence of a code block. */
export function readImport({ state }: ViewSubmission['view']): string {
  const typed = state.values[fieldBlockId(FIELD)]?.[INPUT_ACTION]?.value ?? '';
  return typed.replace(/^\s*```\w*\n?/, '').replace(/```\s*$/, '');
}

export function importErrors(error: string): Record<string, string> {
  return { [fieldBlockId(FIELD)]: error };
}
