/** @import { PageStore } from './page-store.js' */
import { enlarge } from './dialogs.js';
import { h, safeUrl } from './dom.js';

/**
 * A picture that opens large; pictures of other sites are named, not loaded.
 * @param {PageStore} store
 * @param {any} image
 */
export function picture(store, image) {
  const src = imageSource(store, image);
  if (!src) return h('p', { class: 'image-absent' }, externalLink(image), ` (not loaded: ${image.alt_text})`);
  return h(
    'button',
    { class: 'picture', type: 'button', title: 'Enlarge', onClick: () => enlarge(src, image.alt_text) },
    h('img', { src, alt: image.alt_text, 'data-testid': 'image' }),
  );
}

/**
 * @param {PageStore} store
 * @param {any} image
 */
export function smallImage(store, image) {
  const src = imageSource(store, image);
  return src ? h('img', { class: 'small-image', src, alt: image.alt_text }) : h('span', {}, image.alt_text);
}

/**
 * @param {PageStore} store
 * @param {any} image
 */
function imageSource(store, image) {
  const { slack_file: file, image_url: url } = image;
  const named = file?.id && store.files.has(file.id) ? `/files/${file.id}` : undefined;
  const own = [file?.url, url].find((one) => typeof one === 'string' && one.startsWith(`${location.origin}/`));
  return named ?? own;
}

/** @param {any} image */
function externalLink(image) {
  const href = safeUrl(image.image_url ?? image.slack_file?.url);
  return href
    ? h('a', { href, target: '_blank', rel: 'noopener noreferrer' }, 'Picture on another site')
    : 'Picture that is gone';
}
