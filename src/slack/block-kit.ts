import type { KnownBlock } from '@slack/types';
import type { Message, MessageBlock } from '../messages/message.ts';
import { fitBudget, type Piece } from './budget.ts';
import { cutTo } from './cut.ts';
import { formatActions, formatFeedback, plainText, spokenText } from './elements.ts';
import { formatInline } from './inline.ts';
import { limits } from './limits.ts';
import { formatList } from './list.ts';
import { isBlank, literal } from './mrkdwn.ts';
import { formatNativeChart } from './native-chart.ts';

export interface SlackMessage {
  /** Read by notifications and screen readers instead of the blocks; never empty. */
  readonly text: string;
  readonly blocks: KnownBlock[];
}

export interface FormatOptions {
  /**
   * `native`: Slack's own feedback buttons. `buttons`: two plain ones, for surfaces and workspaces without them.
   * @default 'native'
   */
  readonly feedback?: 'native' | 'buttons';
  /** A dialog and the home tab hold twice as many blocks. @default 'message' */
  readonly surface?: 'message' | 'view';
}

/** Said where a message has no words of its own: Slack refuses an empty text. */
const NO_TEXT = 'A message from Driftbell';
/** A picture without a description still needs one. */
const NO_ALT_TEXT = 'Chart without a description';
/** Characters that a list may take, tried in turn until the message fits. */
const LIST_BUDGETS = [9_000, 6_000, 3_000, 1_200, 400] as const;

/**
 * The neutral tree as Slack wants it. Never throws and never breaks a limit: long text is cut at a word, lists lose
 * their last items and say so, and a message that is still too long loses detail in the order of `budget.ts`.
 */
export function formatMessage(message: Message, options: FormatOptions = {}): SlackMessage {
  const feedback = options.feedback ?? 'native';
  const fixed = withFewCharts(message.blocks).map((block) =>
    block.type === 'list' ? undefined : formatBlock(block, 0, feedback),
  );
  const fitWith = (listChars: number) =>
    fitBudget(
      message.blocks.map((block, index) => fixed[index] ?? formatBlock(block, listChars, feedback)),
      options.surface === 'view' ? limits.viewBlocks : limits.blocks,
    );
  let fitted = fitWith(LIST_BUDGETS[0]);
  for (const listChars of LIST_BUDGETS.slice(1)) {
    if (fitted.isWhole || !fixed.includes(undefined)) break;
    fitted = fitWith(listChars);
  }
  return { text: fallbackText(message), blocks: fitted.blocks };
}

export function fallbackText(message: Message): string {
  const text = cutTo(limits.fallbackChars, message.text, literal);
  return isBlank(text) ? NO_TEXT : text;
}

function formatBlock(block: MessageBlock, listChars: number, feedback: 'native' | 'buttons'): Piece {
  return { type: block.type, blocks: blocksOf(block, listChars, feedback) };
}

function blocksOf(block: MessageBlock, listChars: number, feedback: 'native' | 'buttons'): KnownBlock[] {
  switch (block.type) {
    case 'header':
      return isBlank(block.text) ? [] : [{ type: 'header', text: plainText(block.text, limits.headerChars) }];
    case 'paragraph':
      return section(formatInline(block.content, limits.sectionChars));
    case 'facts':
      return formatFacts(block.facts);
    case 'list':
      return formatList(block, listChars).flatMap(section);
    case 'image':
      return formatImage(block);
    case 'chart':
      return formatChart(block);
    case 'actions':
      return formatActions(block.actions);
    case 'feedback':
      return formatFeedback(block, feedback);
    case 'context':
      return context(formatInline(block.content, limits.contextChars));
    case 'preformatted':
      return preformatted(cutTo(limits.sectionChars, block.text, (text) => text));
    case 'divider':
      return [{ type: 'divider' }];
  }
}

/** Slack refuses a message with more: those that follow are told in words. */
function withFewCharts(blocks: readonly MessageBlock[]): readonly MessageBlock[] {
  let charts = 0;
  return blocks.map((block) => {
    if (block.type !== 'chart') return block;
    charts += 1;
    return charts <= limits.chartsPerMessage ? block : pictureInWords(block);
  });
}

/** What takes the place of a picture that cannot be shown: its description has the same numbers. */
export function pictureInWords({ altText }: { readonly altText: string }): MessageBlock {
  return { type: 'context', content: [{ type: 'text', text: `Chart unavailable. ${altText}` }] };
}

function formatChart({ table, altText }: Extract<MessageBlock, { type: 'chart' }>): KnownBlock[] {
  const chart = formatNativeChart(table);
  if (chart !== undefined) return [chart];
  return context(formatInline([{ type: 'text', text: altText }], limits.contextChars));
}

function section(text: string): KnownBlock[] {
  return text === '' ? [] : [{ type: 'section', text: { type: 'mrkdwn', text, verbatim: true } }];
}

/** Rich text reads nothing in it as markup, so it can be copied as it is. */
function preformatted(text: string): KnownBlock[] {
  if (isBlank(text)) return [];
  const elements = [{ type: 'text' as const, text }];
  return [{ type: 'rich_text', elements: [{ type: 'rich_text_preformatted', elements }] }];
}

function context(text: string): KnownBlock[] {
  return text === '' ? [] : [{ type: 'context', elements: [{ type: 'mrkdwn', text, verbatim: true }] }];
}

function formatFacts(facts: Extract<MessageBlock, { type: 'facts' }>['facts']): KnownBlock[] {
  const fields = facts.slice(0, limits.blocks * limits.fields).flatMap(({ label, value }) => {
    const text = formatInline(
      [{ type: 'text', text: label, style: 'bold' }, { type: 'text', text: '\n' }, ...value],
      limits.fieldChars,
    );
    return text === '' ? [] : [{ type: 'mrkdwn' as const, text, verbatim: true }];
  });
  const blocks: KnownBlock[] = [];
  for (let start = 0; start < fields.length; start += limits.fields) {
    blocks.push({ type: 'section', fields: fields.slice(start, start + limits.fields) });
  }
  return blocks;
}

/** A file id that Slack would refuse costs the picture, not the message: its description stays. */
function formatImage({ fileId, altText, title }: Extract<MessageBlock, { type: 'image' }>): KnownBlock[] {
  if (!/^F[A-Z0-9]{8,}$/.test(fileId)) {
    return context(formatInline([{ type: 'text', text: altText }], limits.contextChars));
  }
  return [
    {
      type: 'image',
      slack_file: { id: fileId },
      alt_text: spokenText(altText, limits.altTextChars) || NO_ALT_TEXT,
      ...(title === undefined || isBlank(title) ? {} : { title: plainText(title, limits.imageTitleChars) }),
    },
  ];
}
