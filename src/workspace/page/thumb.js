const svg = 'http://www.w3.org/2000/svg';
const outline = 'M7 9v8H4V9zm0 0 3.2-6c1.2 0 2 .8 2 2v3h3.4c1 0 1.7.9 1.5 1.9l-1 5.4c-.2 1-1 1.7-2 1.7H7';

/**
 * Drawn rather than taken from a font: not every machine has one with pictures.
 * @param {'up' | 'down'} direction
 */
export function thumb(direction) {
  const icon = document.createElementNS(svg, 'svg');
  icon.setAttribute('viewBox', '0 0 20 20');
  icon.setAttribute('class', `thumb ${direction}`);
  icon.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(svg, 'path');
  path.setAttribute('d', outline);
  icon.append(path);
  return icon;
}
