/** @import { Block, PageStore } from './page-store.js' */
/** @import { Standing } from './elements.js' */
import { choiceGroup, isChoiceGroup } from './choice-group.js';
import { h } from './dom.js';
import { choicesOf, fire, initialValues, named } from './elements.js';
import { externalSelect } from './external-select.js';
import { plainWithEmoji } from './mrkdwn.js';
import { readControl } from './read-values.js';

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
  const isGroup = isChoiceGroup(element);
  const text = [plainWithEmoji(label.text), block.optional && h('span', { class: 'optional' }, ' (optional)')];
  const onPick = (/** @type {string | string[]} */ value) =>
    block.dispatch_action && fire(standing, element, control, value);
  const control = isExternal(element)
    ? externalSelect(standing, element, { id, onPick })
    : fieldControl(standing, element, id);
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
  if (isExternal(element)) {
    const select = externalSelect(standing, element, { onPick: (value) => fire(standing, element, select, value) });
    return select;
  }
  const control = fieldControl(standing, element, undefined);
  control.addEventListener('change', () => fire(standing, element, control, readControl(control)));
  return control;
}

/** @param {any} element */
function isExternal(element) {
  return element.type === 'external_select' || element.type === 'multi_external_select';
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
    case 'rich_text_input':
      return h('textarea', { ...props, rows: 4 }, plainTextOf(element.initial_value));
    case 'file_input':
      return h('p', { id, class: 'hint' }, 'Files cannot be picked on this page.');
    case 'number_input': {
      const range = { min: element.min_value, max: element.max_value, step: element.is_decimal_allowed ? 'any' : 1 };
      return h('input', { ...props, ...range, type: 'number', value: element.initial_value });
    }
    case 'email_text_input':
      return h('input', { ...props, type: 'email', value: element.initial_value });
    case 'url_text_input':
      return h('input', { ...props, type: 'url', value: element.initial_value });
    case 'datepicker':
      return h('input', { ...props, ...ownLabel(element, id, 'Date'), type: 'date', value: element.initial_date });
    case 'timepicker':
      return h('input', { ...props, ...ownLabel(element, id, 'Time'), type: 'time', value: element.initial_time });
    case 'datetimepicker': {
      const initial = element.initial_date_time;
      const value = initial && new Date(initial * 1000).toISOString().slice(0, 16);
      return h('input', { ...props, ...ownLabel(element, id, 'Date and time, UTC'), type: 'datetime-local', value });
    }
    default:
      return isChoiceGroup(element)
        ? choiceGroup(standing.store, element, { ...props, ...ownLabel(element, id, 'Choose') })
        : nativeSelect(standing.store, element, props);
  }
}

/**
 * @param {any} value
 * @returns {string}
 */
function plainTextOf(value) {
  return Array.isArray(value) ? value.map(plainTextOf).join('') : (value?.text ?? plainTextOf(value?.elements ?? []));
}

/**
 * A control outside of an input block has no label beside it.
 * @param {any} element
 * @param {string | undefined} id
 * @param {string} fallback
 */
function ownLabel(element, id, fallback) {
  return id ? {} : { 'aria-label': element.placeholder?.text ?? fallback };
}

/**
 * @param {PageStore} store
 * @param {any} element
 * @param {Record<string, unknown>} props
 */
function nativeSelect(store, element, props) {
  const initial = new Set(initialValues(element));
  const options = choicesOf(store, element).map((item) =>
    h('option', { value: item.value, selected: initial.has(item.value) }, String(item.label)),
  );
  const none = h('option', { value: '' }, element.placeholder?.text ?? 'Choose');
  const own = ownLabel(element, /** @type {string | undefined} */ (props.id), 'Choose');
  return h('select', { ...props, ...own }, none, ...options);
}

/**
 * Puts what was filled in into a dialog that is drawn anew.
 * @param {HTMLElement} from
 * @param {HTMLElement} to
 */
export function carryOver(from, to) {
  for (const control of to.querySelectorAll('[data-field]')) {
    const field = /** @type {HTMLElement} */ (control);
    const old = [...from.querySelectorAll('[data-field]')].find((one) =>
      isSameField(/** @type {HTMLElement} */ (one), field),
    );
    if (!old) continue;
    fill(field, /** @type {HTMLElement} */ (old));
    if (old.contains(document.activeElement)) field.setAttribute('autofocus', '');
  }
}

/**
 * @param {HTMLElement} one
 * @param {HTMLElement} other
 */
function isSameField({ dataset: one }, { dataset: other }) {
  return one.blockId === other.blockId && one.actionId === other.actionId && one.field === other.field;
}

/**
 * @param {HTMLElement} control
 * @param {HTMLElement} old
 */
function fill(control, old) {
  if (old.dataset.picks !== undefined) {
    control.dispatchEvent(new CustomEvent('restore', { detail: JSON.parse(old.dataset.picks) }));
    return;
  }
  const chosen = new Set([readControl(old)].flat());
  if (control instanceof HTMLSelectElement) {
    for (const option of control.options) option.selected = chosen.has(option.value);
  } else if ('value' in control && 'value' in old) control.value = old.value;
  else for (const box of control.querySelectorAll('input')) box.checked = chosen.has(box.value);
}
