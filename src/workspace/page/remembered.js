/**
 * What the person chose in this tab, such as who to be; a browser may refuse to remember.
 * @param {string} name
 * @returns {string} empty when nothing is known
 */
export function remembered(name) {
  try {
    return sessionStorage.getItem(`workspace.${name}`) ?? '';
  } catch {
    return '';
  }
}

/**
 * @param {string} name
 * @param {string} value
 */
export function remember(name, value) {
  try {
    sessionStorage.setItem(`workspace.${name}`, value);
  } catch {
    // The choice then lasts until the next reload.
  }
}
