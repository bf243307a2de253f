/** @import { PageStore, Place, Post } from './page-store.js' */
import { renderBlocks } from './blocks.js';
import { h, reconcile } from './dom.js';
import { listedFiles, renderFiles } from './files-view.js';
import { carryOver } from './inputs.js';

/**
 * The home tab of the app, as it was published for this person.
 * @param {PageStore} store
 * @param {HTMLElement} container
 */
export function showHome(store, container) {
  const home = [...store.views.values()].find((view) => view.type === 'home' && view.user === store.me);
  const drawn = () => /** @type {HTMLElement | null} */ (container.querySelector('.home'));
  const before = drawn();
  const how = { keyOf: () => 'home', partsOf: (/** @type {unknown} */ view) => [view] };
  if (home) {
    reconcile(container, [home], {
      ...how,
      render: (view) =>
        h(
          'div',
          { class: 'home', 'data-testid': 'home', 'data-view-id': view.id },
          renderBlocks(store, view.blocks, { viewId: view.id }),
        ),
    });
    const after = drawn();
    const isNewer = before !== after && before?.dataset.viewId === home.id;
    if (before && after && isNewer) carryOver(before, after);
  } else {
    reconcile(container, ['none'], {
      ...how,
      render: () => h('p', { class: 'empty-place' }, `${store.bot.name} has not published a home yet.`),
    });
  }
}

/**
 * @param {PageStore} store
 * @param {HTMLElement} container
 * @param {{ channel?: string | undefined, go: (place: Place) => void, onPost: (post: Post) => void }} options
 */
export function showFiles(store, container, { channel, go, onPost }) {
  const files = listedFiles(store, channel);
  reconcile(container, [files], {
    keyOf: () => `files ${channel}`,
    partsOf: (list) => [list.flatMap(({ file, posts }) => [file.id, ...posts.map((post) => post.ts)]).join(' ')],
    render: (list) => renderFiles(store, list, { channel, onAll: () => go({ kind: 'files' }), onPost }),
  });
}

/** @param {() => void} onClick */
export function filesButton(onClick) {
  return h('button', { class: 'quiet-button', type: 'button', 'data-testid': 'channel-files', onClick }, 'Files');
}
