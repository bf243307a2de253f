import type { ChartTable } from '../domain/chart-table.ts';

/** A message as data: what is said, not how Slack writes it. Formatters know the limits; nothing here does. */
export interface Message {
  /** The whole message in plain words: notifications and screen readers get only this. */
  readonly text: string;
  readonly blocks: readonly MessageBlock[];
}

export type MessageBlock =
  | { readonly type: 'header'; readonly text: string }
  | { readonly type: 'paragraph'; readonly content: Inline }
  /** Label and value pairs, shown in two columns where there is room. */
  | { readonly type: 'facts'; readonly facts: readonly { readonly label: string; readonly value: Inline }[] }
  /** Plain lines; formatters may drop the last ones and say how many. `more`: beyond the items there are so many. */
  | {
      readonly type: 'list';
      readonly items: readonly Inline[];
      readonly more?: number;
      readonly overflowNote: string;
    }
  | {
      readonly type: 'image';
      readonly fileId: string;
      readonly altText: string;
      readonly title?: string;
      /** Drawn by the chat itself where it refuses the file. */
      readonly table?: ChartTable;
    }
  /** A chart that the chat draws by itself; its description where it cannot. */
  | { readonly type: 'chart'; readonly table: ChartTable; readonly altText: string }
  | { readonly type: 'actions'; readonly actions: readonly Action[] }
  | {
      readonly type: 'feedback';
      readonly action: string;
      readonly positive: FeedbackChoice;
      readonly negative: FeedbackChoice;
    }
  | { readonly type: 'context'; readonly content: Inline }
  /** Lines as they are, to be copied: a file, a table of text. */
  | { readonly type: 'preformatted'; readonly text: string }
  | { readonly type: 'divider' };

export interface FeedbackChoice {
  readonly text: string;
  readonly value: string;
  readonly accessibilityLabel: string;
}

/** Text in runs; every run is data and is escaped by the formatter. */
export type Inline = readonly InlineRun[];

export type InlineRun =
  | { readonly type: 'text'; readonly text: string; readonly style?: 'bold' | 'italic' | 'code' }
  | { readonly type: 'user'; readonly userId: string }
  | { readonly type: 'channel'; readonly channelId: string }
  | { readonly type: 'link'; readonly url: string; readonly text: string };

export type Action =
  | {
      readonly type: 'button';
      readonly action: string;
      readonly text: string;
      /** A row id, never state. */
      readonly value: string;
      readonly style?: 'primary' | 'danger';
      readonly accessibilityLabel?: string;
      readonly confirm?: {
        readonly title: string;
        readonly text: string;
        readonly confirm: string;
        readonly deny: string;
      };
    }
  | {
      readonly type: 'menu';
      readonly action: string;
      readonly text: string;
      readonly options: readonly { readonly text: string; readonly value: string }[];
    };

export function text(content: string): InlineRun {
  return { type: 'text', text: content };
}

export function bold(content: string): InlineRun {
  return { type: 'text', text: content, style: 'bold' };
}

export function italic(content: string): InlineRun {
  return { type: 'text', text: content, style: 'italic' };
}

export function code(content: string): InlineRun {
  return { type: 'text', text: content, style: 'code' };
}

/** Names a person, and lets Slack show the name. */
export function user(userId: string): InlineRun {
  return { type: 'user', userId };
}

/** A sentence in which what stands between backticks is code, such as a command to type. */
export function sentence(content: string): Inline {
  return content
    .split(/`([^`]+)`/)
    .map((part, index) => (index % 2 === 1 ? code(part) : text(part)))
    .filter((run) => run.type !== 'text' || run.text !== '');
}

/** The same sentence where nothing can be set as code: in a notification, for a screen reader. */
export function plainSentence(content: string): string {
  return content.replace(/`([^`]+)`/g, '“$1”');
}

/** A message that is one paragraph; see `sentence` for commands in it. */
export function plainMessage(content: string): Message {
  return { text: plainSentence(content), blocks: [{ type: 'paragraph', content: sentence(content) }] };
}
