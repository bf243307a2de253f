/** @import { Command, PageStore } from './page-store.js' */
import { h } from './dom.js';
import { request } from './requests.js';
import { toast } from './toast.js';

/**
 * The message box with completion of slash commands.
 * @param {PageStore} store
 * @param {{ id: string, placeholder: () => string, target: () => { channel: string, threadTs?: string } | undefined }} options
 */
export function createComposer(store, { id, placeholder, target }) {
  const listId = `${id}-commands`;
  const input = /** @type {HTMLTextAreaElement} */ (
    h('textarea', {
      id: `${id}-input`,
      rows: 1,
      class: 'composer-input',
      'data-testid': `${id}-input`,
      role: 'combobox',
      'aria-autocomplete': 'list',
      'aria-controls': listId,
      'aria-expanded': 'false',
      'aria-label': 'Message or slash command',
      autocomplete: 'off',
      spellcheck: 'false',
    })
  );
  const send = h('button', { class: 'button primary', type: 'submit', 'data-testid': `${id}-send` }, 'Send');
  const list = h('div', {
    id: listId,
    class: 'command-list',
    role: 'listbox',
    'aria-label': 'Commands',
    hidden: true,
    'data-testid': 'command-list',
  });
  const form = h('form', { class: 'composer' }, list, h('div', { class: 'composer-row' }, input, send));
  let selected = 0;

  function matches() {
    const { value } = input;
    if (!value.startsWith('/') || value.includes('\n')) return [];
    const [word = ''] = value.split(' ');
    return store.commands.filter((one) => (value.includes(' ') ? one.command === word : one.command.startsWith(word)));
  }
  function showList() {
    const found = matches();
    const isHint = input.value.includes(' ');
    selected = Math.min(selected, Math.max(found.length - 1, 0));
    list.hidden = found.length === 0 || document.activeElement !== input;
    input.setAttribute('aria-expanded', String(!list.hidden));
    list.replaceChildren(
      ...found.map((one, index) =>
        commandRow(one, `${listId}-${index}`, !isHint && index === selected, () => complete(one)),
      ),
    );
    if (found.length > 0 && !isHint) input.setAttribute('aria-activedescendant', `${listId}-${selected}`);
    else input.removeAttribute('aria-activedescendant');
  }
  /** @param {Command} command */
  function complete(command) {
    input.value = `${command.command} `;
    input.focus();
    showList();
  }
  async function submit() {
    const text = input.value.trim();
    const place = target();
    if (text === '' || !place) return;
    if (text.length > store.longestText) {
      list.hidden = true;
      return toast(tooLong(text.length, store.longestText));
    }
    write('');
    const outcome = await request('compose', { user: store.me, ...place, text });
    if (outcome.ok) return;
    const isUnsent = outcome.error === 'refused' || outcome.error === 'offline';
    if (isUnsent && input.value === '') write(text);
    if (isUnsent || !text.startsWith('/') || place.threadTs) toast(outcome.detail);
  }
  /** @param {string} text */
  function write(text) {
    input.value = text;
    resize();
    showList();
  }
  function resize() {
    input.style.height = 'auto';
    input.style.height = `${Math.min(input.scrollHeight, 160)}px`;
  }

  input.addEventListener('input', () => {
    selected = 0;
    resize();
    showList();
  });
  input.addEventListener('blur', () => setTimeout(() => (list.hidden = true), 150));
  input.addEventListener('focus', showList);
  input.addEventListener('keydown', (event) => {
    const found = matches();
    const isChoosing = !list.hidden && found.length > 0 && !input.value.includes(' ');
    const command = found[selected];
    if (isChoosing && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault();
      selected = (selected + (event.key === 'ArrowDown' ? 1 : -1) + found.length) % found.length;
      showList();
    } else if (event.key === 'Escape') list.hidden = true;
    else if (
      isChoosing &&
      command &&
      (event.key === 'Tab' || event.key === 'Enter') &&
      input.value !== command.command
    ) {
      event.preventDefault();
      complete(command);
    } else if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      void submit();
    }
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void submit();
  });
  return {
    form,
    refresh() {
      input.placeholder = placeholder();
    },
  };
}

/**
 * @param {number} length
 * @param {number} longest
 */
function tooLong(length, longest) {
  const [most, got] = [longest, length].map((count) => count.toLocaleString('en'));
  return `Expected at most ${most} characters, got ${got}. Shorten the text; nothing was sent.`;
}

/**
 * @param {Command} command
 * @param {string} id
 * @param {boolean} isSelected
 * @param {() => void} onPick
 */
function commandRow(command, id, isSelected, onPick) {
  return h(
    'div',
    {
      id,
      class: 'command-row',
      role: 'option',
      'aria-selected': String(isSelected),
      'data-testid': 'command-option',
      onMousedown: (/** @type {Event} */ event) => event.preventDefault(),
      onClick: onPick,
    },
    h('span', { class: 'command-name' }, command.command),
    h('span', { class: 'command-usage' }, command.usageHint),
    h('span', { class: 'command-note' }, command.description),
  );
}
