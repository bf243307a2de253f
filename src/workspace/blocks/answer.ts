import type { Json } from '../records.ts';
import { isObject } from './walk.ts';

/** What a person chose: a value, several values, or nothing. */
export type Choice = string | readonly string[] | null;

export type Answer = { readonly ok: true; readonly fields: Json } | { readonly ok: false; readonly reason: string };

/**
 * The fields Slack adds to an action, or to `state.values`, for a choice made on a stored element.
 * A value the element does not hold is refused: the page may be older than the message.
 */
export function answerElement(element: Json, choice: Choice | undefined, offered: readonly Json[] = []): Answer {
  switch (element.type) {
    case 'button':
    case 'icon_button':
      return answerButton(element, choice);
    case 'feedback_buttons':
      return answerFeedback(element, choice);
    case 'overflow':
    case 'static_select':
    case 'radio_buttons':
      return answerOption(storedOptions(element), choice ?? null);
    case 'external_select':
      return answerOption([...initialOptions(element), ...offered], choice ?? null);
    case 'multi_static_select':
    case 'checkboxes':
      return answerOptions(storedOptions(element), choice ?? []);
    case 'multi_external_select':
      return answerOptions([...initialOptions(element), ...offered], choice ?? []);
    case 'multi_users_select':
      return answerList('selected_users', choice);
    case 'multi_channels_select':
      return answerList('selected_channels', choice);
    case 'multi_conversations_select':
      return answerList('selected_conversations', choice);
    case 'users_select':
      return answerText('selected_user', choice);
    case 'channels_select':
      return answerText('selected_channel', choice);
    case 'conversations_select':
      return answerText('selected_conversation', choice);
    case 'datepicker':
      return answerText('selected_date', choice);
    case 'timepicker':
      return answerText('selected_time', choice);
    case 'datetimepicker':
      return answerInstant(choice);
    case 'plain_text_input':
    case 'number_input':
    case 'email_text_input':
    case 'url_text_input':
      return answerText('value', choice);
    case 'rich_text_input':
      return answerRichText(choice);
    default:
      return { ok: false, reason: `expected an interactive element, got ${String(element.type)}` };
  }
}

const initialKeys = [
  'value',
  'user',
  'channel',
  'conversation',
  'date',
  'time',
  'date_time',
  'users',
  'channels',
  'conversations',
].map((name) => `initial_${name}`);

/** What stands in an untouched element. */
export function initialChoice(element: Json): Choice {
  const option = element.initial_option;
  if (isObject(option)) return String(option.value);
  const options = element.initial_options;
  if (Array.isArray(options)) return options.filter(isObject).map((one) => String(one.value));
  if (element.type === 'rich_text_input') return plainTextOf(element.initial_value) || null;
  for (const key of initialKeys) {
    const value = element[key];
    if (typeof value === 'string') return value;
    if (typeof value === 'number') return String(value);
    if (Array.isArray(value)) return value.map(String);
  }
  const isList = element.type === 'checkboxes' || String(element.type).startsWith('multi_');
  return isList ? [] : null;
}

export function isEmptyChoice(choice: Choice | undefined): boolean {
  return choice === undefined || choice === null || choice.length === 0;
}

function answerButton(element: Json, choice: Choice | undefined): Answer {
  const stored = element.value;
  if (choice !== undefined && choice !== null && choice !== stored) return stale(choice);
  const { text, style } = element;
  return {
    ok: true,
    fields: { text, ...(stored === undefined ? {} : { value: stored }), ...(style ? { style } : {}) },
  };
}

function answerFeedback(element: Json, choice: Choice | undefined): Answer {
  const pressed = [element.positive_button, element.negative_button]
    .filter(isObject)
    .find((button) => button.value === choice);
  return pressed ? { ok: true, fields: { text: pressed.text, value: pressed.value } } : stale(choice ?? null);
}

function answerOption(options: readonly Json[], choice: Choice): Answer {
  if (isEmptyChoice(choice)) return { ok: true, fields: { selected_option: null } };
  const option = options.find((one) => one.value === choice);
  return option ? { ok: true, fields: { selected_option: option } } : stale(choice);
}

function answerOptions(options: readonly Json[], choice: Choice): Answer {
  const wanted = listOf(choice);
  const chosen = wanted.flatMap((value) => options.find((one) => one.value === value) ?? []);
  return chosen.length === wanted.length ? { ok: true, fields: { selected_options: chosen } } : stale(wanted);
}

function answerList(field: string, choice: Choice | undefined): Answer {
  return { ok: true, fields: { [field]: listOf(choice ?? null) } };
}

/** What is typed is one section without styles. */
function answerRichText(choice: Choice | undefined): Answer {
  if (typeof choice === 'object' && choice !== null) return answerText('rich_text_value', choice);
  const section = { type: 'rich_text_section', elements: [{ type: 'text', text: choice }] };
  const value = isEmptyChoice(choice) ? null : { type: 'rich_text', elements: [section] };
  return { ok: true, fields: { rich_text_value: value } };
}

function plainTextOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(plainTextOf).join('');
  if (!isObject(value)) return '';
  return typeof value.text === 'string' ? value.text : plainTextOf(value.elements);
}

/** An instant travels as seconds. */
function answerInstant(choice: Choice | undefined): Answer {
  if (isEmptyChoice(choice)) return { ok: true, fields: { selected_date_time: null } };
  const seconds = Number(choice);
  return Number.isInteger(seconds)
    ? { ok: true, fields: { selected_date_time: seconds } }
    : { ok: false, reason: `expected seconds since 1970, got ${String(choice).slice(0, 80)}` };
}

function listOf(choice: Choice): readonly string[] {
  return typeof choice === 'string' ? [choice].filter(Boolean) : (choice ?? []);
}

function initialOptions(element: Json): readonly Json[] {
  const many = Array.isArray(element.initial_options) ? element.initial_options : [];
  return [element.initial_option, ...many].filter(isObject);
}

function answerText(field: string, choice: Choice | undefined): Answer {
  return typeof choice === 'object' && choice !== null
    ? { ok: false, reason: `expected one value, got ${choice.length}` }
    : { ok: true, fields: { [field]: choice === '' ? null : (choice ?? null) } };
}

function storedOptions(element: Json): readonly Json[] {
  const groups = Array.isArray(element.option_groups) ? element.option_groups.filter(isObject) : [];
  const lists = [element.options, ...groups.map((group) => group.options)];
  return lists.flatMap((list) => (Array.isArray(list) ? list.filter(isObject) : []));
}

function stale(choice: Choice): Answer {
  const got = JSON.stringify(choice).slice(0, 80);
  return { ok: false, reason: `expected a value stored in the message, got ${got}; look at the message again` };
}
