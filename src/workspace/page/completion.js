/** @import { Command, PageStore } from './page-store.js' */
import { openChannels } from './channels.js';

/**
 * One line of the list above the message box.
 * @typedef {{ label: string, usage?: string, note?: string, text: string }} Suggestion `text` is the whole new text
 * @typedef {{ kind: 'choice' | 'hint', suggestions: Suggestion[] }} Completion a hint cannot be picked
 */

const shown = 30;

/**
 * What could follow in the message box: commands, their words as the manifest's usage hint names them, people,
 * groups and channels.
 * @param {PageStore} store
 * @param {string} text up to the caret
 * @returns {Completion}
 */
export function complete(store, text) {
  const mentions = mentionChoices(store, text);
  if (mentions.length > 0) return choice(mentions);
  if (!text.startsWith('/') || text.includes('\n')) return choice([]);
  const [word = '', ...rest] = text.split(' ');
  if (rest.length === 0) return choice(store.commands.filter((one) => one.command.startsWith(word)).map(commandChoice));
  const command = store.commands.find((one) => one.command === word);
  if (!command) return choice([]);
  const words = rest.length === 1 ? wordChoices(command, rest[0] ?? '') : [];
  return words.length > 0 ? choice(words) : { kind: 'hint', suggestions: [hintOf(command, rest[0] ?? '')] };
}

/** @param {Suggestion[]} suggestions */
function choice(suggestions) {
  return /** @type {Completion} */ ({ kind: 'choice', suggestions: suggestions.slice(0, shown) });
}

/** @param {Command} command */
function commandChoice({ command, description, usageHint }) {
  return { label: command, usage: usageHint, note: description, text: `${command} ` };
}

/**
 * The parts of a usage hint such as `help | list | mute <model> 4h`.
 * @param {Command} command
 */
export function usagesOf({ usageHint }) {
  const parts = usageHint.split('|').map((part) => part.trim());
  return parts
    .filter((part) => /^[a-z][\w-]*\b/i.test(part))
    .map((part) => ({ word: part.split(/\s+/)[0] ?? '', usage: part }));
}

/**
 * @param {Command} command
 * @param {string} typed
 * @returns {Suggestion[]}
 */
function wordChoices(command, typed) {
  const usages = usagesOf(command);
  if (usages.length < 2 || usages.some(({ word }) => word === typed)) return [];
  const starting = usages.filter(({ word }) => word.startsWith(typed.toLowerCase()));
  return starting.map(({ word, usage }) => ({
    label: `${command.command} ${word}`,
    usage: usage.slice(word.length).trim(),
    text: `${command.command} ${word} `,
  }));
}

/**
 * @param {Command} command
 * @param {string} typed
 * @returns {Suggestion}
 */
function hintOf(command, typed) {
  const known = usagesOf(command).find(({ word }) => word === typed);
  return { label: command.command, usage: known?.usage ?? command.usageHint, note: command.description, text: '' };
}

/**
 * @param {PageStore} store
 * @param {string} text
 * @returns {Suggestion[]}
 */
function mentionChoices(store, text) {
  const [, before = '', sign, typed = ''] = /^([\s\S]*?(?:^|\s))([@#])([\w.-]*)$/.exec(text) ?? [];
  if (sign === undefined) return [];
  const names = sign === '@' ? peopleNames(store) : channelNames(store);
  return names
    .filter(({ name }) => name.toLowerCase().startsWith(typed.toLowerCase()))
    .map(({ name, note }) => ({ label: `${sign}${name}`, note, text: `${before}${sign}${name} ` }));
}

/** @param {PageStore} store */
function peopleNames(store) {
  const users = [...store.users.values()].map((user) => ({
    name: user.name,
    note: user.isBot ? 'app' : user.realName === user.name ? '' : user.realName,
  }));
  return [...users, ...[...store.groups.values()].map(({ handle, name }) => ({ name: handle, note: name }))];
}

/** @param {PageStore} store */
function channelNames(store) {
  return openChannels(store).map(({ name }) => ({ name, note: '' }));
}
