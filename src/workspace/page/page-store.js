import { isOpenToMe, openChannels } from './channels.js';
import { remembered } from './remembered.js';

/**
 * @typedef {{ id: string, name: string, realName: string, isBot: boolean, isAdmin: boolean, isGuest: boolean,
 *   homeTeamId?: string }} User
 * @typedef {{ id: string, handle: string, name: string }} Group
 * @typedef {{ type: 'message' | 'global', name: string, callbackId: string, description: string }} Shortcut
 * @typedef {{ id: string, name: string, members: string[], isPrivate: boolean, isArchived: boolean,
 *   directWith?: string }} Channel
 * @typedef {{ type: string, block_id: string } & Record<string, any>} Block
 * @typedef {{ channel: string, ts: string, user: string, text: string, blocks: Block[], threadTs?: string,
 *   isFromApp?: boolean, isBroadcast?: boolean, edited?: object, reactions?: { name: string, users: string[] }[],
 *   fileIds?: string[], recipient?: string, answersTs?: string }} Post a message, or an ephemeral when it has a recipient
 * @typedef {{ id: string, user: string, type: 'modal' | 'home', hash: string, blocks: Block[], title?: any, submit?: any,
 *   close?: any }} View
 * @typedef {{ command: string, description: string, usageHint: string }} Command
 * @typedef {{ id: string, name: string, title: string, mimetype: string, altText: string, size: number, user: string,
 *   createdAt: number, state: 'expected' | 'uploaded' | 'complete' }} StoredFile
 * @typedef {{ kind: 'channel', id: string } | { kind: 'home' } | { kind: 'files', channel?: string | undefined }} Place
 */

/** The page's copy of the workspace and what the person is looking at. */
export function createPageStore() {
  const listeners = new Set();
  let isScheduled = false;
  const store = {
    title: '',
    team: '',
    /** @type {{ id: string, name: string }[]} */ teams: [],
    /** @type {Set<string>} other workspaces where something was said */ newsTeams: new Set(),
    /** @type {Map<string, { place: Place, thread: string | undefined, unread: Set<string> }>} */ left: new Map(),
    bot: { id: '', name: '' },
    isLive: false,
    connections: 0,
    /** @type {Command[]} */ commands: [],
    /** @type {Shortcut[]} */ shortcuts: [],
    /** @type {string} */ warning: '',
    /** @type {Map<string, Group>} */ groups: new Map(),
    longestText: Number.POSITIVE_INFINITY,
    /** @type {Map<string, User>} */ users: new Map(),
    /** @type {Map<string, Channel>} */ channels: new Map(),
    /** @type {Map<string, Map<string, Post>>} */ messages: new Map(),
    /** @type {Map<string, Post>} */ ephemerals: new Map(),
    /** @type {Map<string, StoredFile>} */ files: new Map(),
    /** @type {Map<string, View>} */ views: new Map(),
    /** @type {Set<string>} */ unread: new Set(),
    /** @type {Post | undefined} the newest answer to the person, until it is shown */ answer: undefined,
    me: '',
    /** @type {Place} */ place: { kind: 'channel', id: '' },
    /** @type {string | undefined} */ thread: undefined,

    /** @param {Record<string, any>} change */
    apply(change) {
      applyChange(store, change);
      store.changed();
    },
    /** Renders once per burst of changes. */
    changed() {
      if (isScheduled) return;
      isScheduled = true;
      queueMicrotask(() => {
        isScheduled = false;
        for (const listener of listeners) listener();
      });
    },
    /** @param {() => void} listener */
    subscribe(listener) {
      listeners.add(listener);
    },
  };
  return store;
}

/** @typedef {ReturnType<typeof createPageStore>} PageStore */

/**
 * @param {PageStore} store
 * @param {Record<string, any>} change
 */
function applyChange(store, change) {
  switch (change.type) {
    case 'snapshot':
      return applySnapshot(store, change);
    case 'user.put':
      store.users.set(change.user.id, change.user);
      return;
    case 'channel.put':
      store.channels.set(change.channel.id, change.channel);
      return;
    case 'message.put':
      if (isNews(store, change.message)) store.unread.add(change.message.channel);
      putMessage(store, change.message);
      return;
    case 'team.news':
      store.newsTeams.add(change.team);
      return;
    case 'message.removed':
      store.messages.get(change.channel)?.delete(change.ts);
      return;
    case 'ephemeral.put':
      putEphemeral(store, change.ephemeral);
      return;
    case 'ephemeral.removed':
      store.ephemerals.delete(`${change.channel} ${change.ts}`);
      return;
    case 'file.put':
      store.files.set(change.file.id, change.file);
      return;
    case 'file.removed':
      store.files.delete(change.id);
      return;
    case 'view.put':
      store.views.set(change.view.id, change.view);
      return;
    case 'view.removed':
      store.views.delete(change.id);
      return;
    case 'connections':
      store.connections = change.count;
  }
}

/**
 * @param {PageStore} store
 * @param {Record<string, any>} snapshot
 */
function applySnapshot(store, snapshot) {
  const { title, teams, bot, commands, shortcuts, longestText, connections, warning } = snapshot;
  Object.assign(store, { title, teams, bot, commands, shortcuts, longestText, connections, warning, isLive: true });
  if (snapshot.team !== store.team) enterTeam(store, snapshot.team);
  store.groups = byId(snapshot.groups);
  store.users = byId(snapshot.users);
  store.channels = byId(snapshot.channels);
  store.files = byId(snapshot.files);
  store.views = byId(snapshot.views);
  store.messages = new Map();
  for (const message of snapshot.messages) putMessage(store, message);
  store.ephemerals = new Map(snapshot.ephemerals.map((/** @type {Post} */ one) => [`${one.channel} ${one.ts}`, one]));
  const people = [...store.users.values()].filter((user) => !user.isBot);
  if (!people.some((user) => user.id === store.me)) store.me = people[0]?.id ?? '';
  const here = store.place.kind === 'channel' ? store.channels.get(store.place.id) : undefined;
  const isKnown = store.place.kind !== 'channel' || (here && isOpenToMe(store, here));
  if (!isKnown) store.place = { kind: 'channel', id: openChannels(store)[0]?.id ?? '' };
}

/**
 * Each workspace is found again as it was left.
 * @param {PageStore} store
 * @param {string} team
 */
function enterTeam(store, team) {
  const { place, thread, unread } = store;
  store.left.set(store.team, { place, thread, unread });
  const found = store.left.get(team) ?? { place: { kind: 'channel', id: '' }, thread: undefined, unread: new Set() };
  Object.assign(store, { ...found, team, me: remembered(`person.${team}`) });
  store.newsTeams.delete(team);
}

/** @param {{ id: string }[]} list */
function byId(list) {
  return new Map(list.map((one) => [one.id, /** @type {any} */ (one)]));
}

/**
 * @param {PageStore} store
 * @param {Post} message
 */
function putMessage(store, message) {
  const list = store.messages.get(message.channel) ?? new Map();
  list.set(message.ts, message);
  store.messages.set(message.channel, list);
}

/**
 * @param {PageStore} store
 * @param {Post} ephemeral
 */
function putEphemeral(store, ephemeral) {
  store.ephemerals.set(`${ephemeral.channel} ${ephemeral.ts}`, ephemeral);
  if (ephemeral.recipient !== store.me) return;
  if (isShown(store, ephemeral.channel)) store.answer = ephemeral;
  else store.unread.add(ephemeral.channel);
}

/**
 * A message of others that a person would want to look at: no edit, and no reply that stays in its thread.
 * @param {PageStore} store
 * @param {Post} message
 */
function isNews(store, { channel, ts, user, threadTs, isBroadcast }) {
  if (isShown(store, channel) || user === store.me || store.messages.get(channel)?.has(ts)) return false;
  return threadTs === undefined || threadTs === ts || isBroadcast === true;
}

/**
 * @param {PageStore} store
 * @param {string} channel
 */
function isShown(store, channel) {
  return store.place.kind === 'channel' && store.place.id === channel;
}
