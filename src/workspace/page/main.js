/** @import { Place } from './page-store.js' */
import { renderBlocks } from './blocks.js';
import { createComposer } from './composer.js';
import { h, reconcile } from './dom.js';
import { holdWhatIsPressed, onLetGo } from './hold.js';
import { globalShortcuts } from './message-menu.js';
import { createModalHost } from './modal.js';
import { createPageStore } from './page-store.js';
import { createPostList } from './post-list.js';
import { channelPosts, threadPosts } from './posts.js';
import { rememberPerson } from './remembered-person.js';
import { followChanges, request } from './requests.js';
import { renderSidebar } from './sidebar.js';
import { toast } from './toast.js';

const store = createPageStore();
/** The width at which the style sheets change to one column. */
const narrow = matchMedia('(max-width: 760px)');
const part = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));
const userSwitch = /** @type {HTMLSelectElement} */ (part('user-switch'));
const showModal = createModalHost(store);
const showMessages = createPostList(part('messages'), store, { isInThread: false, onThread: openThread });
const showThread = createPostList(part('thread-messages'), store, { isInThread: true, onThread: openThread });
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
  if (store.place.kind === 'home') return `${store.bot.name} home`;
  const channel = store.channels.get(store.place.id);
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
  document.title = store.title;
  part('title').textContent = store.title;
  const isReady = store.isLive && store.connections > 0;
  const status = store.isLive
    ? `${store.bot.name} ${isReady ? 'is connected' : 'is not connected'}`
    : 'the workspace is gone, retrying …';
  part('connection').textContent = status;
  part('connection').classList.toggle('good', isReady);
  part('warning').hidden = !store.warning;
  part('warning').textContent = store.warning;
  reconcile(part('shortcuts'), store.shortcuts.length > 0 ? ['shortcuts'] : [], {
    keyOf: () => 'shortcuts',
    partsOf: () => [store.shortcuts],
    render: () => h('span', {}, globalShortcuts(store)),
  });
  renderUsers();
  reconcile(part('sidebar'), renderSidebar(store, { onGo: go, onMessages: openMessages }), {
    keyOf: (node) => node.dataset.part ?? '',
    partsOf: (node) => [node.outerHTML],
    render: (node) => node,
  });
  part('place-name').textContent = placeName();
  part('composer').hidden = place.kind === 'home';
  composer.refresh();
  threadComposer.refresh();
  if (place.kind === 'home') renderHome();
  else showMessages(channelPosts(store, place.id), place.id, 'Nothing here yet. Type / to see the commands.');
  const posts = place.kind === 'channel' && thread ? threadPosts(store, place.id, thread) : [];
  part('thread').hidden = posts.length === 0;
  part('frame').classList.toggle('thread-open', posts.length > 0);
  if (posts.length > 0) showThread(posts, thread ?? '', '');
  store.answer = undefined;
  showModal();
}

function renderHome() {
  const home = [...store.views.values()].find((view) => view.type === 'home' && view.user === store.me);
  const how = { keyOf: () => 'home', partsOf: (/** @type {unknown} */ view) => [view] };
  if (home) {
    reconcile(part('messages'), [home], {
      ...how,
      render: (view) =>
        h('div', { class: 'home', 'data-testid': 'home' }, renderBlocks(store, view.blocks, { viewId: view.id })),
    });
  } else {
    reconcile(part('messages'), ['none'], {
      ...how,
      render: () => h('p', { class: 'empty-place' }, `${store.bot.name} has not published a home yet.`),
    });
  }
}

function renderUsers() {
  const people = [...store.users.values()].filter((user) => !user.isBot);
  reconcile(userSwitch, people, {
    keyOf: (user) => user.id,
    partsOf: (user) => [user],
    render: (user) => h('option', { value: user.id, label: personLabel(user) }, user.name),
  });
  userSwitch.value = store.me;
}

/** @param {import('./page-store.js').User} user */
function personLabel({ name, isAdmin, isGuest, homeTeamId }) {
  if (homeTeamId) return `${name} (other organisation)`;
  if (isGuest) return `${name} (guest)`;
  return isAdmin ? `${name} (workspace admin)` : name;
}

userSwitch.addEventListener('change', () => {
  store.me = userSwitch.value;
  rememberPerson(store.me);
  const here = store.place.kind === 'channel' ? store.channels.get(store.place.id) : undefined;
  void (here?.directWith ? openMessages() : go(store.place));
});
part('thread-close').addEventListener('click', () => openThread(undefined));
part('menu-toggle').addEventListener('click', () => toggleMenu(!part('frame').classList.contains('menu-open')));
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && store.thread && !document.querySelector('dialog[open]')) openThread(undefined);
});
narrow.addEventListener('change', store.changed);
store.subscribe(render);
onLetGo(store.changed);
holdWhatIsPressed();
followChanges(store.apply, (isLive) => {
  store.isLive = isLive && store.users.size > 0;
  store.changed();
});
