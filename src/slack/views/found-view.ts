import type { InputBlock, KnownBlock, ModalView, PlainTextOption } from '@slack/types';
import { counted } from '../../domain/counted.ts';
import { type ColumnChoice, columnChoices, type FoundColumn, type FoundTable } from '../../messages/form.ts';
import { bold, type Inline, type Message, type MessageBlock, sentence, text } from '../../messages/message.ts';
import { formatMessage } from '../block-kit.ts';
import { cutTo } from '../cut.ts';
import { plainText } from '../elements.ts';
import { columnBlockId, INPUT_ACTION, viewIds } from '../ids.ts';
import { limits } from '../limits.ts';
import { literalInPlain } from '../mrkdwn.ts';
import { titleText } from './plain-view.ts';

/** Columns that get a menu of their own: a dialog holds a hundred blocks, and nobody reads so many. */
export const SHOWN_COLUMNS = 40;

const choiceWords: Readonly<Record<ColumnChoice, string>> = {
  numeric: 'numeric',
  categorical: 'categorical',
  boolean: 'true or false',
  embedding: 'embedding',
  left_out: 'leave out',
};

/** What was found in a source, to be confirmed; nothing is saved yet. */
export function foundView(found: FoundTable): ModalView {
  const { subject, columns, draftId, slug } = found;
  const isNew = subject.kind === 'register';
  const shown = columns.slice(0, SHOWN_COLUMNS);
  return {
    type: 'modal',
    callback_id: viewIds.foundTable,
    private_metadata: JSON.stringify({ draftId }),
    notify_on_close: true,
    title: titleText(isNew ? `Watch ${slug}` : `Edit ${slug}`),
    submit: plainText(isNew ? 'Watch it' : 'Save', limits.viewTitleChars),
    close: plainText('Cancel', limits.viewTitleChars),
    blocks: [
      ...formatMessage(summary(found)).blocks,
      ...shown.map((column, place) => columnBlock(column, place)),
      ...moreColumns(columns.length - shown.length),
    ],
  };
}

function summary({ rows, range, remarks, consequence, preview, columns }: FoundTable): Message {
  const watched = columns.filter(({ choice }) => choice !== 'left_out').length;
  const said = `${rows.toLocaleString('en-US')} rows, ${range}; ${watched} columns would be watched.`;
  const blocks: MessageBlock[] = [
    { type: 'paragraph', content: [text(said)] },
    ...(consequence === undefined ? [] : [{ type: 'paragraph' as const, content: [bold(consequence)] }]),
    ...(remarks.length === 0
      ? []
      : [
          {
            type: 'list' as const,
            items: remarks.map((remark): Inline => sentence(`⚠️ ${remark}`)),
            overflowNote: 'remarks',
          },
        ]),
    ...previewBlocks(preview),
    { type: 'divider' },
  ];
  return { text: said, blocks };
}

function previewBlocks(preview: FoundTable['preview']): MessageBlock[] {
  if (preview.state === 'pending') {
    return [{ type: 'context', content: [text('⏳ Counting what its newest 90 days would have reported …')] }];
  }
  if (preview.state === 'unknown') return [{ type: 'context', content: [text(preview.reason)] }];
  const { latest, newest, newestWindow, chart } = preview;
  const fired = firedWords(preview);
  return [
    { type: 'paragraph', content: [bold(fired), text(latest === undefined ? '' : ` ${latest}`)] },
    ...(chart === undefined ? [] : [{ type: 'image' as const, fileId: chart.fileId, altText: chart.altText }]),
    ...(newest.length === 0
      ? []
      : [
          { type: 'paragraph' as const, content: [text(`Newest window, ${newestWindow}:`)] },
          { type: 'list' as const, items: newest.map((line): Inline => sentence(line)), overflowNote: 'columns' },
        ]),
  ];
}

/** What could not be judged could not fire, so that a small number is no promise: that is said with it. */
function firedWords({
  reports,
  days,
  windows,
  judgedWindows,
}: Extract<FoundTable['preview'], { state: 'known' }>): string {
  const newest = `its newest ${counted(days, 'day')}`;
  if (judgedWindows === 0 && reports === 0) {
    return `How often it would have fired is not known: no window of ${newest} has enough history before it to be judged.`;
  }
  const fired = `It would have fired ${counted(reports, 'time')} in ${newest}.`;
  if (judgedWindows >= windows) return fired;
  return `${fired} ${judgedWindows} of its ${counted(windows, 'window')} could be judged; before them there was too little history.`;
}

function columnBlock({ name, choice, why, isNeeded }: FoundColumn, place: number): InputBlock {
  const choices = isNeeded ? columnChoices.filter((each) => each !== 'left_out') : columnChoices;
  return {
    type: 'input',
    block_id: columnBlockId(place),
    label: { type: 'plain_text', text: cutTo(COLUMN_NAME_CHARS, name, literalInPlain) || 'a column without a name' },
    ...(why === '' ? {} : { hint: plainText(why, limits.labelChars) }),
    optional: false,
    element: {
      type: 'static_select',
      action_id: INPUT_ACTION,
      options: choices.map(option),
      initial_option: option(choice),
    },
  };
}

/** Of a longer name the beginning tells which it is. */
const COLUMN_NAME_CHARS = 120;

function option(choice: ColumnChoice): PlainTextOption {
  return { text: { type: 'plain_text', text: choiceWords[choice] }, value: choice };
}

function moreColumns(more: number): KnownBlock[] {
  if (more <= 0) return [];
  const words = `${counted(more, 'more column')} as found; \`--kind\` and \`--features\` of \`/drift edit\` change them.`;
  return formatMessage({ text: words, blocks: [{ type: 'context', content: sentence(words) }] }).blocks;
}
