/** @import { Block, PageStore } from './page-store.js' */
/** @import { Source } from './elements.js' */
import { enlarge } from './dialogs.js';
import { h, safeUrl } from './dom.js';
import { interactive } from './elements.js';
import { inputField, instantField } from './inputs.js';
import { markdown } from './markdown.js';
import { plainWithEmoji, textNodes } from './mrkdwn.js';
import { richText } from './rich-text.js';

/**
 * @param {PageStore} store
 * @param {readonly Block[]} blocks
 * @param {Source} source
 */
export function renderBlocks(store, blocks, source) {
  return h(
    'div',
    { class: 'blocks' },
    blocks.map((block) => renderBlock(store, block, source)),
  );
}

/**
 * @param {PageStore} store
 * @param {Block} block
 * @param {Source} source
 */
function renderBlock(store, block, source) {
  const standing = { store, source, blockId: block.block_id };
  const one = (/** @type {any} */ element) => interactive(standing, element) ?? instantField(standing, element);
  const props = {
    class: `block ${block.type.replaceAll('_', '-')}`,
    'data-testid': `block-${block.type}`,
    'data-block-id': block.block_id,
  };
  switch (block.type) {
    case 'header':
      return h('h3', props, plainWithEmoji(block.text.text));
    case 'section':
      return section(store, block, props, one);
    case 'context':
      return h(
        'div',
        props,
        block.elements.map((/** @type {any} */ element) =>
          element.type === 'image'
            ? smallImage(store, element)
            : h('span', { class: 'text' }, textNodes(store, element)),
        ),
      );
    case 'actions':
    case 'context_actions':
      return h('div', props, block.elements.map(one));
    case 'divider':
      return h('hr', props);
    case 'image':
      return h(
        'div',
        props,
        block.title && h('p', { class: 'image-title' }, plainWithEmoji(block.title.text)),
        picture(store, block),
      );
    case 'input':
      return inputField(standing, block, props);
    case 'rich_text':
      return h('div', props, richText(store, /** @type {any} */ (block)));
    case 'markdown':
      return h('div', props, markdown(store, block.text));
    case 'table':
      return h('div', props, table(store, block));
    default:
      return h('p', { ...props, class: 'block unknown' }, `This page cannot show a ${block.type} block.`);
  }
}

/**
 * @param {PageStore} store
 * @param {Block} block
 * @param {Record<string, string>} props
 * @param {(element: any) => Node | undefined} one
 */
function section(store, block, props, one) {
  const { text, fields, accessory } = block;
  const body = h(
    'div',
    { class: 'section-body' },
    text && h('div', { class: 'text' }, textNodes(store, text)),
    fields &&
      h(
        'div',
        { class: 'fields' },
        fields.map((/** @type {any} */ field) => h('div', { class: 'text' }, textNodes(store, field))),
      ),
  );
  if (!accessory) return h('div', props, body);
  const side = accessory.type === 'image' ? picture(store, accessory) : one(accessory);
  return h('div', props, body, h('div', { class: 'accessory' }, side));
}

/**
 * A picture that opens large; pictures of other sites are named, not loaded.
 * @param {PageStore} store
 * @param {any} image
 */
function picture(store, image) {
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
function smallImage(store, image) {
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

/**
 * @param {PageStore} store
 * @param {Block} block
 */
function table(store, block) {
  const [head = [], ...rows] = block.rows;
  const cell = (/** @type {string} */ tag) => (/** @type {any} */ one, /** @type {number} */ index) => {
    const align = block.column_settings?.[index]?.align;
    const content = one.type === 'rich_text' ? richText(store, one) : (one.text ?? String(one.value));
    return h(tag, { class: align && `align-${align}`, scope: tag === 'th' && 'col' }, content);
  };
  return h(
    'table',
    {},
    h('thead', {}, h('tr', {}, head.map(cell('th')))),
    h(
      'tbody',
      {},
      rows.map((/** @type {any[]} */ row) => h('tr', {}, row.map(cell('td')))),
    ),
  );
}
