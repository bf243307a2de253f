/** @import { PageStore, View } from './page-store.js' */
import { renderBlocks } from './blocks.js';
import { append, h } from './dom.js';
import { readValues, restoreValues } from './inputs.js';
import { plainWithEmoji } from './mrkdwn.js';
import { request } from './requests.js';
import { toast } from './toast.js';

/**
 * Shows the top modal of the person's stack.
 * @param {PageStore} store
 */
export function createModalHost(store) {
  /** @type {HTMLDialogElement | undefined} */
  let dialog;
  /** @type {View | undefined} */
  let shown;

  function clear() {
    dialog?.close();
    dialog?.remove();
    dialog = undefined;
    shown = undefined;
  }
  return function showModal() {
    const top = [...store.views.values()].findLast((view) => view.type === 'modal' && view.user === store.me);
    if (top === shown) return;
    const values = dialog && top && top.id === shown?.id ? readValues(dialog) : undefined;
    clear();
    if (!top) return;
    shown = top;
    dialog = renderModal(store, top);
    if (values) restoreValues(dialog, values);
    document.body.append(dialog);
    dialog.showModal();
  };
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
  dialog.addEventListener('close', () => {
    if (dialog.isConnected) void close();
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
