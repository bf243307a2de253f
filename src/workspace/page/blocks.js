/** @import { Block, PageStore } from './page-store.js' */
/** @import { Source } from './elements.js' */
import { chart } from './chart.js';
import { h, safeUrl } from './dom.js';
import { interactive } from './elements.js';
import { inputField, instantField } from './inputs.js';
import { markdown } from './markdown.js';
import { plainWithEmoji, textNodes } from './mrkdwn.js';
import { picture, smallImage } from './pictures.js';
import { richText } from './rich-text.js';
import { dataTable, table } from './tables.js';

/** @typedef {{ store: PageStore, source: Source, block: Block, props: Record<string, string>, one: (element: any) => Node | undefined }} Drawing */

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

/** How each type is drawn. @type {Record<string, (drawing: Drawing) => HTMLElement>} */
const drawers = {
  header: ({ props, block }) => h('h3', props, plainWithEmoji(block.text.text)),
  section,
  context: ({ store, props, block }) =>
    h(
      'div',
      props,
      block.elements.map((/** @type {any} */ element) =>
        element.type === 'image' ? smallImage(store, element) : h('span', { class: 'text' }, textNodes(store, element)),
      ),
    ),
  actions: ({ props, block, one }) => h('div', props, block.elements.map(one)),
  context_actions: ({ props, block, one }) => h('div', props, block.elements.map(one)),
  divider: ({ props }) => h('hr', props),
  image: ({ store, props, block }) =>
    h(
      'div',
      props,
      block.title && h('p', { class: 'image-title' }, plainWithEmoji(block.title.text)),
      picture(store, block),
    ),
  input: ({ store, source, props, block }) => inputField({ store, source, blockId: block.block_id }, block, props),
  rich_text: ({ store, props, block }) => h('div', props, richText(store, /** @type {any} */ (block))),
  markdown: ({ store, props, block }) => h('div', props, markdown(store, block.text)),
  table: ({ store, props, block }) =>
    h('div', { ...props, tabindex: 0, role: 'group', 'aria-label': 'Table' }, table(store, block)),
  data_table: ({ store, props, block }) => h('div', { ...props, class: 'block table' }, dataTable(store, block)),
  data_visualization: ({ props, block }) => h('figure', props, chart(block)),
  container,
  card,
  carousel: ({ store, source, props, block }) =>
    h(
      'div',
      { ...props, tabindex: 0, role: 'group', 'aria-label': 'Cards' },
      block.elements.map((/** @type {Block} */ one) => renderBlock(store, one, source)),
    ),
  alert: ({ store, props, block }) =>
    h(
      'div',
      { ...props, class: `block alert ${block.level ?? 'default'}`, role: 'note' },
      textNodes(store, block.text),
    ),
  video: ({ props, block }) =>
    h(
      'p',
      props,
      h(
        'a',
        { href: safeUrl(block.title_url ?? block.video_url), target: '_blank', rel: 'noopener noreferrer' },
        `▶ ${block.title.text}`,
      ),
    ),
  task_card: ({ store, props, block }) =>
    h('div', props, `${taskSigns[block.status] ?? ''} ${block.title}`, block.details && richText(store, block.details)),
  plan: ({ store, source, props, block }) =>
    h(
      'div',
      props,
      h('p', { class: 'markdown-heading' }, block.title),
      (block.tasks ?? []).map((/** @type {Block} */ one) => renderBlock(store, one, source)),
    ),
};

/** @type {Record<string, string>} */
const taskSigns = { pending: '○ waiting:', in_progress: '◔ under way:', complete: '● done:', error: '✕ failed:' };

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
  const draw = drawers[block.type];
  if (!draw) return h('p', { ...props, class: 'block unknown' }, `This page cannot show a ${block.type} block.`);
  return draw({ store, source, block, props, one });
}

/** @param {Drawing} drawing */
function section({ store, block, props, one }) {
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

/** @param {Drawing} drawing */
function container({ store, source, block, props }) {
  const {
    title,
    rich_text_title: richTitle,
    subtitle,
    is_collapsible: isCollapsible,
    default_collapsed: isClosed,
  } = block;
  const head = [
    h('strong', {}, richTitle ? richText(store, richTitle) : plainWithEmoji(title.text)),
    subtitle && h('span', { class: 'menu-note' }, textNodes(store, subtitle)),
  ];
  const children = renderBlocks(store, block.child_blocks, source);
  if (isCollapsible) return h('details', { ...props, open: !isClosed }, h('summary', {}, head), children);
  return h('div', props, h('div', { class: 'container-head' }, head), children);
}

/** @param {Drawing} drawing */
function card({ store, block, props, one }) {
  const { hero_image: hero, icon, title, subtitle, body, actions } = block;
  return h(
    'div',
    props,
    hero && picture(store, hero),
    h('p', { class: 'card-title' }, icon && smallImage(store, icon), title && textNodes(store, title)),
    subtitle && h('p', { class: 'menu-note' }, textNodes(store, subtitle)),
    body && h('div', { class: 'text' }, textNodes(store, body)),
    actions && h('div', { class: 'block actions' }, actions.map(one)),
  );
}
