/**
 * What the person has a hand on: an open menu, or something pressed and not yet let go. It is not redrawn and not moved
 * meanwhile, or a change that comes just then would close the menu and lose the click.
 */

/** A finger that is lifted is followed by its click after a moment, a hand that slipped off by none. */
const clickAfterMs = 50;

/** @type {Set<{ node: Node }>} one for each hand, as a button with an open menu may be pressed as well */
const held = new Set();
/** @type {Set<() => void>} */
const listeners = new Set();

/**
 * @param {Node} node
 * @returns {() => void} lets it go; a second call does nothing
 */
export function hold(node) {
  const hand = { node };
  held.add(hand);
  return () => {
    if (held.delete(hand)) for (const listener of listeners) listener();
  };
}

/**
 * Whether the person has a hand on something inside.
 * @param {Node} container
 */
export function isHeld(container) {
  return [...held].some(({ node }) => container.contains(node));
}

/**
 * Called when something was let go, to draw what was put off.
 * @param {() => void} listener
 */
export function onLetGo(listener) {
  listeners.add(listener);
}

/** Holds what is pressed with the pointer or the space bar until its click has come. */
export function holdWhatIsPressed() {
  let letGo = () => {};

  /** @param {Event} event */
  function press({ target }) {
    letGo();
    if (target instanceof Element && !scrolls(target)) letGo = hold(target);
  }
  function lift() {
    setTimeout(letGo, clickAfterMs);
  }
  document.addEventListener('pointerdown', (event) => event.button === 0 && press(event), true);
  document.addEventListener('keydown', (event) => event.key === ' ' && !event.repeat && press(event), true);
  document.addEventListener('keyup', (event) => event.key === ' ' && lift(), true);
  for (const end of ['pointerup', 'pointercancel']) document.addEventListener(end, lift, true);
  window.addEventListener('blur', lift);
  document.addEventListener('click', () => letGo());
}

/**
 * A press on the bar of something that scrolls is not followed by a word that it ended.
 * @param {Element} target
 */
function scrolls(target) {
  return target.scrollHeight > target.clientHeight && getComputedStyle(target).overflowY !== 'visible';
}
