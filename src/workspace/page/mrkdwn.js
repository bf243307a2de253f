/** @import { PageStore } from './page-store.js' */
import { isOpenToMe } from './channels.js';
import { h, safeUrl } from './dom.js';
import { emoji } from './emoji.js';
import { formatDate } from './time.js';

const inline =
  /```(?<pre>[\s\S]+?)```|`(?<code>[^`\n]+)`|<(?<ref>[^<>\n]+)>|(?<![\w*])\*(?<bold>\S(?:[^*\n]*\S)?)\*(?![\w*])|(?<!\w)_(?<italic>\S(?:[^_\n]*\S)?)_(?!\w)|(?<![\w~])~(?<strike>\S(?:[^~\n]*\S)?)~(?![\w~])|:(?<emoji>[a-z0-9_+-]+):/;

/**
 * Nodes for a text in Slack's mrkdwn.
 * @param {PageStore} store
 * @param {string} text
 * @returns {(Node | string)[]}
 */
export function mrkdwn(store, text) {
  /** @type {(Node | string)[]} */
  const nodes = [];
  /** @type {string[]} */
  let quoted = [];
  const flush = () => {
    if (quoted.length > 0) nodes.push(h('blockquote', {}, inlineNodes(store, quoted.join('\n'))));
    quoted = [];
  };
  for (const [index, part] of text.split(/(```[\s\S]+?```)/).entries()) {
    if (index % 2 === 1) {
      flush();
      nodes.push(...inlineNodes(store, part));
      continue;
    }
    /** @type {string[]} */
    let plain = [];
    for (const line of part.split('\n')) {
      const quote = /^(?:&gt;|>) ?(.*)$/.exec(line);
      if (quote) {
        nodes.push(...inlineNodes(store, plain.join('\n')));
        plain = [];
        quoted.push(quote[1] ?? '');
      } else {
        flush();
        plain.push(line);
      }
    }
    flush();
    nodes.push(...inlineNodes(store, plain.join('\n')));
  }
  return nodes;
}

/**
 * @param {PageStore} store
 * @param {string} text
 * @returns {(Node | string)[]}
 */
function inlineNodes(store, text) {
  /** @type {(Node | string)[]} */
  const nodes = [];
  let rest = text;
  for (let match = inline.exec(rest); match; match = inline.exec(rest)) {
    nodes.push(unescapeText(rest.slice(0, match.index)), styled(store, match.groups ?? {}));
    rest = rest.slice(match.index + match[0].length);
  }
  nodes.push(unescapeText(rest));
  return nodes;
}

/**
 * @param {PageStore} store
 * @param {Record<string, string | undefined>} groups
 */
function styled(store, groups) {
  if (groups.pre !== undefined) return h('pre', {}, unescapeText(groups.pre.replace(/^\n|\n$/g, '')));
  if (groups.code !== undefined) return h('code', {}, unescapeText(groups.code));
  if (groups.bold !== undefined) return h('strong', {}, inlineNodes(store, groups.bold));
  if (groups.italic !== undefined) return h('em', {}, inlineNodes(store, groups.italic));
  if (groups.strike !== undefined) return h('s', {}, inlineNodes(store, groups.strike));
  if (groups.emoji !== undefined) return emoji(groups.emoji);
  return reference(store, groups.ref ?? '');
}

/**
 * `<@U…>`, `<#C…>`, `<!here>`, `<!date^…>` and `<url|label>`.
 * @param {PageStore} store
 * @param {string} ref
 */
function reference(store, ref) {
  const [target = '', label] = ref.split(/\|(.*)/s);
  if (target.startsWith('@')) return mention(`@${store.users.get(target.slice(1))?.name ?? label ?? target.slice(1)}`);
  if (target.startsWith('#')) return channelMention(store, target.slice(1), label);
  const date = /^!date\^(\d+)\^([^^]+)(?:\^(.+))?$/.exec(target);
  if (date) {
    const [, seconds = '0', format = '', link] = date;
    const time = h(
      'time',
      { datetime: new Date(Number(seconds) * 1000).toISOString(), title: label },
      formatDate(Number(seconds), format),
    );
    return safeUrl(link) ? h('a', { href: safeUrl(link), target: '_blank', rel: 'noopener noreferrer' }, time) : time;
  }
  const group = /^!subteam\^(\w+)/.exec(target);
  if (group) return mention(`@${store.groups.get(group[1] ?? '')?.handle ?? (label ?? 'group').replace(/^@/, '')}`);
  if (target.startsWith('!')) return mention(`@${target.slice(1).split('^')[0]}`);
  const href = safeUrl(unescapeText(target));
  if (!href) return unescapeText(`<${ref}>`);
  return h('a', { href, target: '_blank', rel: 'noopener noreferrer' }, unescapeText(label ?? target));
}

/**
 * A link to the channel where there is one.
 * @param {PageStore} store
 * @param {string} id
 * @param {string} [label]
 */
export function channelMention(store, id, label) {
  const channel = store.channels.get(id);
  if (!channel || channel.directWith || !isOpenToMe(store, channel)) return mention(`#${channel?.name ?? label ?? id}`);
  return h('a', { class: 'mention', href: `/archives/${id}` }, `#${channel.name}`);
}

/** @param {string} text */
export function mention(text) {
  return h('span', { class: 'mention' }, unescapeText(text));
}

/** @param {string} text */
function unescapeText(text) {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

/**
 * A text object: plain_text or mrkdwn.
 * @param {PageStore} store
 * @param {{ type: string, text: string } | undefined} text
 */
export function textNodes(store, text) {
  if (!text) return [];
  return text.type === 'mrkdwn' ? mrkdwn(store, text.text) : [plainWithEmoji(text.text)];
}

/** @param {string} text */
export function plainWithEmoji(text) {
  return text.replace(/:([a-z0-9_+-]+):/g, (_, name) => emoji(name));
}
