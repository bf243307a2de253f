/**
 * Data inside Slack's mrkdwn. `& < >` become entities, so no data can mention, link or notify. Slack has no escape
 * for `* _ ~ and the backtick`; a look-alike stands in for one only where Slack would read it as formatting, at the
 * edge of a word, so that names such as user_id or 2 * 3 stay as they are and can be copied.
 */
const lookAlikes: Readonly<Record<string, string>> = { '*': '∗', _: 'ˍ', '~': '∼', '`': 'ˋ' };
const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Invisible, and enough that a line no longer begins with what it begins with. */
const SOFT_HYPHEN = '\u00AD';
const ZERO_WIDTH_SPACE = '\u200B';

/**
 * Text that Slack and a terminal can show: no lone surrogates, no control characters but the line feed, and none of
 * the characters that turn the reading direction of whatever follows.
 */
export function clean(text: string): string {
  return text
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(/\t/g, ' ')
    .replace(/\p{Surrogate}/gu, '\uFFFD')
    .replace(/[^\P{Cc}\n]/gu, '')
    .replace(/[\u202A-\u202E\u2066-\u2069]/g, '');
}

/** Nothing that a person could see; Slack refuses such text as empty. */
export function isBlank(text: string): boolean {
  return /^[\s\p{Cf}\p{Mn}]*$/u.test(text);
}

export function escapeEntities(text: string): string {
  return text.replace(/[&<>]/g, (character) => ENTITIES[character] ?? character);
}

/** The other direction, for what people type: Slack sends their `& < >` as entities. */
export function unescapeEntities(text: string): string {
  return text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');
}

/** Clean text as it must stand in mrkdwn to be read literally. */
export function literal(text: string): string {
  return escapeEntities(breakEmojiNames(withoutFormatting(text))).replace(/^&gt;/gm, `${SOFT_HYPHEN}&gt;`);
}

/** Inside `*bold*` or `_italic_` the delimiter itself would end the run early, and so would a line break. */
export function literalInStyle(text: string, delimiter: string): string {
  const standIn = lookAlikes[delimiter];
  const neutral = standIn === undefined ? text : text.replaceAll(delimiter, standIn);
  return escapeEntities(breakEmojiNames(withoutFormatting(neutral))).replace(/\s*\n\s*/g, ' ');
}

/** Inside a code span only the backtick and the line break matter. */
export function literalInCode(text: string): string {
  return escapeEntities(text.replace(/`/g, 'ˋ').replace(/\s*\n\s*/g, ' '));
}

/** For plain_text objects, which know emoji names but no formatting. */
export function literalInPlain(text: string): string {
  return escapeEntities(breakEmojiNames(text));
}

/** What has to stand between two pieces so that formatting still begins and ends there. */
export function jointBetween(before: string, after: string, isStyledSide: boolean): string {
  if (!isStyledSide || before === '' || after === '') return '';
  return /[\p{L}\p{N}*_~`;]$/u.test(before) && /^[\p{L}\p{N}*_~`&]/u.test(after) ? ZERO_WIDTH_SPACE : '';
}

function withoutFormatting(text: string): string {
  return text.replace(/([*_~])\1*|`/g, (run, _delimiter, offset: number) => {
    const isInert =
      run !== '`' &&
      isInertBetween(
        text.slice(Math.max(0, offset - 2), offset),
        text.slice(offset + run.length, offset + run.length + 2),
      );
    return isInert ? run : [...run].map((character) => lookAlikes[character] ?? character).join('');
  });
}

/** Slack reads a delimiter as formatting only where a word begins or ends. */
function isInertBetween(before: string, after: string): boolean {
  const isInsideWord = /[\p{L}\p{N}]$/u.test(before) && /^[\p{L}\p{N}]/u.test(after);
  return isInsideWord || (/(^|\s)$/.test(before) && /^(\s|$)/.test(after));
}

function breakEmojiNames(text: string): string {
  return text.replace(/:(?=[\p{Ll}\p{N}_+'-]+:)/gu, (colon, offset: number) =>
    /\p{N}$/u.test(text.slice(Math.max(0, offset - 1), offset)) ? colon : `${colon}${ZERO_WIDTH_SPACE}`,
  );
}
