/** @import { PageStore, Post, StoredFile } from './page-store.js' */
import { isOpenToMe } from './channels.js';
import { enlarge } from './dialogs.js';
import { h } from './dom.js';
import { extensionOf, sizeText } from './file-words.js';
import { plainWithEmoji } from './mrkdwn.js';
import { authorName } from './post.js';
import { momentOf } from './time.js';

/**
 * @typedef {{ file: StoredFile, posts: readonly Post[] }} Listed a file and where it stands, the newest place first
 */

/**
 * The files that stand in something the person can see, and those that stand nowhere; the newest first.
 * @param {PageStore} store
 * @param {string | undefined} channel only those that stand there
 * @returns {Listed[]}
 */
export function listedFiles(store, channel) {
  const everywhere = [
    ...[...store.messages.values()].flatMap((list) => [...list.values()]),
    ...store.ephemerals.values(),
  ];
  /** @type {Map<string, Post[]>} */
  const places = new Map();
  for (const post of everywhere) {
    for (const id of filesOf(post)) places.set(id, [...(places.get(id) ?? []), post]);
  }
  const canSee = (/** @type {Post} */ post) => {
    const place = store.channels.get(post.channel);
    return post.recipient ? post.recipient === store.me : place !== undefined && isOpenToMe(store, place);
  };
  return [...store.files.values()]
    .filter((file) => file.state === 'complete')
    .map((file) => ({ file, all: places.get(file.id) ?? [] }))
    .map(({ file, all }) => ({ file, all, posts: all.filter((post) => canSee(post) && isAt(post, channel)) }))
    .filter(({ all, posts }) => posts.length > 0 || (all.length === 0 && channel === undefined))
    .map(({ file, posts }) => ({ file, posts: posts.toReversed() }))
    .toReversed();
}

/**
 * @param {Post} post
 * @param {string | undefined} channel
 */
function isAt(post, channel) {
  return channel === undefined || post.channel === channel;
}

/**
 * The files of a post: attached ones and the pictures of its blocks.
 * @param {Post} post
 * @returns {Set<string>}
 */
function filesOf(post) {
  const found = new Set(post.fileIds ?? []);
  /** @param {unknown} value */
  function look(value) {
    if (Array.isArray(value)) return value.forEach(look);
    if (typeof value !== 'object' || value === null) return;
    const { slack_file: file } = /** @type {{ slack_file?: { id?: string, url?: string } }} */ (value);
    const id = file?.id ?? /\/files\/(\w+)/.exec(file?.url ?? '')?.[1];
    if (id) found.add(id);
    Object.values(value).forEach(look);
  }
  look(post.blocks);
  return found;
}

/**
 * @param {PageStore} store
 * @param {readonly Listed[]} files
 * @param {{ channel: string | undefined, onAll: () => void, onPost: (post: Post) => void }} options
 */
export function renderFiles(store, files, { channel, onAll, onPost }) {
  const kinds = files.length === 1 ? '1 file' : `${files.length} files`;
  const bytes = files.reduce((sum, { file }) => sum + file.size, 0);
  const all = h(
    'button',
    { class: 'link-button', type: 'button', 'data-testid': 'files-all', onClick: onAll },
    'Show all files',
  );
  return h(
    'div',
    { class: 'files', 'data-testid': 'files' },
    h(
      'p',
      { class: 'files-sum' },
      files.length > 0 ? `${kinds}, ${sizeText(bytes)}` : 'No files yet.',
      channel && [' · ', all],
    ),
    files.length > 0 &&
      h(
        'ul',
        { class: 'file-list' },
        files.map((one) => fileRow(store, one, onPost)),
      ),
  );
}

/**
 * @param {PageStore} store
 * @param {Listed} listed
 * @param {(post: Post) => void} onPost
 */
function fileRow(store, { file, posts }, onPost) {
  const src = `/files/${file.id}`;
  const alt = file.altText || file.title;
  const isPicture = file.mimetype.startsWith('image/');
  const made = new Date(file.createdAt);
  return h(
    'li',
    { class: 'file', 'data-testid': 'file' },
    isPicture
      ? h(
          'button',
          { class: 'picture', type: 'button', 'aria-label': `Enlarge ${file.title}`, onClick: () => enlarge(src, alt) },
          h('img', { src, alt: '', loading: 'lazy' }),
        )
      : h('span', { class: 'file-sign', 'aria-hidden': 'true' }, extensionOf(file.name)),
    h(
      'div',
      { class: 'file-body' },
      h('p', { class: 'file-title' }, plainWithEmoji(file.title)),
      h(
        'p',
        { class: 'file-note' },
        file.title !== file.name && `${file.name} · `,
        `${sizeText(file.size)} · ${authorName(store, file.user)} · `,
        h('time', { datetime: made.toISOString() }, momentOf(made)),
      ),
      h('p', { class: 'file-note' }, placeLinks(store, posts, onPost)),
    ),
    h(
      'a',
      { class: 'button', href: src, download: file.name, 'aria-label': `Download ${file.name}` },
      h('span', { class: 'wide' }, 'Download'),
      h('span', { class: 'narrow', 'aria-hidden': 'true' }, '↓'),
    ),
  );
}

/** More places than these are only counted. */
const placesShown = 3;

/**
 * @param {PageStore} store
 * @param {readonly Post[]} posts
 * @param {(post: Post) => void} onPost
 */
function placeLinks(store, posts, onPost) {
  if (posts.length === 0) return 'In no message: only the app sees it';
  const links = posts
    .slice(0, placesShown)
    .flatMap((post, index) => [
      index > 0 && ', ',
      h(
        'button',
        { class: 'link-button', type: 'button', 'data-testid': 'file-place', onClick: () => onPost(post) },
        placeText(store, post),
      ),
    ]);
  const rest = posts.length - placesShown;
  return ['In ', links, rest > 0 && ` and ${rest} more`];
}

/**
 * @param {PageStore} store
 * @param {Post} post
 */
function placeText(store, post) {
  const channel = store.channels.get(post.channel);
  const name = channel?.directWith ? `${store.bot.name} messages` : `# ${channel?.name ?? post.channel}`;
  if (post.recipient) return `${name}, only visible to you`;
  return post.threadTs && post.threadTs !== post.ts ? `a thread of ${name}` : name;
}
