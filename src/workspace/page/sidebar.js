/** @import { PageStore, Place } from './page-store.js' */
import { h } from './dom.js';

/**
 * Channels, the person's own direct messages, and the app's home.
 * @param {PageStore} store
 * @param {(place: Place) => void} onGo
 */
export function renderSidebar(store, onGo) {
  const all = [...store.channels.values()];
  const channels = all.filter((one) => !one.directWith);
  const direct = all.filter((one) => one.directWith === store.me);
  const row = (/** @type {Place} */ place, /** @type {string} */ label, /** @type {string} */ testId, sign = '#') => {
    const isHere =
      place.kind === 'home'
        ? store.place.kind === 'home'
        : store.place.kind === 'channel' && store.place.id === place.id;
    const isUnread = place.kind === 'channel' && store.unread.has(place.id);
    return h(
      'li',
      {},
      h(
        'button',
        {
          class: `side-row ${isUnread ? 'unread' : ''}`,
          type: 'button',
          'aria-current': isHere && 'page',
          'data-testid': testId,
          onClick: () => onGo(place),
        },
        h('span', { class: 'side-sign', 'aria-hidden': 'true' }, sign),
        label,
        isUnread && h('span', { class: 'visually-hidden' }, ' (new messages)'),
      ),
    );
  };
  return [
    h('h2', { class: 'side-title', 'data-part': 'channels-title' }, 'Channels'),
    h(
      'ul',
      { 'data-part': 'channels' },
      channels.map((one) => row({ kind: 'channel', id: one.id }, one.name, `channel-${one.name}`)),
    ),
    h('h2', { class: 'side-title', 'data-part': 'apps-title' }, 'Apps'),
    h(
      'ul',
      { 'data-part': 'apps' },
      row({ kind: 'home' }, `${store.bot.name} home`, 'app-home', '⌂'),
      direct.map((one) => row({ kind: 'channel', id: one.id }, `${store.bot.name} messages`, 'app-messages', '✉')),
    ),
  ];
}
