/** @import { Standing } from './elements.js' */
import { h } from './dom.js';
import { named } from './elements.js';
import { hold } from './hold.js';
import { request } from './requests.js';

const typingPauseMs = 150;

/** @typedef {{ value: string, label: string, group?: string | undefined }} Offered */

/**
 * A box that asks the app for its options while the person types. A hidden field holds what was picked, so that it is
 * read like any other; several picks stand as chips.
 * @param {Standing} standing
 * @param {any} element
 * @param {{ id?: string | undefined, onPick?: (value: string | string[]) => void }} options
 */
export function externalSelect(standing, element, { id, onPick }) {
  const isMany = element.type === 'multi_external_select';
  const listId = `${id ?? `external-${element.action_id}`}-offers`;
  const input = /** @type {HTMLInputElement} */ (
    h('input', {
      id,
      type: 'text',
      class: 'external-input',
      role: 'combobox',
      'aria-autocomplete': 'list',
      'aria-expanded': 'false',
      'aria-controls': listId,
      'aria-label': id ? undefined : (element.placeholder?.text ?? 'Choose'),
      placeholder: element.placeholder?.text ?? 'Type to search',
      autocomplete: 'off',
      'data-testid': 'external-input',
    })
  );
  const list = h('div', {
    id: listId,
    class: 'menu external-list',
    role: 'listbox',
    'aria-label': 'Options',
    hidden: true,
  });
  const chips = h('span', { class: 'chips' });
  const field = h(
    'span',
    { ...named(standing, element), class: 'external-select', 'data-field': element.type },
    chips,
    input,
    list,
  );
  /** @type {Offered[]} */
  let picked = initialPicks(element);
  /** @type {Offered[]} */
  let offers = [];
  let selected = 0;
  let asked = 0;
  let letGo = () => {};
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let pause;

  function show() {
    field.dataset.value = JSON.stringify(isMany ? picked.map((one) => one.value) : (picked[0]?.value ?? ''));
    field.dataset.picks = JSON.stringify(picked);
    if (!isMany) return;
    chips.replaceChildren(
      ...picked.map((one) =>
        h(
          'button',
          {
            class: 'chip',
            type: 'button',
            'aria-label': `Remove ${one.label}`,
            onClick: () => set(picked.filter((other) => other !== one)),
          },
          one.label,
          h('span', { 'aria-hidden': 'true' }, ' ✕'),
        ),
      ),
    );
  }
  /** @param {Offered[]} next */
  function set(next) {
    picked = next;
    show();
    onPick?.(isMany ? picked.map((one) => one.value) : (picked[0]?.value ?? ''));
  }
  function close() {
    list.hidden = true;
    input.setAttribute('aria-expanded', 'false');
    input.removeAttribute('aria-activedescendant');
    letGo();
  }
  function draw() {
    if (list.hidden) letGo = hold(field);
    list.hidden = false;
    input.setAttribute('aria-expanded', 'true');
    if (offers.length === 0) return list.replaceChildren(h('div', { class: 'menu-group' }, 'Nothing found'));
    input.setAttribute('aria-activedescendant', `${listId}-${selected}`);
    list.replaceChildren(
      ...offers.map((one, index) =>
        h(
          'div',
          {
            id: `${listId}-${index}`,
            class: 'menu-item',
            role: 'option',
            'aria-selected': String(index === selected),
            'data-testid': 'external-option',
            onMousedown: (/** @type {Event} */ event) => event.preventDefault(),
            onClick: () => pick(one),
          },
          one.label,
        ),
      ),
    );
  }
  /** @param {Offered} one */
  function pick(one) {
    close();
    input.value = isMany ? '' : one.label;
    set(isMany ? [...picked.filter((other) => other.value !== one.value), one] : [one]);
  }
  async function ask() {
    const typed = input.value;
    if (typed.length < (element.min_query_length ?? 3)) return close();
    asked += 1;
    const turn = asked;
    const { store, source, blockId } = standing;
    const body = { user: store.me, ...source, blockId, actionId: element.action_id, value: typed };
    const outcome = await request('suggest', body);
    if (turn !== asked || document.activeElement !== input) return;
    offers = outcome.ok ? offered(outcome.payload) : [];
    selected = 0;
    draw();
  }

  input.addEventListener('input', () => {
    clearTimeout(pause);
    pause = setTimeout(ask, typingPauseMs);
  });
  input.addEventListener('focus', ask);
  input.addEventListener('blur', () => {
    close();
    if (!isMany) input.value = picked[0]?.label ?? '';
  });
  input.addEventListener('keydown', (event) => {
    if (list.hidden) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) selected = (selected + step + offers.length) % Math.max(offers.length, 1);
    else if (event.key === 'Enter' && offers[selected]) pick(/** @type {Offered} */ (offers[selected]));
    else if (event.key === 'Escape') close();
    else return;
    event.preventDefault();
    event.stopPropagation();
    if (step !== undefined) draw();
  });
  field.addEventListener('restore', (event) => {
    picked = /** @type {CustomEvent} */ (event).detail;
    if (!isMany) input.value = picked[0]?.label ?? '';
    show();
  });
  if (!isMany) input.value = picked[0]?.label ?? '';
  show();
  return field;
}

/** @param {any} element */
function initialPicks(element) {
  return [element.initial_option, ...(element.initial_options ?? [])].filter(Boolean).map(offeredOption);
}

/** @param {any} payload */
function offered(payload) {
  const groups = payload.option_groups ?? [{ options: payload.options ?? [] }];
  return groups.flatMap((/** @type {any} */ group) => group.options.map(offeredOption));
}

/** @param {any} option */
function offeredOption(option) {
  return { value: option.value, label: option.text.text };
}
