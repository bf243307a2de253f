import { isHeld } from './hold.js';

const nearEndPx = 80;
/** Leaves the pressed button in sight above an answer that is taller than the list. */
const contextPx = 64;
const marginPx = 12;
/** Browsers round a scroll position to device pixels. */
const roundingPx = 2;

/**
 * Where a list of posts is scrolled to: at its end while the reader is there, and at an answer to the reader until
 * they scroll on. Nothing new at the end moves what the person has a hand on.
 * @param {HTMLElement} container
 */
export function createScroller(container) {
  let isPinned = true;
  /** @type {string | undefined} */
  let heldTs;
  let target = 0;
  let lastTop = 0;
  let isResting = false;

  function isNearEnd(top = container.scrollTop) {
    return container.scrollHeight - top - container.clientHeight < nearEndPx;
  }
  function held() {
    return heldTs === undefined ? null : container.querySelector(`.post[data-ts="${CSS.escape(heldTs)}"]`);
  }
  function release() {
    if (heldTs === undefined) return;
    heldTs = undefined;
    isPinned = isNearEnd();
  }
  function follow() {
    if (isResting) return;
    const answer = held();
    if (answer && !isPinned) reveal(answer);
    else if (isPinned && !isHeld(container)) container.scrollTop = container.scrollHeight;
  }
  /** @param {Element} post */
  function reveal(post) {
    const top = topThatShows(container, post);
    const end = container.scrollHeight - container.clientHeight;
    isPinned = isNearEnd(top);
    target = isPinned ? end : Math.max(top, 0);
    const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    container.scrollTo({ top: target, behavior: isCalm ? 'auto' : 'smooth' });
  }

  container.addEventListener('scroll', () => {
    // Only a move upwards leaves the end: what grows below it does not.
    const isMovedUp = container.scrollTop < lastTop;
    lastTop = container.scrollTop;
    if (heldTs === undefined && (isMovedUp || !isPinned)) isPinned = isNearEnd();
  });
  container.addEventListener('scrollend', () => {
    if (Math.abs(container.scrollTop - target) > roundingPx) release();
  });
  for (const move of ['wheel', 'touchmove', 'pointerdown', 'keydown']) {
    container.addEventListener(move, release, { passive: true });
  }
  container.addEventListener('load', follow, true);
  new ResizeObserver(follow).observe(container);

  return {
    restart() {
      isResting = false;
      isPinned = true;
      heldTs = undefined;
    },
    /** Something else stands in the container, from its top; it is not followed. */
    rest() {
      isResting = true;
      heldTs = undefined;
      container.scrollTop = 0;
    },
    /** @param {string | undefined} answerTs an answer that has just come */
    settle(answerTs) {
      if (answerTs === undefined) return follow();
      heldTs = answerTs;
      const answer = held();
      if (answer) reveal(answer);
    },
  };
}

/**
 * The scroll position that shows a post with the least movement; of a tall one, its beginning.
 * @param {HTMLElement} container
 * @param {Element} post
 */
function topThatShows(container, post) {
  const frame = container.getBoundingClientRect();
  const box = post.getBoundingClientRect();
  const start = container.scrollTop + box.top - frame.top;
  const highest = start - contextPx;
  const lowest = start + box.height + marginPx - container.clientHeight;
  if (lowest > highest) return highest;
  return Math.min(Math.max(container.scrollTop, lowest), highest);
}
