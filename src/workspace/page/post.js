/** @import { PageStore, Post } from './page-store.js' */
import { renderBlocks } from './blocks.js';
import { enlarge } from './dialogs.js';
import { h } from './dom.js';
import { emoji } from './emoji.js';
import { extensionOf, sizeText } from './file-words.js';
import { messageMenu } from './message-menu.js';
import { mrkdwn } from './mrkdwn.js';
import { request } from './requests.js';
import { clockOf, dayOf, instantOf } from './time.js';

/**
 * A message or an ephemeral answer.
 * @param {PageStore} store
 * @param {Post} post
 * @param {{ isInThread: boolean, startsDay: boolean, replyCount: number, onThread: (ts: string) => void }} context
 */
export function renderPost(store, post, context) {
  const isEphemeral = post.recipient !== undefined;
  const name = authorName(store, post.user);
  const isApp = store.users.get(post.user)?.isBot === true;
  const article = h(
    'article',
    {
      class: isEphemeral ? 'post ephemeral' : 'post',
      'data-testid': isEphemeral ? 'ephemeral' : 'message',
      'data-ts': post.ts,
      'aria-label': `${name} at ${clockOf(post.ts)}`,
    },
    h(
      'div',
      { class: `avatar ${isApp ? 'app' : `tint-${tint(post.user)}`}`, 'aria-hidden': 'true' },
      name.slice(0, 1).toUpperCase(),
    ),
    h(
      'div',
      { class: 'post-body' },
      isEphemeral && ephemeralNote(post),
      post.isBroadcast && !context.isInThread && h('p', { class: 'post-note' }, 'Replied to a thread'),
      h(
        'header',
        { class: 'post-head' },
        h('span', { class: 'author' }, name),
        isApp && h('span', { class: 'badge' }, 'APP'),
        h('time', { datetime: instantOf(post.ts), title: `${dayOf(post.ts)}, ${clockOf(post.ts)}` }, clockOf(post.ts)),
        post.edited && h('span', { class: 'edited', 'data-testid': 'edited' }, '(edited)'),
      ),
      post.blocks.length > 0
        ? renderBlocks(store, post.blocks, { channel: post.channel, ts: post.ts })
        : h('div', { class: 'text' }, mrkdwn(store, post.text)),
      (post.fileIds ?? []).map((id) => fileCard(store, id)),
      reactions(post),
      !isEphemeral && messageMenu(store, post),
      !context.isInThread && !isEphemeral && threadLink(post, context),
    ),
  );
  return context.startsDay ? h('div', {}, h('h3', { class: 'day' }, h('span', {}, dayOf(post.ts))), article) : article;
}

/**
 * @param {PageStore} store
 * @param {string} user
 */
export function authorName(store, user) {
  return user === 'USLACKBOT' ? 'Workspace' : (store.users.get(user)?.name ?? user);
}

/** @param {string} user */
function tint(user) {
  return [...user].reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0) % 5;
}

/** @param {Post} post */
function ephemeralNote(post) {
  const dismiss = () => request('dismiss', { channel: post.channel, ts: post.ts });
  return h(
    'p',
    { class: 'post-note' },
    h('span', { 'aria-hidden': 'true' }, '◉ '),
    'Only visible to you · ',
    h('button', { class: 'link-button', type: 'button', 'data-testid': 'dismiss', onClick: dismiss }, 'Dismiss'),
  );
}

/**
 * @param {PageStore} store
 * @param {string} id
 */
function fileCard(store, id) {
  const file = store.files.get(id);
  if (!file) return h('p', { class: 'image-absent' }, 'This file was deleted.');
  const src = `/files/${file.id}`;
  if (!file.mimetype.startsWith('image/')) {
    return h(
      'a',
      { class: 'file-card', href: src, download: file.name },
      h('span', { class: 'file-sign', 'aria-hidden': 'true' }, extensionOf(file.name)),
      h(
        'span',
        {},
        h('span', { class: 'file-title' }, file.title),
        h('span', { class: 'file-note' }, ` ${file.name}, ${sizeText(file.size)}`),
      ),
    );
  }
  const alt = file.altText || file.title;
  return h(
    'div',
    { class: 'block image' },
    h('p', { class: 'image-title' }, file.title),
    h(
      'button',
      { class: 'picture', type: 'button', onClick: () => enlarge(src, alt) },
      h('img', { src, alt, 'data-testid': 'image' }),
    ),
  );
}

/** @param {Post} post */
function reactions(post) {
  if (!post.reactions?.length) return undefined;
  const rows = post.reactions.map((one) =>
    h('span', { class: 'reaction', title: `:${one.name}:` }, `${emoji(one.name)} ${one.users.length}`),
  );
  return h('div', { class: 'reactions', 'data-testid': 'reactions' }, rows);
}

/**
 * @param {Post} post
 * @param {{ replyCount: number, onThread: (ts: string) => void }} context
 */
function threadLink(post, { replyCount: count, onThread }) {
  const root = post.threadTs ?? post.ts;
  const text = count === 0 ? 'Reply in thread' : count === 1 ? '1 reply' : `${count} replies`;
  return h(
    'button',
    {
      class: `thread-link ${count === 0 ? 'empty' : ''}`,
      type: 'button',
      'data-testid': 'thread-link',
      onClick: () => onThread(root),
    },
    text,
  );
}
