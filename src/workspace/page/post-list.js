/** @import { PageStore, Post } from './page-store.js' */
import { h, reconcile } from './dom.js';
import { renderPost } from './post.js';
import { replyCounts } from './posts.js';
import { dayOf } from './time.js';

const nearBottomPx = 80;

/**
 * Keeps a scrolling list of posts up to date; it stays at the end when the reader is there.
 * @param {HTMLElement} container
 * @param {PageStore} store
 * @param {{ isInThread: boolean, onThread: (ts: string) => void }} options
 */
export function createPostList(container, store, { isInThread, onThread }) {
  let isPinned = true;
  let shownFor = '';
  const toEnd = () => {
    if (isPinned) container.scrollTop = container.scrollHeight;
  };
  container.addEventListener('scroll', () => {
    isPinned = container.scrollHeight - container.scrollTop - container.clientHeight < nearBottomPx;
  });
  container.addEventListener('load', toEnd, true);

  /**
   * @param {readonly Post[]} posts
   * @param {string} place a new place starts at its end
   * @param {string} emptyText
   */
  return function show(posts, place, emptyText) {
    if (place !== shownFor) isPinned = true;
    shownFor = place;
    /** @type {Map<string, boolean>} */
    const starts = new Map();
    let day = '';
    for (const post of posts) {
      const next = dayOf(post.ts);
      starts.set(post.ts, !isInThread && next !== day);
      day = next;
    }
    const counts = replyCounts(store, posts[0]?.channel ?? '');
    const countOf = (/** @type {Post} */ post) => counts.get(post.threadTs ?? post.ts) ?? 0;
    const startsDay = (/** @type {Post} */ post) => starts.get(post.ts) === true;
    reconcile(container, posts, {
      keyOf: (post) => `${post.channel} ${post.ts}`,
      partsOf: (post) => [post, startsDay(post), countOf(post), store.me],
      render: (post) =>
        renderPost(store, post, { isInThread, startsDay: startsDay(post), replyCount: countOf(post), onThread }),
    });
    if (posts.length === 0)
      reconcile(container, [emptyText], {
        keyOf: () => 'empty',
        partsOf: (text) => [text],
        render: (text) => h('p', { class: 'empty-place' }, text),
      });
    toEnd();
  };
}
