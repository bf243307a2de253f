import type { InputBlock, KnownBlock, ModalView, PlainTextOption } from '@slack/types';
import { counted } from '../../domain/counted.ts';
import {
  COLUMNS_PER_PAGE,
  type ColumnChoice,
  columnChoices,
  type FoundColumn,
  type FoundTable,
} from '../../messages/form.ts';
import {
  type Action,
  bold,
  type Inline,
  type Message,
  type MessageBlock,
  sentence,
  text,
} from '../../messages/message.ts';
import { formatMessage } from '../block-kit.ts';
import { cutTo } from '../cut.ts';
import { plainText } from '../elements.ts';
import { columnActions, columnBlockId, INPUT_ACTION, viewIds } from '../ids.ts';
import { limits } from '../limits.ts';
import { literalInPlain } from '../mrkdwn.ts';
import { titleText } from './plain-view.ts';

const choiceWords: Readonly<Record<ColumnChoice, string>> = {
  numeric: 'numeric',
  categorical: 'categorical',
  boolean: 'true or false',
  embedding: 'embedding',
  left_out: 'leave out',
};

/** What was found in a source, to be confirmed; nothing is saved yet. */
export function foundView(found: FoundTable): ModalView {
  const { subject, columns, draftId, slug, page } = found;
  const isNew = subject.kind === 'register';
  const first = page * COLUMNS_PER_PAGE;
  const shown = columns.slice(first, first + COLUMNS_PER_PAGE);
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
      ...placeBlocks(found),
      ...shown.map((column, place) => columnBlock(column, first + place)),
      ...pageBlocks(found),
    ],
  };
}

function summary({ rows, range, remarks, consequence, preview, columns }: FoundTable): Message {
  const watched = columns.filter(({ choice }) => choice !== 'left_out').length;
  const said = `${counted(rows, 'row')}, ${range}; ${counted(watched, 'column')} would be watched.`;
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

/** `Columns 41 to 80 of 120`, where there are more than fit. */
function placeBlocks({ columns, page }: FoundTable): KnownBlock[] {
  if (columns.length <= COLUMNS_PER_PAGE) return [];
  const words = `Columns ${rangeWords(columns, page)} of ${columns.length}; the buttons below the last one show the others. What you choose on a page is kept.`;
  return formatMessage({ text: words, blocks: [{ type: 'context', content: sentence(words) }] }).blocks;
}

/** Buttons for the pages before and after, and a menu of all. */
function pageBlocks({ columns, page }: FoundTable): KnownBlock[] {
  const pages = Math.ceil(columns.length / COLUMNS_PER_PAGE);
  if (pages <= 1) return [];
  const turn = (action: string, words: string, to: number): Action => {
    const accessibilityLabel = `${words}: ${rangeWords(columns, to)}`;
    return { type: 'button', action, text: words, value: String(to), accessibilityLabel };
  };
  const options = Array.from({ length: pages }, (_, place) => ({
    text: `${rangeWords(columns, place)}: ${columns[place * COLUMNS_PER_PAGE]?.name ?? ''} …`,
    value: String(place),
  }));
  const actions: Action[] = [
    ...(page > 0 ? [turn(columnActions.earlier, 'Earlier columns', page - 1)] : []),
    ...(page < pages - 1 ? [turn(columnActions.next, 'More columns', page + 1)] : []),
    { type: 'menu', action: columnActions.jump, text: 'Go to columns …', options },
  ];
  return formatMessage({ text: '', blocks: [{ type: 'actions', actions }] }).blocks;
}

/** `41 to 80`. */
function rangeWords(columns: FoundTable['columns'], page: number): string {
  const first = page * COLUMNS_PER_PAGE;
  return `${first + 1} to ${Math.min(first + COLUMNS_PER_PAGE, columns.length)}`;
}
