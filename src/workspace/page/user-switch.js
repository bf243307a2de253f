/** @import { PageStore, User } from './page-store.js' */
import { h, reconcile } from './dom.js';
import { remember } from './remembered.js';

/**
 * The people one can be.
 * @param {PageStore} store
 * @param {HTMLSelectElement} select
 * @param {() => void} onSwitch
 * @returns {() => void} brings it up to date
 */
export function createUserSwitch(store, select, onSwitch) {
  select.addEventListener('change', () => {
    store.me = select.value;
    remember(`person.${store.team}`, store.me);
    onSwitch();
  });
  return () => {
    const people = [...store.users.values()].filter((user) => !user.isBot);
    reconcile(select, people, {
      keyOf: (user) => user.id,
      partsOf: (user) => [user],
      render: (user) => h('option', { value: user.id, label: personLabel(user) }, user.name),
    });
    select.value = store.me;
  };
}

/** @param {User} user */
function personLabel({ name, isAdmin, isGuest, homeTeamId }) {
  if (homeTeamId) return `${name} (other organisation)`;
  if (isGuest) return `${name} (guest)`;
  return isAdmin ? `${name} (workspace admin)` : name;
}
