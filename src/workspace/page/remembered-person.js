const key = 'workspace.person';

/**
 * Who the person chose to be in this tab; a browser may refuse to remember.
 * @returns {string}
 */
export function rememberedPerson() {
  try {
    return sessionStorage.getItem(key) ?? '';
  } catch {
    return '';
  }
}

/** @param {string} user */
export function rememberPerson(user) {
  try {
    sessionStorage.setItem(key, user);
  } catch {
    // The choice then lasts until the next reload.
  }
}
