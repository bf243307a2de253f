/** @import { PageStore, Post } from './page-store.js' */

/**
 * What a person sees in a channel: top-level messages, broadcast replies and their own ephemerals, by time; the answer
 * to a button stands below the message of the button.
 * @param {PageStore} store
 * @param {string} channel
 * @returns {Post[]}
 */
export function channelPosts(store, channel) {
  const messages = [...(store.messages.get(channel)?.values() ?? [])];
  const top = messages.filter((one) => !one.threadTs || one.threadTs === one.ts || one.isBroadcast);
  const shown = new Set(top.map((one) => one.ts));
  const own = ownEphemerals(store, channel).filter((one) => !one.threadTs || shown.has(one.answersTs ?? ''));
  return sorted([...top, ...own]);
}

/**
 * @param {PageStore} store
 * @param {string} channel
 * @param {string} ts
 * @returns {Post[]}
 */
export function threadPosts(store, channel, ts) {
  const parent = store.messages.get(channel)?.get(ts);
  if (!parent) return [];
  const own = ownEphemerals(store, channel).filter((one) => one.threadTs === ts || one.answersTs === ts);
  return [parent, ...sorted([...replies(store, channel, ts), ...own])];
}

/**
 * @param {PageStore} store
 * @param {string} channel
 * @param {string} ts
 */
function replies(store, channel, ts) {
  const messages = [...(store.messages.get(channel)?.values() ?? [])];
  return messages.filter((one) => one.threadTs === ts && one.ts !== ts);
}

/**
 * How many replies each thread of a channel has.
 * @param {PageStore} store
 * @param {string} channel
 */
export function replyCounts(store, channel) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const { ts, threadTs } of store.messages.get(channel)?.values() ?? []) {
    if (threadTs && threadTs !== ts) counts.set(threadTs, (counts.get(threadTs) ?? 0) + 1);
  }
  return counts;
}

/**
 * @param {PageStore} store
 * @param {string} channel
 */
function ownEphemerals(store, channel) {
  return [...store.ephemerals.values()].filter((one) => one.channel === channel && one.recipient === store.me);
}

/**
 * The `ts` that says where a post stands.
 * @param {Post} post
 */
export function placeTs(post) {
  return post.answersTs ?? post.ts;
}

/** @param {Post[]} posts */
function sorted(posts) {
  return posts.sort((a, b) => Number(placeTs(a)) - Number(placeTs(b)) || Number(a.ts) - Number(b.ts));
}
