import { h } from './dom.js';

const svgNamespace = 'http://www.w3.org/2000/svg';
const size = { width: 560, height: 240, left: 52, right: 12, top: 12, bottom: 44 };
/** As many as Slack allows series; told apart by dashes too, not by colour alone. */
const dashes = ['', '6 4', '2 3', '9 3 2 3', '12 4', '1 5'];

/**
 * A native chart: drawn simply, with its numbers in a table for those who do not see it.
 * @param {any} block
 */
export function chart(block) {
  const { chart: spec, title } = block;
  const series = spec.type === 'pie' ? [{ name: title, data: spec.segments }] : spec.series;
  const labels =
    spec.type === 'pie' ? spec.segments.map((/** @type {any} */ one) => one.label) : spec.axis_config.categories;
  const picture =
    spec.type === 'pie'
      ? bars(series, labels)
      : spec.type === 'bar'
        ? bars(series, labels)
        : lines(series, labels, spec.type === 'area');
  picture.setAttribute('role', 'img');
  picture.setAttribute('aria-label', `${title}, a ${spec.type} chart; its numbers follow as a table`);
  return [
    h('p', { class: 'chart-title' }, title),
    picture,
    series.length > 1 && h('p', { class: 'chart-legend' }, series.map(legendEntry)),
    numbers(title, series, labels),
  ];
}

/**
 * @param {any} one
 * @param {number} index
 */
function legendEntry(one, index) {
  const mark = svg('svg', { viewBox: '0 0 24 8', width: 24, height: 8, 'aria-hidden': 'true' });
  mark.append(svg('path', { d: 'M0 4H24', class: `series-${index}`, 'stroke-dasharray': dashes[index] }));
  return h('span', {}, mark, ` ${one.name}`);
}

/**
 * @param {any[]} series
 * @param {string[]} labels
 * @param {boolean} isFilled
 */
function lines(series, labels, isFilled) {
  const { picture, x, y } = frame(series, labels);
  for (const [index, one] of series.entries()) {
    const points = labels.map((label, at) => `${x(at)} ${y(valueAt(one, label))}`);
    const path = `M${points.join('L')}`;
    if (isFilled)
      picture.append(
        svg('path', { d: `${path}L${x(labels.length - 1)} ${y(0)}L${x(0)} ${y(0)}Z`, class: `area-${index}` }),
      );
    picture.append(svg('path', { d: path, class: `series-${index}`, 'stroke-dasharray': dashes[index] }));
  }
  return picture;
}

/**
 * @param {any[]} series
 * @param {string[]} labels
 */
function bars(series, labels) {
  const { picture, x, y, step } = frame(series, labels);
  const width = (step * 0.7) / series.length;
  for (const [index, one] of series.entries()) {
    for (const [at, label] of labels.entries()) {
      const [top, bottom] = [y(Math.max(valueAt(one, label), 0)), y(Math.min(valueAt(one, label), 0))];
      const left = x(at) - (width * series.length) / 2 + index * width;
      picture.append(svg('rect', { x: left, y: top, width, height: Math.max(bottom - top, 1), class: `bar-${index}` }));
    }
  }
  return picture;
}

/**
 * Axes and scales.
 * @param {any[]} series
 * @param {string[]} labels
 */
function frame(series, labels) {
  const values = series.flatMap((one) => one.data.map((/** @type {any} */ point) => point.value));
  const low = Math.min(0, ...values);
  const high = Math.max(low + 1e-9, ...values);
  const step = (size.width - size.left - size.right) / labels.length;
  const x = (/** @type {number} */ at) => size.left + (at + 0.5) * step;
  const y = (/** @type {number} */ value) =>
    size.height - size.bottom - ((value - low) / (high - low)) * (size.height - size.top - size.bottom);
  const picture = svg('svg', { viewBox: `0 0 ${size.width} ${size.height}`, class: 'chart' });
  for (const value of [low, (low + high) / 2, high]) {
    picture.append(svg('path', { d: `M${size.left} ${y(value)}H${size.width - size.right}`, class: 'grid' }));
    picture.append(svg('text', { x: size.left - 6, y: y(value) + 4, 'text-anchor': 'end' }, short(value)));
  }
  const every = Math.ceil(labels.length / 8);
  for (const [at, label] of labels.entries()) {
    if (at % every === 0)
      picture.append(svg('text', { x: x(at), y: size.height - size.bottom + 18, 'text-anchor': 'middle' }, label));
  }
  return { picture, x, y, step };
}

/**
 * @param {string} title
 * @param {any[]} series
 * @param {string[]} labels
 */
function numbers(title, series, labels) {
  const head = h(
    'tr',
    {},
    h('th', { scope: 'col' }, 'Category'),
    series.map((one) => h('th', { scope: 'col' }, one.name)),
  );
  const rows = labels.map((label) =>
    h(
      'tr',
      {},
      h('th', { scope: 'row' }, label),
      series.map((one) => h('td', {}, String(valueAt(one, label)))),
    ),
  );
  return h('table', { class: 'visually-hidden' }, h('caption', {}, title), h('thead', {}, head), h('tbody', {}, rows));
}

/**
 * @param {any} series
 * @param {string} label
 */
function valueAt(series, label) {
  return series.data.find((/** @type {any} */ point) => point.label === label)?.value ?? 0;
}

/** @param {number} value */
function short(value) {
  return new Intl.NumberFormat('en', { maximumSignificantDigits: 3, notation: 'compact' }).format(value);
}

/**
 * @param {string} tag
 * @param {Record<string, unknown>} props
 * @param {string} [text]
 */
function svg(tag, props, text) {
  const element = document.createElementNS(svgNamespace, tag);
  for (const [name, value] of Object.entries(props))
    if (value !== undefined && value !== '') element.setAttribute(name, String(value));
  if (text !== undefined) element.textContent = text;
  return element;
}
