/** @import { Place, Post } from './page-store.js' */
import { isOpenToMe, openChannels } from './channels.js';
import { createComposer } from './composer.js';
import { h, reconcile } from './dom.js';
import { holdWhatIsPressed, onLetGo } from './hold.js';
import { followOwnLinks, spotAt } from './links.js';
import { globalShortcuts } from './message-menu.js';
import { createModalHost } from './modal.js';
import { filesButton, showFiles, showHome } from './other-places.js';
import { createPageStore } from './page-store.js';
import { createPostList } from './post-list.js';
import { channelPosts, threadPosts } from './posts.js';
import { followChanges, request } from './requests.js';
import { renderSidebar } from './sidebar.js';
import { toast } from './toast.js';
import { createUserSwitch } from './user-switch.js';

const store = createPageStore();
/** The width at which the style sheets change to one column. */
const narrow = matchMedia('(max-width: 760px)');
const part = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));
const showUsers = createUserSwitch(store, /** @type {HTMLSelectElement} */ (part('user-switch')), () => {
  const here = store.place.kind === 'channel' ? store.channels.get(store.place.id) : undefined;
  const other = here && !isOpenToMe(store, here) ? openChannels(store)[0] : undefined;
  void (here?.directWith ? openMessages() : go(other ? { kind: 'channel', id: other.id } : store.place));
});
const showModal = createModalHost(store);
const messageList = createPostList(part('messages'), store, { isInThread: false, onThread: openThread });
const threadList = createPostList(part('thread-messages'), store, { isInThread: true, onThread: openThread });
const composer = createComposer(store, {
  id: 'composer',
  placeholder: () => `Message${narrow.matches ? '' : ` ${placeName()}`}, or / for commands`,
  target: () => (store.place.kind === 'channel' ? { channel: store.place.id } : undefined),
});
const threadComposer = createComposer(store, {
  id: 'thread-composer',
  placeholder: () => 'Reply …',
  target: () =>
    store.place.kind === 'channel' && store.thread ? { channel: store.place.id, threadTs: store.thread } : undefined,
});
part('composer').append(composer.form);
part('thread-composer').append(threadComposer.form);

function placeName() {
  const { place } = store;
  if (place.kind === 'home') return `${store.bot.name} home`;
  if (place.kind === 'files') return place.channel ? `Files in ${channelName(place.channel)}` : 'Files';
  return channelName(place.id);
}

/** @param {string} id */
function channelName(id) {
  const channel = store.channels.get(id);
  if (!channel) return '';
  return channel.directWith ? store.bot.name : `# ${channel.name}`;
}

/** @param {Place} place */
async function go(place) {
  store.place = place;
  store.thread = undefined;
  if (place.kind === 'channel') store.unread.delete(place.id);
  toggleMenu(false);
  store.changed();
  if (place.kind !== 'home') return;
  const outcome = await request('home', { user: store.me });
  if (!outcome.ok) toast(outcome.detail);
}

/** The app's messages with the person, opened the first time they are looked at. */
async function openMessages() {
  const outcome = await request('direct', { user: store.me });
  if (!outcome.ok) return toast(outcome.detail);
  const { channel } = outcome.payload;
  store.apply({ type: 'channel.put', channel });
  await go({ kind: 'channel', id: channel.id });
}

/** @param {string} team */
function switchTeam(team) {
  toggleMenu(false);
  if (team !== store.team) follow(team);
}

/**
 * Goes to a message or an answer, and there to its thread if it stands only in that.
 * @param {Post} post
 */
function showPost(post) {
  void go({ kind: 'channel', id: post.channel });
  store.answer = post;
  if (post.threadTs && !channelPosts(store, post.channel).includes(post)) openThread(post.threadTs);
}

/** @param {import('./links.js').Spot} spot */
function showSpot({ channel, ts }) {
  const place = store.channels.get(channel);
  if (!place || !isOpenToMe(store, place)) return toast('That channel is not here.');
  const post = ts === undefined ? undefined : store.messages.get(channel)?.get(ts);
  if (post) return showPost(post);
  void go({ kind: 'channel', id: channel });
  if (ts !== undefined) toast('This message is gone.');
}

/** @param {string | undefined} ts */
function openThread(ts) {
  store.thread = ts;
  store.changed();
  if (ts) queueMicrotask(() => part('thread-composer-input').focus());
}

/** @param {boolean} isOpen */
function toggleMenu(isOpen) {
  part('frame').classList.toggle('menu-open', isOpen);
  part('menu-toggle').setAttribute('aria-expanded', String(isOpen));
}

function render() {
  const { place, thread } = store;
  document.title = [placeName(), store.teams.length > 1 && teamName(), store.title].filter(Boolean).join(' · ');
  part('title').textContent = store.title;
  const isReady = store.isLive && store.connections > 0;
  const status = store.isLive
    ? `${store.bot.name} ${isReady ? 'is connected' : 'is not connected'}`
    : 'the workspace is gone, retrying …';
  part('connection').textContent = status;
  part('connection').classList.toggle('good', isReady);
  part('warning').hidden = !store.warning;
  part('warning').textContent = store.warning;
  reconcile(part('tools'), [place], {
    keyOf: () => 'tools',
    partsOf: (here) => [here, store.shortcuts],
    render: (here) =>
      h(
        'span',
        {},
        here.kind === 'channel' && filesButton(() => go({ kind: 'files', channel: here.id })),
        globalShortcuts(store),
      ),
  });
  showUsers();
  reconcile(part('sidebar'), renderSidebar(store, { onGo: go, onMessages: openMessages, onTeam: switchTeam }), {
    keyOf: (node) => node.dataset.part ?? '',
    partsOf: (node) => [node.outerHTML],
    render: (node) => node,
  });
  part('place-name').textContent = placeName();
  part('composer').hidden = place.kind !== 'channel';
  part('skip-to-composer').hidden = place.kind !== 'channel';
  composer.refresh();
  threadComposer.refresh();
  if (place.kind !== 'channel') messageList.leaveFor(JSON.stringify(place));
  if (place.kind === 'home') showHome(store, part('messages'));
  else if (place.kind === 'files') showFiles(store, part('messages'), { ...place, go, onPost: showPost });
  else messageList.show(channelPosts(store, place.id), place.id, 'Nothing here yet. Type / to see the commands.');
  const posts = place.kind === 'channel' && thread ? threadPosts(store, place.id, thread) : [];
  part('thread').hidden = posts.length === 0;
  part('frame').classList.toggle('thread-open', posts.length > 0);
  if (posts.length > 0) threadList.show(posts, thread ?? '', '');
  store.answer = undefined;
  showModal();
}

function teamName() {
  return store.teams.find((team) => team.id === store.team)?.name;
}

part('thread-close').addEventListener('click', () => openThread(undefined));
part('menu-toggle').addEventListener('click', () => toggleMenu(!part('frame').classList.contains('menu-open')));
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && store.thread && !document.querySelector('dialog[open]')) openThread(undefined);
});
narrow.addEventListener('change', store.changed);
store.subscribe(render);
onLetGo(store.changed);
holdWhatIsPressed();
followOwnLinks(store, showSpot);
let asked = spotAt(location.href);
/** @param {Record<string, any>} change */
function onChange(change) {
  store.apply(change);
  if (change.type !== 'snapshot' || !asked) return;
  showSpot(asked);
  asked = undefined;
  history.replaceState(null, '', '/');
}
const follow = followChanges(asked?.channel, onChange, (isLive) => {
  store.isLive = isLive && store.users.size > 0;
  store.changed();
});
