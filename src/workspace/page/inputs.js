/** @import { Block, PageStore } from './page-store.js' */
/** @import { Standing } from './elements.js' */
import { h } from './dom.js';
import { choicesOf, fire, initialValue, named } from './elements.js';
import { plainWithEmoji, textNodes } from './mrkdwn.js';

let fieldCount = 0;

/**
 * A labelled field of a modal. Its value is read by `readValues`.
 * @param {Standing} standing
 * @param {Block} block
 * @param {Record<string, string>} props
 */
export function inputField(standing, block, props) {
  fieldCount += 1;
  const id = `field-${fieldCount}`;
  const { element, label, hint } = block;
  const isGroup = element.type === 'checkboxes' || element.type === 'radio_buttons';
  const text = [plainWithEmoji(label.text), block.optional && h('span', { class: 'optional' }, ' (optional)')];
  const control = fieldControl(standing, element, id);
  if (block.dispatch_action) {
    control.addEventListener('change', () => fire(standing, element, control, readControl(control)));
  }
  return h(
    isGroup ? 'fieldset' : 'div',
    { ...props, class: 'block input' },
    isGroup ? h('legend', {}, text) : h('label', { for: id }, text),
    control,
    hint && h('p', { class: 'hint' }, plainWithEmoji(hint.text)),
    h('p', { class: 'field-error', id: `${id}-error`, role: 'alert' }),
  );
}

/**
 * Checkboxes, radio buttons and dates outside of input blocks act at once.
 * @param {Standing} standing
 * @param {any} element
 */
export function instantField(standing, element) {
  const control = fieldControl(standing, element, undefined);
  control.addEventListener('change', () => fire(standing, element, control, readControl(control)));
  return control;
}

/**
 * @param {Standing} standing
 * @param {any} element
 * @param {string | undefined} id
 */
function fieldControl(standing, element, id) {
  const props = {
    ...named(standing, element),
    id,
    'data-field': element.type,
    placeholder: element.placeholder?.text,
    'aria-describedby': id && `${id}-error`,
    autofocus: element.focus_on_load,
  };
  switch (element.type) {
    case 'plain_text_input': {
      const lengths = { minlength: element.min_length, maxlength: element.max_length ?? 3000 };
      return element.multiline
        ? h('textarea', { ...props, ...lengths, rows: 4 }, element.initial_value)
        : h('input', { ...props, ...lengths, type: 'text', value: element.initial_value });
    }
    case 'number_input': {
      const range = { min: element.min_value, max: element.max_value, step: element.is_decimal_allowed ? 'any' : 1 };
      return h('input', { ...props, ...range, type: 'number', value: element.initial_value });
    }
    case 'datepicker':
      return h('input', {
        ...props,
        type: 'date',
        value: element.initial_date,
        'aria-label': id ? undefined : element.placeholder?.text,
      });
    case 'checkboxes':
    case 'radio_buttons':
      return choiceGroup(standing.store, element, props);
    default:
      return nativeSelect(standing.store, element, props);
  }
}

/**
 * @param {PageStore} store
 * @param {any} element
 * @param {Record<string, unknown>} props
 */
function choiceGroup(store, element, props) {
  fieldCount += 1;
  const initial = new Set(
    (element.initial_options ?? [element.initial_option]).map((/** @type {any} */ one) => one?.value),
  );
  const type = element.type === 'checkboxes' ? 'checkbox' : 'radio';
  const rows = element.options.map((/** @type {any} */ option) =>
    h(
      'label',
      { class: 'choice' },
      h('input', { type, name: `choice-${fieldCount}`, value: option.value, checked: initial.has(option.value) }),
      h(
        'span',
        {},
        textNodes(store, option.text),
        option.description && h('span', { class: 'menu-note' }, textNodes(store, option.description)),
      ),
    ),
  );
  return h('div', { ...props, class: 'choices' }, rows);
}

/**
 * @param {PageStore} store
 * @param {any} element
 * @param {Record<string, unknown>} props
 */
function nativeSelect(store, element, props) {
  const isMultiple = element.type === 'multi_static_select';
  const initial = new Set([
    initialValue(element),
    ...(element.initial_options ?? []).map((/** @type {any} */ one) => one.value),
  ]);
  const options = choicesOf(store, element).map((item) =>
    h('option', { value: item.value, selected: item.value !== '' && initial.has(item.value) }, String(item.label)),
  );
  const none = h('option', { value: '' }, element.placeholder?.text ?? 'Choose');
  return h('select', { ...props, multiple: isMultiple }, isMultiple ? options : [none, ...options]);
}

/**
 * The values of every field below an element, by block id and action id.
 * @param {HTMLElement} form
 */
export function readValues(form) {
  /** @type {Record<string, Record<string, string | string[] | null>>} */
  const values = {};
  for (const control of form.querySelectorAll('[data-field]')) {
    const { blockId = '', actionId = '' } = /** @type {HTMLElement} */ (control).dataset;
    values[blockId] = { ...values[blockId], [actionId]: readControl(/** @type {HTMLElement} */ (control)) };
  }
  return values;
}

/**
 * @param {HTMLElement} control
 * @returns {string | string[]}
 */
function readControl(control) {
  if (control instanceof HTMLSelectElement && control.multiple)
    return [...control.selectedOptions].map((one) => one.value);
  if ('value' in control) return String(control.value);
  const boxes = /** @type {HTMLInputElement[]} */ ([...control.querySelectorAll('input')]);
  const chosen = boxes.filter((box) => box.checked).map((box) => box.value);
  return control.dataset.field === 'radio_buttons' ? (chosen[0] ?? '') : chosen;
}

/**
 * Puts values back after a dialog was drawn again.
 * @param {HTMLElement} form
 * @param {ReturnType<typeof readValues>} values
 */
export function restoreValues(form, values) {
  for (const control of form.querySelectorAll('[data-field]')) {
    const { blockId = '', actionId = '' } = /** @type {HTMLElement} */ (control).dataset;
    const value = values[blockId]?.[actionId];
    if (value === undefined) continue;
    const chosen = new Set([value].flat());
    if (control instanceof HTMLSelectElement) {
      for (const option of control.options) option.selected = chosen.has(option.value);
    } else if ('value' in control) control.value = value;
    else for (const box of control.querySelectorAll('input')) box.checked = chosen.has(box.value);
  }
}
