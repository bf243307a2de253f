/** @import { Channel, PageStore } from './page-store.js' */

/**
 * A private channel, or a direct message, is there for its members only.
 * @param {PageStore} store
 * @param {Channel} channel
 */
export function isOpenToMe(store, { isPrivate, members }) {
  return !isPrivate || members.includes(store.me);
}

/**
 * The channels that the person can see, without direct messages.
 * @param {PageStore} store
 */
export function openChannels(store) {
  return [...store.channels.values()].filter((one) => !one.directWith && isOpenToMe(store, one));
}
