/** @import { PageStore, Post } from './page-store.js' */
import { h } from './dom.js';
import { attachMenu } from './menu.js';
import { request } from './requests.js';
import { toast } from './toast.js';

/**
 * The shortcuts of the app for one message; nothing when there are none.
 * @param {PageStore} store
 * @param {Post} post
 */
export function messageMenu(store, post) {
  const shortcuts = store.shortcuts.filter((one) => one.type === 'message');
  if (shortcuts.length === 0) return undefined;
  const button = h(
    'button',
    { class: 'quiet-button', type: 'button', 'aria-label': 'Message shortcuts', 'data-testid': 'message-menu' },
    '⋮',
  );
  attachMenu({
    button,
    label: 'Message shortcuts',
    items: () => shortcuts.map((one) => ({ value: one.callbackId, label: one.name, note: one.description })),
    onPick: (item) => run(store, item.value, { channel: post.channel, ts: post.ts }),
  });
  return h('span', { class: 'menu-anchor message-menu' }, button);
}

/**
 * The shortcuts that need no message, beside the message box.
 * @param {PageStore} store
 */
export function globalShortcuts(store) {
  const shortcuts = store.shortcuts.filter((one) => one.type === 'global');
  if (shortcuts.length === 0) return [];
  const button = h(
    'button',
    { class: 'quiet-button', type: 'button', 'aria-label': 'Shortcuts', 'data-testid': 'shortcuts' },
    '⚡',
  );
  attachMenu({
    button,
    label: 'Shortcuts',
    items: () => shortcuts.map((one) => ({ value: one.callbackId, label: one.name, note: one.description })),
    onPick: (item) => run(store, item.value),
  });
  return [h('span', { class: 'menu-anchor' }, button)];
}

/**
 * @param {PageStore} store
 * @param {string} callbackId
 * @param {{ channel: string, ts: string }} [message]
 */
async function run(store, callbackId, message) {
  const outcome = await request('shortcut', { user: store.me, callbackId, ...message });
  if (!outcome.ok) toast(outcome.detail);
}
