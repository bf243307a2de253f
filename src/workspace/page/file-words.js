/**
 * What stands for a file that is no picture.
 * @param {string} name
 */
export function extensionOf(name) {
  return /\.(\w{1,4})$/.exec(name)?.[1]?.toUpperCase() ?? 'FILE';
}

const kilobyte = 1000;
const units = ['B', 'kB', 'MB', 'GB'];

/** @param {number} bytes */
export function sizeText(bytes) {
  const power = bytes < kilobyte ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), units.length - 1);
  const value = bytes / kilobyte ** power;
  return `${value.toLocaleString('en', { maximumSignificantDigits: power === 0 || value >= 100 ? 3 : 2 })} ${units[power]}`;
}
