/** @import { PageStore, Place } from './page-store.js' */
import { openChannels } from './channels.js';
import { h } from './dom.js';

/**
 * The workspaces when there are several, channels, files, the person's own direct messages, and the app's home.
 * @param {PageStore} store
 * @param {{ onGo: (place: Place) => void, onMessages: () => void, onTeam: (team: string) => void }} listeners
 */
export function renderSidebar(store, { onGo, onMessages, onTeam }) {
  const channels = openChannels(store);
  const direct = [...store.channels.values()].find((one) => one.directWith === store.me);
  const row = (/** @type {Omit<Row, 'isHere' | 'isUnread'> & { id?: string | undefined }} */ { id, ...rest }) =>
    sideRow({
      ...rest,
      isHere: id !== undefined && store.place.kind === 'channel' && store.place.id === id,
      isUnread: id !== undefined && store.unread.has(id),
    });
  return [
    ...(store.teams.length > 1 ? teamRows(store, onTeam) : []),
    h('h2', { class: 'side-title', 'data-part': 'channels-title' }, 'Channels'),
    h(
      'ul',
      { 'data-part': 'channels' },
      channels.map(({ id, name, isPrivate, isArchived }) =>
        row({
          id,
          label: isArchived ? `${name} (archived)` : name,
          testId: `channel-${name}`,
          sign: isPrivate ? '🔒' : '#',
          onClick: () => onGo({ kind: 'channel', id }),
        }),
      ),
    ),
    h(
      'ul',
      { 'data-part': 'files' },
      sideRow({
        label: 'Files',
        testId: 'files-row',
        sign: '▤',
        isHere: store.place.kind === 'files',
        isUnread: false,
        onClick: () => onGo({ kind: 'files' }),
      }),
    ),
    h('h2', { class: 'side-title', 'data-part': 'apps-title' }, 'Apps'),
    h(
      'ul',
      { 'data-part': 'apps' },
      sideRow({
        label: `${store.bot.name} home`,
        testId: 'app-home',
        sign: '⌂',
        isHere: store.place.kind === 'home',
        isUnread: false,
        onClick: () => onGo({ kind: 'home' }),
      }),
      row({
        id: direct?.id,
        label: `${store.bot.name} messages`,
        testId: 'app-messages',
        sign: '✉',
        onClick: onMessages,
      }),
    ),
  ];
}

/**
 * @param {PageStore} store
 * @param {(team: string) => void} onTeam
 */
function teamRows(store, onTeam) {
  return [
    h('h2', { class: 'side-title', 'data-part': 'teams-title' }, 'Workspaces'),
    h(
      'ul',
      { 'data-part': 'teams' },
      store.teams.map(({ id, name }) =>
        sideRow({
          label: name,
          testId: `team-${id}`,
          sign: h('span', { class: 'team-tile' }, name.slice(0, 1).toUpperCase()),
          isHere: id === store.team,
          isUnread: store.newsTeams.has(id),
          onClick: () => onTeam(id),
        }),
      ),
    ),
  ];
}

/**
 * @typedef {{ label: string, testId: string, sign: Node | string, isHere: boolean, isUnread: boolean, onClick: () => void }} Row
 * @param {Row} row
 */
function sideRow({ label, testId, sign, isHere, isUnread, onClick }) {
  return h(
    'li',
    {},
    h(
      'button',
      {
        class: `side-row ${isUnread ? 'unread' : ''}`,
        type: 'button',
        'aria-current': isHere && 'page',
        'data-testid': testId,
        onClick,
      },
      h('span', { class: 'side-sign', 'aria-hidden': 'true' }, sign),
      label,
      isUnread && h('span', { class: 'visually-hidden' }, ' (new messages)'),
    ),
  );
}
