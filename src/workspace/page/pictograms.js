const svgNamespace = 'http://www.w3.org/2000/svg';

/** Paths in a square of 20; what is drawn last lies on top. Filled unless a stroke is named. */
const bell = 'M10 2a5 5 0 0 0-5 5v4l-2 3h14l-2-3V7a5 5 0 0 0-5-5zm-2 13a2 2 0 0 0 4 0z';
const hand = 'M7 9v8H4V9zm0 0 3.2-6c1.2 0 2 .8 2 2v3h3.4c1 0 1.7.9 1.5 1.9l-1 5.4c-.2 1-1 1.7-2 1.7H7z';

/** @typedef {{ d: string, class: string, turn?: number }} Stroke */

/** @type {Readonly<Record<string, readonly Stroke[]>>} */
const drawings = {
  '🛑': [
    { d: 'M6.5 1.5h7l5 5v7l-5 5h-7l-5-5v-7z', class: 'fill-red' },
    { d: 'M7.4 3.6h5.2l3.8 3.8v5.2l-3.8 3.8H7.4l-3.8-3.8V7.4z', class: 'ring-white' },
  ],
  '⚠': [
    { d: 'M10 1.8 19 18H1z', class: 'fill-amber' },
    { d: 'M10 7v5.5M10 14.6v1', class: 'line-dark' },
  ],
  '🔶': [{ d: 'M10 1.5 18.5 10 10 18.5 1.5 10z', class: 'fill-orange' }],
  '🔹': [{ d: 'M10 5.5 14.5 10 10 14.5 5.5 10z', class: 'fill-blue' }],
  '✅': [
    {
      d: 'M3 1.5h14a1.5 1.5 0 0 1 1.5 1.5v14a1.5 1.5 0 0 1-1.5 1.5H3A1.5 1.5 0 0 1 1.5 17V3A1.5 1.5 0 0 1 3 1.5z',
      class: 'fill-green',
    },
    { d: 'm5.5 10.5 3 3 6-7', class: 'line-white' },
  ],
  '❌': [{ d: 'm4 4 12 12M16 4 4 16', class: 'line-red' }],
  '🔔': [{ d: bell, class: 'fill-amber' }],
  '🔕': [
    { d: bell, class: 'fill-grey' },
    { d: 'm3 17 14-14', class: 'line-red' },
  ],
  '👍': [{ d: hand, class: 'fill-amber' }],
  '👎': [{ d: hand, class: 'fill-amber', turn: 180 }],
  '⏳': [
    { d: 'M5 2h10v3l-4 5 4 5v3H5v-3l4-5-4-5z', class: 'fill-amber' },
    { d: 'M4 2h12M4 18h12', class: 'line-brown' },
  ],
  '👀': [
    { d: 'M5.5 5a3.5 5 0 1 0 .01 0zM14.5 5a3.5 5 0 1 0 .01 0z', class: 'fill-white' },
    { d: 'M6.5 9a1.5 2 0 1 0 .01 0zM15.5 9a1.5 2 0 1 0 .01 0z', class: 'fill-dark' },
  ],
  '🌙': [{ d: 'M12.5 1.5a8.5 8.5 0 1 0 6 12.6A7.6 7.6 0 0 1 12.5 1.5z', class: 'fill-amber' }],
  '🗓': [
    { d: 'M2.5 4h15v14h-15z', class: 'fill-white' },
    { d: 'M2 3h16v4.5H2z', class: 'fill-red' },
    { d: 'M5.5 11h2M9 11h2M12.5 11h2M5.5 14.5h2M9 14.5h2', class: 'line-grey' },
  ],
  '📌': [
    { d: 'M6.5 1.5h7v1.8l-1.2.8.8 5.4 2.4 2v1.5h-11v-1.5l2.4-2 .8-5.4-1.2-.8z', class: 'fill-red' },
    { d: 'M10 13.5v5', class: 'line-grey' },
  ],
  '🧪': [
    { d: 'M7.5 2.5v11.8a2.5 2.5 0 0 0 5 0V2.5z', class: 'fill-white' },
    { d: 'M7.5 9h5v5.3a2.5 2.5 0 0 1-5 0z', class: 'fill-green' },
    { d: 'M6 2h8', class: 'line-grey' },
  ],
  '🗑': [
    { d: 'M4.5 6h11l-1 12.5h-9z', class: 'fill-grey' },
    { d: 'M3.5 4.2h13M8 2.4h4', class: 'line-grey' },
  ],
};

/** A character may ask for its coloured form. */
const colouredForm = '\u{FE0F}';
const anyOf = new RegExp(`((?:${Object.keys(drawings).join('|')})${colouredForm}?)`, 'u');

/**
 * A text with its common pictograms drawn rather than taken from a font: not every machine has one with them. The
 * character stays in the text for those who read or copy it.
 * @param {string} text
 * @returns {(string | Node)[]}
 */
export function withPictograms(text) {
  if (!anyOf.test(text)) return [text];
  return text.split(anyOf).map((part) => {
    const strokes = drawings[part.replace(colouredForm, '')];
    return strokes ? draw(part, strokes) : part;
  });
}

/**
 * @param {string} character
 * @param {readonly Stroke[]} strokes
 */
function draw(character, strokes) {
  const picture = element('svg', { viewBox: '0 0 20 20', class: 'pictogram', role: 'img', 'aria-label': character });
  const title = element('title', {});
  title.textContent = character;
  picture.append(title);
  for (const { d, turn, class: name } of strokes) {
    picture.append(element('path', { d, class: name, ...(turn ? { transform: `rotate(${turn} 10 10)` } : {}) }));
  }
  return picture;
}

/**
 * @param {string} tag
 * @param {Record<string, string>} props
 */
function element(tag, props) {
  const made = document.createElementNS(svgNamespace, tag);
  for (const [name, value] of Object.entries(props)) made.setAttribute(name, value);
  return made;
}
