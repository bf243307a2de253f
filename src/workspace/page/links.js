/** @import { PageStore } from './page-store.js' */

/** @typedef {{ channel: string, ts?: string | undefined }} Spot a channel, or a message in it */

/**
 * What an address of this workspace points at, such as `/archives/C01/p1700000000000100`.
 * @param {string} address
 * @returns {Spot | undefined}
 */
export function spotAt(address) {
  const { origin, pathname } = new URL(address, location.href);
  const [, channel, digits] = /^\/archives\/(\w+)(?:\/p(\d{7,}))?\/?$/.exec(pathname) ?? [];
  if (origin !== location.origin || !channel) return undefined;
  return { channel, ts: digits?.replace(/(\d{6})$/, '.$1') };
}

/**
 * Links to what this workspace shows are followed here instead of in another tab.
 * @param {PageStore} store
 * @param {(spot: Spot) => void} onSpot
 */
export function followOwnLinks(store, onSpot) {
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a[href]') : undefined;
    const wantsTab = event.metaKey || event.ctrlKey || event.shiftKey;
    const spot = link instanceof HTMLAnchorElement && !wantsTab ? spotAt(link.href) : undefined;
    if (!spot || !store.channels.has(spot.channel)) return;
    event.preventDefault();
    onSpot(spot);
  });
}
