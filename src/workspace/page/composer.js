/** @import { Suggestion } from './completion.js' */
/** @import { PageStore } from './page-store.js' */
import { complete } from './completion.js';
import { h } from './dom.js';
import { request } from './requests.js';
import { toast } from './toast.js';

const tallestPx = 160;

/**
 * The message box with completion of slash commands, people and channels. What was typed and not sent stays where it was.
 * @param {PageStore} store
 * @param {{ id: string, placeholder: () => string, target: () => { channel: string, threadTs?: string } | undefined }} options
 */
export function createComposer(store, { id, placeholder, target }) {
  const listId = `${id}-commands`;
  const { form, input, list } = composerParts(id, listId);
  /** @type {Map<string, string>} */
  const drafts = new Map();
  let shownFor = '';
  let selected = 0;

  function current() {
    return complete(store, input.value.slice(0, input.selectionStart));
  }
  function showList() {
    const { kind, suggestions } = current();
    const isChoice = kind === 'choice';
    selected = Math.min(selected, Math.max(suggestions.length - 1, 0));
    list.hidden = suggestions.length === 0 || document.activeElement !== input;
    list.replaceChildren(
      ...suggestions.map((one, index) =>
        suggestionRow(one, {
          id: `${listId}-${index}`,
          isSelected: isChoice && index === selected,
          onPick: () => isChoice && pick(one),
        }),
      ),
    );
    const isChoosing = isChoice && !list.hidden;
    if (isChoosing) {
      input.setAttribute('aria-activedescendant', `${listId}-${selected}`);
      list.children[selected]?.scrollIntoView({ block: 'nearest' });
    } else input.removeAttribute('aria-activedescendant');
  }
  /** @param {Suggestion} suggestion */
  function pick({ text }) {
    const rest = input.value.slice(input.selectionStart);
    write(text + rest);
    input.setSelectionRange(text.length, text.length);
    input.focus();
    selected = 0;
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
    // What is not shown yet has no height to measure: the rows of the text area stand.
    if (input.scrollHeight > 0) input.style.height = `${Math.min(input.scrollHeight, tallestPx)}px`;
  }
  /** @param {KeyboardEvent} event */
  function onKey(event) {
    const { kind, suggestions } = current();
    const isChoosing = !list.hidden && kind === 'choice' && suggestions.length > 0;
    const suggestion = suggestions[selected];
    const isWhole = suggestion?.text.trim() === input.value.trim();
    if (isChoosing && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault();
      selected = (selected + (event.key === 'ArrowDown' ? 1 : -1) + suggestions.length) % suggestions.length;
      showList();
    } else if (event.key === 'Escape' && !list.hidden) {
      event.stopPropagation();
      list.hidden = true;
    } else if (isChoosing && suggestion && !isWhole && (event.key === 'Tab' || event.key === 'Enter')) {
      event.preventDefault();
      pick(suggestion);
    } else if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      void submit();
    }
  }

  input.addEventListener('input', () => {
    selected = 0;
    resize();
    showList();
  });
  input.addEventListener('blur', () => setTimeout(() => (list.hidden = true), 150));
  input.addEventListener('focus', showList);
  input.addEventListener('keydown', onKey);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void submit();
  });
  return {
    form,
    refresh() {
      input.placeholder = placeholder();
      const place = target();
      const key = place ? [store.team, place.channel, place.threadTs].join(' ') : '';
      if (key === shownFor) return;
      drafts.set(shownFor, input.value);
      shownFor = key;
      input.value = drafts.get(key) ?? '';
      resize();
    },
  };
}

/**
 * @param {string} id
 * @param {string} listId
 */
function composerParts(id, listId) {
  const input = /** @type {HTMLTextAreaElement} */ (
    h('textarea', {
      id: `${id}-input`,
      rows: 1,
      class: 'composer-input',
      'data-testid': `${id}-input`,
      'aria-autocomplete': 'list',
      'aria-controls': listId,
      'aria-haspopup': 'listbox',
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
    'aria-label': 'Suggestions',
    hidden: true,
    'data-testid': 'command-list',
  });
  const form = h('form', { class: 'composer' }, list, h('div', { class: 'composer-row' }, input, send));
  return { form, input, list };
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
 * @param {Suggestion} suggestion
 * @param {{ id: string, isSelected: boolean, onPick: () => void }} row
 */
function suggestionRow({ label, usage, note }, { id, isSelected, onPick }) {
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
    h('span', { class: 'command-name' }, label),
    usage && h('span', { class: 'command-usage' }, usage),
    note && h('span', { class: 'command-note' }, note),
  );
}
