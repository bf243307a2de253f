/** @import { PageStore } from './page-store.js' */
import { openChannels } from './channels.js';
import { askConfirm } from './dialogs.js';
import { h, safeUrl } from './dom.js';
import { attachMenu } from './menu.js';
import { plainWithEmoji, textNodes } from './mrkdwn.js';
import { readValues } from './read-values.js';
import { request } from './requests.js';
import { thumb } from './thumb.js';
import { toast } from './toast.js';

/**
 * Where an element stands, as the workspace wants to hear it.
 * @typedef {{ channel: string, ts: string } | { viewId: string }} Source
 * @typedef {{ store: PageStore, source: Source, blockId: string }} Standing
 */

/** What each person last pressed; Slack keeps this in its client as well. @type {Map<string, string>} */
const pressed = new Map();

/**
 * An interactive element of a message or a view.
 * @param {Standing} standing
 * @param {any} element
 * @returns {HTMLElement | undefined}
 */
export function interactive(standing, element) {
  switch (element.type) {
    case 'button':
    case 'workflow_button':
      return actionButton(standing, element);
    case 'icon_button':
      return actionButton(standing, { ...element, text: { type: 'plain_text', text: `🗑 ${element.text.text}` } });
    case 'overflow':
      return overflow(standing, element);
    case 'feedback_buttons':
      return feedback(standing, element);
    case 'static_select':
    case 'users_select':
    case 'channels_select':
    case 'conversations_select':
      return selectMenu(standing, element);
    default:
      return undefined;
  }
}

/**
 * @param {Standing} standing
 * @param {any} element
 */
function actionButton(standing, element) {
  const props = {
    ...named(standing, element),
    class: `button ${element.style ?? ''}`.trim(),
    'aria-label': element.accessibility_label,
  };
  const text = plainWithEmoji(element.text.text);
  const href = safeUrl(element.url);
  const button = href
    ? h('a', { ...props, href, target: '_blank', rel: 'noopener noreferrer' }, text)
    : h('button', { ...props, type: 'button' }, text);
  button.addEventListener('click', () => fire(standing, element, button, element.value));
  return button;
}

/**
 * @param {Standing} standing
 * @param {any} element
 */
function feedback(standing, element) {
  const { store, source } = standing;
  const key = [store.me, JSON.stringify(source), element.action_id, element.positive_button.value].join(' ');
  const pair = [element.positive_button, element.negative_button].map((one, index) => {
    const button = h(
      'button',
      {
        ...named(standing, element),
        class: 'button feedback',
        type: 'button',
        'data-value': one.value,
        'aria-label': one.accessibility_label,
        'aria-pressed': String(pressed.get(key) === one.value),
      },
      thumb(index === 0 ? 'up' : 'down'),
      plainWithEmoji(one.text.text.replace(/^(👍|👎|:thumbs(up|down):|:[+-]1:)\s*/u, '')),
    );
    button.addEventListener('click', async () => {
      if (!(await fire(standing, element, button, one.value))) return;
      pressed.set(key, one.value);
      for (const other of pair) other.setAttribute('aria-pressed', String(other === button));
    });
    return button;
  });
  return h('span', { class: 'feedback-pair', role: 'group', 'aria-label': 'Feedback' }, pair);
}

/**
 * @param {Standing} standing
 * @param {any} element
 */
function overflow(standing, element) {
  const button = h(
    'button',
    { ...named(standing, element), class: 'button', type: 'button', 'aria-label': 'More actions' },
    '⋯',
  );
  attachMenu({
    button,
    label: 'More actions',
    items: () => element.options.map(menuItem),
    onPick: (item) => {
      const option = element.options.find((/** @type {any} */ one) => one.value === item.value);
      if (safeUrl(option?.url)) window.open(option.url, '_blank', 'noopener');
      void fire(standing, element, button, item.value);
    },
  });
  return h('span', { class: 'menu-anchor' }, button);
}

/**
 * @param {Standing} standing
 * @param {any} element
 */
function selectMenu(standing, element) {
  const choices = choicesOf(standing.store, element);
  const initial = initialValue(element);
  const shown = choices.find((item) => item.value === initial)?.label ?? element.placeholder?.text ?? 'Choose';
  const label = h('span', {}, shown);
  const button = h(
    'button',
    { ...named(standing, element), class: 'button select', type: 'button' },
    label,
    h('span', { class: 'caret', 'aria-hidden': 'true' }, '▾'),
  );
  attachMenu({
    button,
    label: element.placeholder?.text ?? 'Options',
    items: () => choices,
    onPick: async (item) => {
      const before = label.textContent;
      label.textContent = String(item.label);
      if (!(await fire(standing, element, button, item.value))) label.textContent = before;
    },
  });
  return h('span', { class: 'menu-anchor' }, button);
}

/**
 * The options of any select, people and channels included.
 * @param {PageStore} store
 * @param {any} element
 * @returns {import('./menu.js').MenuItem[]}
 */
export function choicesOf(store, element) {
  const type = element.type.replace(/^multi_/, '');
  if (type === 'users_select') {
    return [...store.users.values()].map((user) => ({ value: user.id, label: user.name }));
  }
  if (type === 'channels_select' || type === 'conversations_select') {
    return openChannels(store).map((channel) => ({ value: channel.id, label: `# ${channel.name}` }));
  }
  const groups = element.option_groups ?? [{ options: element.options ?? [] }];
  return groups.flatMap((/** @type {any} */ group) =>
    group.options.map((/** @type {any} */ option) => ({ ...menuItem(option), group: group.label?.text })),
  );
}

/** @param {any} element */
export function initialValue(element) {
  const { initial_option: option } = element;
  return option?.value ?? element.initial_user ?? element.initial_channel ?? element.initial_conversation ?? '';
}

/**
 * @param {any} element
 * @returns {string[]}
 */
export function initialValues(element) {
  const options = (element.initial_options ?? []).map((/** @type {any} */ one) => one.value);
  const ids = element.initial_users ?? element.initial_channels ?? element.initial_conversations ?? [];
  return [initialValue(element), ...options, ...ids].filter((one) => one !== '');
}

/** @param {any} option */
function menuItem(option) {
  return { value: option.value, label: plainWithEmoji(option.text.text), note: option.description?.text };
}

/**
 * @param {Standing} standing
 * @param {any} element
 */
export function named(standing, element) {
  return { 'data-testid': 'action', 'data-action-id': element.action_id, 'data-block-id': standing.blockId };
}

/**
 * Asks if the element wants it, then tells the workspace; true when the app acknowledged.
 * @param {Standing} standing
 * @param {any} element
 * @param {HTMLElement} control
 * @param {string | string[] | undefined} value
 */
export async function fire(standing, element, control, value) {
  if (control.getAttribute('aria-busy') === 'true') return false;
  const { store, source, blockId } = standing;
  const question = element.confirm;
  if (question) {
    const agreed = await askConfirm({
      title: plainWithEmoji(question.title.text),
      text: textNodes(store, question.text),
      confirm: question.confirm.text,
      deny: question.deny.text,
      style: question.style,
    });
    if (!agreed) return false;
  }
  control.setAttribute('aria-busy', 'true');
  const form = control.closest('form');
  const values = 'viewId' in source && form ? readValues(form) : undefined;
  const actionId = element.action_id;
  const outcome = await request('press', { user: store.me, ...source, blockId, actionId, value, values });
  control.removeAttribute('aria-busy');
  if (!outcome.ok) toast(outcome.detail);
  return outcome.ok;
}
