/** @import { PageStore } from './page-store.js' */
import { h, safeUrl } from './dom.js';
import { emoji } from './emoji.js';
import { channelMention, mention } from './mrkdwn.js';
import { formatDate } from './time.js';

/**
 * @param {PageStore} store
 * @param {{ elements: any[] }} block
 */
export function richText(store, block) {
  return block.elements.map((part) => richPart(store, part));
}

/**
 * @param {PageStore} store
 * @param {any} part
 */
function richPart(store, part) {
  const inside = () => part.elements.map((/** @type {any} */ one) => richInline(store, one));
  switch (part.type) {
    case 'rich_text_preformatted':
      return h('pre', {}, inside());
    case 'rich_text_quote':
      return h('blockquote', {}, inside());
    case 'rich_text_list': {
      const items = part.elements.map((/** @type {any} */ item) => h('li', {}, richPart(store, item)));
      return h(part.style === 'ordered' ? 'ol' : 'ul', { class: `indent-${part.indent ?? 0}` }, items);
    }
    default:
      return h('div', { class: 'rich-section' }, inside());
  }
}

/**
 * @param {PageStore} store
 * @param {any} one
 */
function richInline(store, one) {
  /** @type {Node | string} */
  let node = richContent(store, one);
  const { bold, italic, strike, code } = one.style ?? {};
  if (code) node = h('code', {}, node);
  if (bold) node = h('strong', {}, node);
  if (italic) node = h('em', {}, node);
  if (strike) node = h('s', {}, node);
  return node;
}

/**
 * @param {PageStore} store
 * @param {any} one
 */
function richContent(store, one) {
  switch (one.type) {
    case 'link':
      return h('a', { href: safeUrl(one.url), target: '_blank', rel: 'noopener noreferrer' }, one.text ?? one.url);
    case 'user':
      return mention(`@${store.users.get(one.user_id)?.name ?? one.user_id}`);
    case 'channel':
      return channelMention(store, one.channel_id);
    case 'usergroup':
      return mention(`@${store.groups.get(one.usergroup_id)?.handle ?? one.usergroup_id}`);
    case 'broadcast':
      return mention(`@${one.range}`);
    case 'emoji':
      return emoji(one.name);
    case 'date':
      return formatDate(one.timestamp, one.format);
    default:
      return one.text ?? '';
  }
}
