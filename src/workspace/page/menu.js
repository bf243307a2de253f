import { h } from './dom.js';
import { hold } from './hold.js';

/** @typedef {{ value: string, label: unknown, note?: string | undefined, group?: string | undefined }} MenuItem */

/**
 * A button that opens a list; arrows and first letters move, Enter picks, Escape closes.
 * @param {{ button: HTMLElement, label: string, items: () => MenuItem[], onPick: (item: MenuItem) => void }} options
 */
export function attachMenu({ button, label, items, onPick }) {
  button.setAttribute('aria-haspopup', 'menu');
  button.setAttribute('aria-expanded', 'false');
  /** @type {HTMLElement | undefined} */
  let list;
  let letGo = () => {};

  function close() {
    list?.remove();
    list = undefined;
    button.setAttribute('aria-expanded', 'false');
    document.removeEventListener('pointerdown', onOutside, true);
    letGo();
  }
  /** @param {PointerEvent} event */
  function onOutside(event) {
    const target = /** @type {Node} */ (event.target);
    if (!list?.contains(target) && !button.contains(target)) close();
  }
  /** @param {KeyboardEvent} event */
  function onKey(event) {
    const rows = [...(list?.querySelectorAll('button') ?? [])];
    const at = rows.indexOf(/** @type {HTMLButtonElement} */ (document.activeElement));
    const next =
      { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key] ?? lettered(rows, at, event.key);
    if (next !== undefined) {
      event.preventDefault();
      rows[(next + rows.length) % rows.length]?.focus();
    } else if (event.key === 'Escape' || event.key === 'Tab') {
      close();
      if (event.key === 'Escape') {
        event.stopPropagation();
        event.preventDefault();
        button.focus();
      }
    }
  }
  function open() {
    list = h(
      'div',
      { class: 'menu', role: 'menu', 'aria-label': label, 'data-testid': 'menu', onKeydown: onKey },
      menuRows(items(), (item) => {
        close();
        button.focus();
        onPick(item);
      }),
    );
    button.after(list);
    letGo = hold(button);
    button.setAttribute('aria-expanded', 'true');
    keepInSight(list);
    document.addEventListener('pointerdown', onOutside, true);
    list.querySelector('button')?.focus();
  }
  button.addEventListener('click', () => (list ? close() : open()));
}

/**
 * The next row after this one that begins with a letter, round the end.
 * @param {HTMLElement[]} rows
 * @param {number} at
 * @param {string} key
 */
function lettered(rows, at, key) {
  if (key.length !== 1 || key === ' ') return undefined;
  const order = rows.map((_, step) => (at + 1 + step) % rows.length);
  return order.find((index) => rows[index]?.textContent?.toLowerCase().startsWith(key.toLowerCase()));
}

/**
 * @param {MenuItem[]} items
 * @param {(item: MenuItem) => void} pick
 */
function menuRows(items, pick) {
  let group = '';
  return items.map((item) => {
    const heading = item.group && item.group !== group ? h('div', { class: 'menu-group' }, item.group) : undefined;
    group = item.group ?? '';
    const row = h(
      'button',
      { class: 'menu-item', type: 'button', role: 'menuitem', 'data-value': item.value, onClick: () => pick(item) },
      h('span', {}, item.label),
      item.note && h('span', { class: 'menu-note' }, item.note),
    );
    return [heading, row];
  });
}

/** @param {HTMLElement} list */
function keepInSight(list) {
  const box = list.getBoundingClientRect();
  const frame = (list.closest('.messages, dialog') ?? document.body).getBoundingClientRect();
  if (box.bottom > Math.min(frame.bottom, window.innerHeight)) list.classList.add('upwards');
  if (box.right > Math.min(frame.right, window.innerWidth)) list.classList.add('leftwards');
}
