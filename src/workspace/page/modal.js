/** @import { PageStore, View } from './page-store.js' */
import { renderBlocks } from './blocks.js';
import { append, h } from './dom.js';
import { isHeld } from './hold.js';
import { carryOver } from './inputs.js';
import { plainWithEmoji } from './mrkdwn.js';
import { readValues } from './read-values.js';
import { request } from './requests.js';
import { toast } from './toast.js';

/** @typedef {{ view: View, dialog: HTMLDialogElement }} Standing */

/**
 * Shows the top modal of the person's stack. Those below it stay as they were filled in.
 * @param {PageStore} store
 */
export function createModalHost(store) {
  /** @type {Map<string, Standing>} */
  const standing = new Map();
  /** @type {string | undefined} */
  let shownId;

  /** @param {View} view */
  function drawn(view) {
    const old = standing.get(view.id);
    if (old && (old.view === view || isHeld(old.dialog))) return old;
    const dialog = renderModal(store, view);
    if (old) carryOver(old.dialog, dialog);
    remove(view.id);
    const fresh = { view, dialog };
    standing.set(view.id, fresh);
    return fresh;
  }
  /** @param {string} id */
  function remove(id) {
    standing.get(id)?.dialog.remove();
    standing.delete(id);
  }
  return function showModal() {
    const stack = [...store.views.values()].filter((view) => view.type === 'modal' && view.user === store.me);
    const ids = new Set(stack.map((view) => view.id));
    for (const id of [...standing.keys()]) if (!ids.has(id)) remove(id);
    const top = stack.at(-1);
    const { dialog } = top ? drawn(top) : {};
    if (shownId !== top?.id) putAside(standing.get(shownId ?? '')?.dialog);
    shownId = top?.id;
    if (!dialog || dialog.open) return;
    document.body.append(dialog);
    dialog.showModal();
  };
}

/**
 * Out of the page, and kept as it is.
 * @param {HTMLDialogElement | undefined} dialog
 */
function putAside(dialog) {
  dialog?.close();
  dialog?.remove();
}

/**
 * @param {PageStore} store
 * @param {View} view
 */
function renderModal(store, view) {
  const close = () => request('close', { user: store.me, viewId: view.id });
  const submit =
    view.submit &&
    h(
      'button',
      { class: 'button primary', type: 'submit', 'data-testid': 'modal-submit' },
      plainWithEmoji(view.submit.text),
    );
  const form = h(
    'form',
    { class: 'modal-form', novalidate: true },
    h(
      'header',
      { class: 'modal-head' },
      h('h2', { id: 'modal-title' }, plainWithEmoji(view.title?.text ?? '')),
      h(
        'button',
        { class: 'quiet-button', type: 'button', 'aria-label': 'Close', 'data-testid': 'modal-close', onClick: close },
        '✕',
      ),
    ),
    h('div', { class: 'modal-body' }, renderBlocks(store, view.blocks, { viewId: view.id })),
    h(
      'footer',
      { class: 'dialog-buttons' },
      h('button', { class: 'button', type: 'button', onClick: close }, plainWithEmoji(view.close?.text ?? 'Cancel')),
      submit,
    ),
  );
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    showErrors(form, {});
    submit.setAttribute('aria-busy', 'true');
    const outcome = await request('submit', { user: store.me, viewId: view.id, values: readValues(form) });
    submit.removeAttribute('aria-busy');
    if (outcome.ok) return;
    if (outcome.errors) showErrors(form, outcome.errors);
    else toast(outcome.detail);
  });
  const dialog = /** @type {HTMLDialogElement} */ (
    h('dialog', { class: 'modal', 'aria-labelledby': 'modal-title', 'data-testid': 'modal' }, form)
  );
  dialog.addEventListener('cancel', (event) => {
    event.preventDefault();
    void close();
  });
  return dialog;
}

/**
 * @param {HTMLElement} form
 * @param {Record<string, string>} errors by block id
 */
function showErrors(form, errors) {
  for (const block of form.querySelectorAll('.block.input')) {
    const { blockId = '' } = /** @type {HTMLElement} */ (block).dataset;
    const text = errors[blockId];
    const place = block.querySelector('.field-error');
    place?.replaceChildren();
    if (place && text) append(place, text);
    const field = block.querySelector('[data-field]');
    if (text) field?.setAttribute('aria-invalid', 'true');
    else field?.removeAttribute('aria-invalid');
  }
  const first = form.querySelector('[aria-invalid="true"]');
  /** @type {HTMLElement | null | undefined} */ (
    first?.matches('.choices') ? first.querySelector('input') : first
  )?.focus();
}
