/**
 * The one look of all charts.
 *
 * A picture is 720 CSS px wide and drawn at twice that. Slack on a phone shows it about 360 px wide, so every size here
 * is halved for the reader: ticks of 22 arrive as 11 px, headings of 26 as 13 px. Nothing is smaller than 20 (10 px).
 *
 * Colours are of the Okabe-Ito family (blue and vermilion keep apart in all common colour blindnesses) and their
 * lightness differs too (ink 20, line 30, anomaly 42, band 85 of 100), so that a grey print says the same.
 */
export const WIDTH_PX = 720;
export const PIXEL_RATIO = 2;
/** White margin, so that the picture keeps its own ground on a dark Slack. */
export const MARGIN_PX = 16;

export const FONT_FAMILY = 'Inter';
export const fontSizes = { tick: 22, label: 22, small: 20, heading: 26 } as const;
export const fontWeights = { regular: 400, strong: 600 } as const;

export const colours = {
  background: '#ffffff',
  heading: '#111827',
  tick: '#4b5563',
  grid: '#e5e7eb',
  line: '#123e7c',
  baseline: '#5b7aa5',
  band: '#dbe8f6',
  bandEdge: '#8db4dc',
  expected: '#3c638f',
  anomaly: '#b93a00',
  event: '#6b7280',
  eventText: '#374151',
} as const;

export const strokes = {
  line: 3,
  denseLine: 2,
  sparkline: 2.5,
  baseline: 1.5,
  bandEdge: 1.25,
  grid: 1,
  event: 1.25,
  markerOutline: 1.5,
  barOutline: 1.5,
  hatch: 1.5,
  outline: 4,
  openBox: 2.5,
  axis: 1.5,
} as const;
export const dashes = { baseline: [7, 5], event: [4, 4] } as const;
export const opacities = { stripe: 0.14, eventFill: 0.07, hatch: 0.35, lightHatch: 0.55, darkHatch: 0.6 } as const;

/** What vega-lite would otherwise choose. `aria` is off: the picture leaves as pixels, its words as alt text. */
export const vegaConfig = {
  aria: false,
  font: FONT_FAMILY,
  view: { stroke: null },
  text: { color: colours.tick, fontSize: fontSizes.label },
  axis: {
    domain: false,
    title: null,
    grid: true,
    gridColor: colours.grid,
    gridWidth: strokes.grid,
    labelColor: colours.tick,
    labelFontSize: fontSizes.tick,
    labelLineHeight: fontSizes.tick + 4,
    labelOverlap: false,
    labelPadding: 10,
    ticks: false,
  },
  axisX: { labelPadding: 6, tickColor: colours.tick, tickSize: 6, labelFlush: false },
} as const;
