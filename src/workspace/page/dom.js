import { isHeld } from './hold.js';
import { withPictograms } from './pictograms.js';

/**
 * Builds an element. Text is always set as text, never as markup, so message data cannot become HTML.
 * @param {string} tag
 * @param {Record<string, unknown>} [props] `class`, attributes, and `onClick`-like listeners; false and undefined are left out
 * @param {...unknown} children nodes, strings, or arrays of them; false and undefined are left out
 * @returns {HTMLElement}
 */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === false || value === null) continue;
    if (typeof value === 'function') element.addEventListener(name.slice(2).toLowerCase(), value);
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  // A text box and an option hold characters and nothing else.
  if (tag === 'textarea' || tag === 'option') element.textContent = children.flat().filter(isShown).join('');
  else append(element, children);
  return element;
}

/** @param {unknown} child */
function isShown(child) {
  return child !== undefined && child !== null && child !== false && child !== '';
}

/**
 * @param {ParentNode} parent
 * @param {unknown} child
 */
export function append(parent, child) {
  if (!isShown(child)) return;
  if (Array.isArray(child)) for (const one of child) append(parent, one);
  else if (child instanceof Node) parent.append(child);
  else parent.append(...withPictograms(String(child)));
}

/** @type {WeakMap<Node, { key: string, parts: readonly unknown[] }>} */
const rendered = new WeakMap();

/**
 * Brings a container's children in line with a list; a child is built again only when one of its parts changed, and not
 * while the person has a hand on it.
 * @template T
 * @param {HTMLElement} container
 * @param {readonly T[]} items
 * @param {{ keyOf: (item: T) => string, partsOf: (item: T) => readonly unknown[], render: (item: T) => HTMLElement }} how
 */
export function reconcile(container, items, { keyOf, partsOf, render }) {
  /** @type {Map<string, Node>} */
  const known = new Map();
  for (const child of container.childNodes) {
    const mark = rendered.get(child);
    if (mark) known.set(mark.key, child);
  }
  /** @type {ChildNode | null} */
  let place = container.firstChild;
  for (const item of items) {
    const key = keyOf(item);
    const parts = partsOf(item);
    const old = known.get(key);
    const isSame = old && rendered.get(old)?.parts.every((part, index) => part === parts[index]);
    const keep = old && (isSame || isHeld(old));
    const node = keep ? old : render(item);
    if (!keep) rendered.set(node, { key, parts });
    known.delete(key);
    if (!keep && old) {
      if (old === place) place = place.nextSibling;
      const focused = old.contains(document.activeElement) ? document.activeElement : null;
      container.replaceChild(node, old);
      if (focused) refocus(/** @type {HTMLElement} */ (node), /** @type {HTMLElement} */ (focused));
    } else if (node === place) place = place.nextSibling;
    else container.insertBefore(node, place);
  }
  for (const gone of known.values()) container.removeChild(gone);
}

/**
 * Redrawing must not throw a keyboard reader back to the top of the page.
 * @param {HTMLElement} node
 * @param {HTMLElement} lost
 */
function refocus(node, lost) {
  const { testid = '', actionId = '', value = '' } = lost.dataset;
  const same = [...node.querySelectorAll('[data-testid]')].find((one) => {
    const { dataset } = /** @type {HTMLElement} */ (one);
    return dataset.testid === testid && (dataset.actionId ?? '') === actionId && (dataset.value ?? '') === value;
  });
  const target = /** @type {HTMLElement} */ (same ?? node);
  if (!same) target.tabIndex = -1;
  target.focus({ preventScroll: true });
}

/**
 * Only addresses a person may safely follow from message data.
 * @param {unknown} url
 */
export function safeUrl(url) {
  return typeof url === 'string' && /^(https?:\/\/|mailto:)/i.test(url) ? url : undefined;
}
