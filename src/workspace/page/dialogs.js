import { h } from './dom.js';

/**
 * Asks before an action; resolves true when the person agrees.
 * @param {{ title: Node | string, text: unknown, confirm: string, deny: string, style?: string }} question
 * @returns {Promise<boolean>}
 */
export function askConfirm({ title, text, confirm, deny, style }) {
  return new Promise((resolve) => {
    const yesClass = style === 'danger' ? 'button danger' : 'button primary';
    const dialog = openDialog('confirm-dialog', [
      h('h2', { id: 'confirm-title' }, title),
      h('div', { class: 'dialog-text' }, text),
      h(
        'div',
        { class: 'dialog-buttons' },
        h(
          'button',
          { class: 'button', type: 'button', 'data-testid': 'confirm-deny', onClick: () => dialog.close() },
          deny,
        ),
        h(
          'button',
          { class: yesClass, type: 'button', 'data-testid': 'confirm-yes', onClick: () => dialog.close('yes') },
          confirm,
        ),
      ),
    ]);
    dialog.setAttribute('aria-labelledby', 'confirm-title');
    dialog.addEventListener('close', () => resolve(dialog.returnValue === 'yes'));
  });
}

/**
 * @param {string} src
 * @param {string} alt
 */
export function enlarge(src, alt) {
  const dialog = openDialog('lightbox', [
    h(
      'button',
      {
        class: 'quiet-button lightbox-close',
        type: 'button',
        'aria-label': 'Close the picture',
        onClick: () => dialog.close(),
      },
      '✕',
    ),
    h('img', { src, alt }),
    h('p', { class: 'lightbox-alt' }, alt),
  ]);
  dialog.setAttribute('aria-label', 'Picture');
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) dialog.close();
  });
}

/**
 * @param {string} testId
 * @param {Node[]} children
 */
function openDialog(testId, children) {
  const dialog = /** @type {HTMLDialogElement} */ (h('dialog', { class: testId, 'data-testid': testId }, children));
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}
