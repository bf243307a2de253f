import { h } from './dom.js';

const shownMs = 8000;

/**
 * A short line that goes away by itself.
 * @param {string} text
 */
export function toast(text) {
  const close = h('button', { class: 'quiet-button', type: 'button', 'aria-label': 'Dismiss' }, '✕');
  const box = h('div', { class: 'toast', 'data-testid': 'toast' }, h('span', {}, text), close);
  close.addEventListener('click', () => box.remove());
  document.getElementById('toasts')?.append(box);
  setTimeout(() => box.remove(), shownMs);
}
