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
export function readControl(control) {
  if (control.dataset.value !== undefined) return JSON.parse(control.dataset.value);
  if (control.dataset.field === 'datetimepicker' && 'value' in control)
    return control.value === '' ? '' : String(Date.parse(`${control.value}Z`) / 1000);
  if ('value' in control) return String(control.value);
  const boxes = /** @type {HTMLInputElement[]} */ ([...control.querySelectorAll('input')]);
  const chosen = boxes.filter((box) => box.checked).map((box) => box.value);
  return control.dataset.field === 'radio_buttons' ? (chosen[0] ?? '') : chosen;
}
