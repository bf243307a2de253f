import type { Inline, InlineRun } from '../messages/message.ts';
import { cleanHead, ELLIPSIS, prefixWithin } from './cut.ts';
import { limits } from './limits.ts';
import { clean, isBlank, jointBetween, literal, literalInCode, literalInStyle } from './mrkdwn.ts';

/** Runs as mrkdwn within the limit; '' when there is nothing to see. */
export function formatInline(content: Inline, limit: number): string {
  const whole = joinRuns(content, limit);
  if (whole.isWhole && whole.text.length <= limit) return isBlank(whole.text) ? '' : whole.text;
  const cut = joinRuns(content, limit - ELLIPSIS.length).text.trimEnd();
  return isBlank(cut) ? '' : cut + ELLIPSIS;
}

function joinRuns(content: Inline, limit: number): { readonly text: string; readonly isWhole: boolean } {
  let text = '';
  let isStyledBefore = false;
  for (const run of content) {
    const { isStyled, written } = piecesOf(run, limit);
    const joint = jointBetween(text, written, isStyled || isStyledBefore);
    const room = limit - text.length - joint.length;
    if (written.length > room || !isWholeRun(run, limit)) {
      const beginning = beginningOf(run, room);
      return { text: beginning === '' ? text : text + joint + beginning, isWhole: false };
    }
    text += joint + written;
    if (written !== '') isStyledBefore = isStyled;
  }
  return { text, isWhole: true };
}

function piecesOf(run: InlineRun, limit: number): { readonly isStyled: boolean; readonly written: string } {
  switch (run.type) {
    case 'user':
      return { isStyled: false, written: mention('@', run.userId, /^[UW][A-Z0-9]{2,30}$/) };
    case 'channel':
      return { isStyled: false, written: mention('#', run.channelId, /^[CGD][A-Z0-9]{2,30}$/) };
    case 'link':
      return { isStyled: false, written: link(run.url, run.text, limit) };
    case 'text':
      return { isStyled: run.style !== undefined, written: styled(run.style, cleanHead(run.text, limit).text) };
  }
}

function isWholeRun(run: InlineRun, limit: number): boolean {
  return (run.type !== 'text' && run.type !== 'link') || cleanHead(run.text, limit).isWhole;
}

/** What fits of a run that does not fit whole: mentions and links are all or nothing. */
function beginningOf(run: InlineRun, room: number): string {
  if (room <= 0 || run.type === 'user' || run.type === 'channel') return '';
  const style = run.type === 'text' ? run.style : undefined;
  return prefixWithin(room, cleanHead(run.text, room).text, (text) => styled(style, text));
}

type Style = 'bold' | 'italic' | 'code' | undefined;

const delimiters = { bold: '*', italic: '_', code: '`' } as const;

/** Delimiters must touch the words they format, so outer spaces stay outside. */
function styled(style: Style, text: string): string {
  if (style === undefined) return literal(text);
  const inner = text.trim();
  if (isBlank(inner)) return literal(text);
  const start = text.slice(0, text.indexOf(inner));
  const end = text.slice(start.length + inner.length);
  const body = style === 'code' ? literalInCode(inner) : literalInStyle(inner, delimiters[style]);
  return `${start}${delimiters[style]}${body}${delimiters[style]}${end}`;
}

function mention(sign: '@' | '#', id: string, form: RegExp): string {
  return form.test(id) ? `<${sign}${id}>` : literal(cleanHead(id, limits.idChars).text);
}

/** An address that Slack would not take, or that leads elsewhere than to a page, leaves only its label. */
function link(url: string, text: string, limit: number): string {
  const raw = cleanHead(isBlank(clean(text.slice(0, limit))) ? url : text, limit).text;
  const label = literalInStyle(raw, '').replace(/\|/g, '¦');
  const address = linkAddress(url);
  return address === undefined || isBlank(label) ? label : `<${address}|${label}>`;
}

function linkAddress(url: string): string | undefined {
  if (url.length > limits.urlChars || !/^(https?:\/\/|mailto:)[^\s<>"]+$/i.test(url)) return undefined;
  return url.replace(/&/g, '&amp;').replace(/\|/g, '%7C');
}
