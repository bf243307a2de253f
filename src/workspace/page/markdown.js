/** @import { PageStore } from './page-store.js' */
import { h } from './dom.js';
import { mrkdwn } from './mrkdwn.js';

/**
 * A markdown block: headings, lists, quotes, fences and paragraphs; inline marks are turned into mrkdwn.
 * @param {PageStore} store
 * @param {string} text
 */
export function markdown(store, text) {
  const nodes = [];
  for (const part of text.split(/(```[\s\S]+?```)/)) {
    if (part.startsWith('```')) {
      nodes.push(
        h(
          'pre',
          {},
          part
            .slice(3, -3)
            .replace(/^\w*\n/, '')
            .replace(/\n$/, ''),
        ),
      );
      continue;
    }
    for (const paragraph of part.split(/\n{2,}/)) {
      if (paragraph.trim() !== '') nodes.push(...paragraphNodes(store, paragraph.trim().split('\n')));
    }
  }
  return nodes;
}

/**
 * @param {PageStore} store
 * @param {string[]} lines
 */
function paragraphNodes(store, lines) {
  const bullets = lines.map((line) => /^\s*(?:[-*+]|(\d+)\.)\s+(.*)$/.exec(line));
  if (bullets.every((bullet) => bullet !== null)) {
    const items = bullets.map((bullet) => h('li', {}, inlineMarks(store, bullet?.[2] ?? '')));
    return [h(bullets[0]?.[1] ? 'ol' : 'ul', {}, items)];
  }
  return lines.map((line) => {
    const heading = /^(#{1,6})\s+(.*)$/.exec(line);
    if (heading) return h('p', { class: 'markdown-heading' }, inlineMarks(store, heading[2] ?? ''));
    return h('p', {}, inlineMarks(store, line));
  });
}

/**
 * @param {PageStore} store
 * @param {string} text
 */
function inlineMarks(store, text) {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const marked = escaped
    .replace(/(?<!\*)\*(?!\*)(\S[^*\n]*?)\*(?!\*)/g, '_$1_')
    .replace(/\*\*(.+?)\*\*/g, '*$1*')
    .replace(/~~(.+?)~~/g, '~$1~')
    .replace(/\[([^\]\n]+)\]\((https?:[^\s)]+)\)/g, '<$2|$1>');
  return mrkdwn(store, marked);
}
