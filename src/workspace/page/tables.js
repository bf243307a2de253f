/** @import { Block, PageStore } from './page-store.js' */
import { h } from './dom.js';
import { richText } from './rich-text.js';

/**
 * @param {PageStore} store
 * @param {Block} block
 */
export function table(store, block) {
  const [head = [], ...rows] = block.rows;
  const cell = (/** @type {string} */ tag) => (/** @type {any} */ one, /** @type {number} */ index) => {
    const align = block.column_settings?.[index]?.align ?? (one.type === 'raw_number' ? 'right' : undefined);
    return h(tag, { class: align && `align-${align}`, scope: tag === 'th' && 'col' }, content(store, one));
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

/**
 * A table with a caption that is turned over page by page.
 * @param {PageStore} store
 * @param {Block} block
 */
export function dataTable(store, block) {
  const [head = [], ...rows] = block.rows;
  const pageSize = block.page_size ?? 5;
  const pages = Math.max(1, Math.ceil(rows.length / pageSize));
  const body = h('tbody', {});
  const where = h('span', { role: 'status' });
  let page = 0;
  function show() {
    const visible = rows.slice(page * pageSize, (page + 1) * pageSize);
    body.replaceChildren(...visible.map((/** @type {any[]} */ row) => h('tr', {}, row.map(cell))));
    where.textContent = `Page ${page + 1} of ${pages}`;
  }
  function cell(/** @type {any} */ one, /** @type {number} */ index) {
    const isHead = index === block.row_header_column_index;
    return h(
      isHead ? 'th' : 'td',
      { scope: isHead && 'row', class: one.type === 'raw_number' && 'align-right' },
      content(store, one),
    );
  }
  const turn = (/** @type {number} */ by) => () => {
    page = Math.min(Math.max(page + by, 0), pages - 1);
    show();
  };
  show();
  return [
    h(
      'table',
      {},
      h('caption', {}, block.caption),
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          head.map((/** @type {any} */ one) => h('th', { scope: 'col' }, content(store, one))),
        ),
      ),
      body,
    ),
    pages > 1 &&
      h(
        'p',
        { class: 'pager' },
        h('button', { class: 'link-button', type: 'button', onClick: turn(-1) }, 'Previous'),
        where,
        h('button', { class: 'link-button', type: 'button', onClick: turn(1) }, 'Next'),
      ),
  ];
}

/**
 * @param {PageStore} store
 * @param {any} cell
 */
function content(store, cell) {
  return cell.type === 'rich_text' ? richText(store, cell) : (cell.text ?? String(cell.value));
}
