import type { Action, Inline, InlineRun, Message, MessageBlock } from './message.ts';

const INDENT = '  ';

/** A message as a terminal shows it: every block, in its order, an empty line between them. */
export function formatText({ blocks }: Pick<Message, 'blocks'>): string {
  return blocks.map((block) => blockLines(block).join('\n')).join('\n\n');
}

function blockLines(block: MessageBlock): string[] {
  switch (block.type) {
    case 'header':
      return [block.text];
    case 'paragraph':
    case 'context':
      return [inlineText(block.content)];
    case 'facts':
      return block.facts.map(({ label, value }) => `${label}: ${inlineText(value)}`);
    case 'list':
      return block.items.map((item) => `- ${inlineText(item).replaceAll('\n', `\n${INDENT}`)}`);
    case 'image':
    case 'chart':
      return [`[picture: ${block.altText}]`];
    case 'actions':
      return [block.actions.map(actionText).join(' ')];
    case 'feedback':
      return [`[${block.positive.text}] [${block.negative.text}]`];
    case 'preformatted':
      return block.text.split('\n');
    case 'divider':
      return ['---'];
    default:
      return block satisfies never;
  }
}

function actionText(action: Action): string {
  return action.type === 'menu'
    ? `[${action.text}: ${action.options.map((option) => option.text).join(', ')}]`
    : `[${action.text}]`;
}

function inlineText(content: Inline): string {
  return content.map(runText).join('');
}

function runText(run: InlineRun): string {
  switch (run.type) {
    case 'text':
      return run.style === 'code' ? `\`${run.text}\`` : run.text;
    case 'user':
      return `@${run.userId}`;
    case 'channel':
      return `#${run.channelId}`;
    case 'link':
      return `${run.text} (${run.url})`;
    default:
      return run satisfies never;
  }
}
