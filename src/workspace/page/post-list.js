/** @import { PageStore, Post } from './page-store.js' */
import { h, reconcile } from './dom.js';
import { renderPost } from './post.js';
import { placeTs, replyCounts } from './posts.js';
import { createScroller } from './scroller.js';
import { dayOf } from './time.js';

/**
 * Keeps a scrolling list of posts up to date; it stays at the end when the reader is there.
 * @param {HTMLElement} container
 * @param {PageStore} store
 * @param {{ isInThread: boolean, onThread: (ts: string) => void }} options
 */
export function createPostList(container, store, { isInThread, onThread }) {
  const scroller = createScroller(container);
  let shownFor = '';

  /**
   * @param {readonly Post[]} posts
   * @param {string} place a new place starts at its end
   * @param {string} emptyText
   */
  function show(posts, place, emptyText) {
    if (place !== shownFor) scroller.restart();
    shownFor = place;
    /** @type {Map<string, boolean>} */
    const starts = new Map();
    let day = '';
    for (const post of posts) {
      const next = dayOf(placeTs(post));
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
    const answer = posts.includes(/** @type {Post} */ (store.answer)) ? store.answer?.ts : undefined;
    scroller.settle(answer);
  }
  return {
    show,
    /**
     * Something that is no list of posts takes the container.
     * @param {string} place
     */
    leaveFor(place) {
      if (place !== shownFor) scroller.rest();
      shownFor = place;
    },
  };
}
