/** @import { PageStore } from './page-store.js' */
import { h } from './dom.js';
import { choicesOf, initialValues } from './elements.js';
import { textNodes } from './mrkdwn.js';

let groupCount = 0;

/**
 * Whether an element is drawn as boxes to tick. A menu of several picks is one too: a list that wants Ctrl for a second
 * pick loses the first.
 * @param {any} element
 */
export function isChoiceGroup({ type }) {
  return type === 'checkboxes' || type === 'radio_buttons' || isSeveral(type);
}

/** @param {string} type */
function isSeveral(type) {
  return type.startsWith('multi_') && type !== 'multi_external_select';
}

/**
 * @param {PageStore} store
 * @param {any} element
 * @param {Record<string, unknown>} props
 */
export function choiceGroup(store, element, props) {
  groupCount += 1;
  const name = `choice-${groupCount}`;
  const isMenu = isSeveral(element.type);
  const type = element.type === 'radio_buttons' ? 'radio' : 'checkbox';
  const initial = new Set(initialValues(element));
  const choices = isMenu ? choicesOf(store, element) : optionRows(store, element);
  const rows = choices.map(({ value, label, note }) =>
    h(
      'label',
      { class: 'choice' },
      h('input', { type, name, value, checked: initial.has(value) }),
      h('span', {}, label, note && h('span', { class: 'menu-note' }, note)),
    ),
  );
  const group = h('div', { ...props, class: isMenu ? 'choices scrolling' : 'choices', role: 'group' }, rows);
  const most = element.max_selected_items;
  if (most) {
    group.addEventListener('change', () => holdToMost(group, most));
    holdToMost(group, most);
  }
  return group;
}

/**
 * @param {PageStore} store
 * @param {any} element
 * @returns {{ value: string, label: unknown, note?: unknown }[]}
 */
function optionRows(store, element) {
  return element.options.map((/** @type {any} */ option) => ({
    value: option.value,
    label: textNodes(store, option.text),
    note: option.description && textNodes(store, option.description),
  }));
}

/**
 * @param {HTMLElement} group
 * @param {number} most
 */
function holdToMost(group, most) {
  const boxes = [...group.querySelectorAll('input')];
  const isFull = boxes.filter((box) => box.checked).length >= most;
  for (const box of boxes) box.disabled = isFull && !box.checked;
}
