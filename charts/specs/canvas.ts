import type { TopLevelSpec } from 'vega-lite';
import { colours, MARGIN_PX, vegaConfig, WIDTH_PX } from '../theme.ts';
import { inPx, type Layer, type Row, type WordStyle } from './layer.ts';

/** Room between the margins, in CSS px: where everything of a canvas is placed. */
export const CANVAS_WIDTH_PX = WIDTH_PX - 2 * MARGIN_PX;

export const SCHEMA = 'https://vega.github.io/schema/vega-lite/v6.json';

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface PlacedText {
  readonly text: string;
  readonly x: number;
  readonly y: number;
}

export interface Vertex {
  readonly x: number;
  readonly y: number;
  /** Keeps unbroken stretches apart. */
  readonly run: number;
}

/** A picture whose layers are all placed in px, from the ground up. */
export function canvasSpec(heightPx: number, layers: readonly Layer[]): TopLevelSpec {
  return {
    $schema: SCHEMA,
    // The size is decided, not measured.
    autosize: 'none',
    width: CANVAS_WIDTH_PX,
    height: heightPx,
    padding: MARGIN_PX,
    background: colours.background,
    config: vegaConfig,
    layer: [...layers],
  };
}

export function boxes(values: readonly Box[], mark: Readonly<Record<string, unknown>>): Layer[] {
  if (values.length === 0) return [];
  return [
    {
      data: { values: values.map(({ x, y, width, height }) => ({ x, y, x2: x + width, y2: y + height })) },
      mark: { type: 'rect', ...mark },
      encoding: { x: inPx('x'), x2: { field: 'x2' }, y: inPx('y'), y2: { field: 'y2' } },
    },
  ];
}

export function rules(
  values: readonly { readonly x: number; readonly y: number; readonly x2: number; readonly y2: number }[],
  mark: Readonly<Record<string, unknown>>,
): Layer[] {
  if (values.length === 0) return [];
  return [
    {
      data: { values: values.map((value) => ({ ...value })) },
      mark: { type: 'rule', ...mark },
      encoding: { x: inPx('x'), x2: { field: 'x2' }, y: inPx('y'), y2: { field: 'y2' } },
    },
  ];
}

/** Lines from left to right, one for each run. */
export function lines(values: readonly Vertex[], mark: Readonly<Record<string, unknown>>): Layer[] {
  if (values.length === 0) return [];
  return [
    {
      data: { values: values.map((value) => ({ ...value })) },
      mark: { type: 'line', ...mark },
      encoding: { x: inPx('x'), y: inPx('y'), detail: { field: 'run', type: 'nominal' } },
    },
  ];
}

/** The ground between two lines. */
export function areas(
  values: readonly (Vertex & { readonly y2: number })[],
  mark: Readonly<Record<string, unknown>>,
): Layer[] {
  if (values.length === 0) return [];
  return [
    {
      data: { values: values.map((value) => ({ ...value })) },
      mark: { type: 'area', ...mark },
      encoding: { x: inPx('x'), y: inPx('y'), y2: { field: 'y2' }, detail: { field: 'run', type: 'nominal' } },
    },
  ];
}

export function points(
  values: readonly { readonly x: number; readonly y: number }[],
  mark: Readonly<Record<string, unknown>>,
): Layer[] {
  if (values.length === 0) return [];
  return [
    {
      data: { values: values.map((value) => ({ ...value })) },
      mark: { type: 'point', filled: true, opacity: 1, ...mark },
      encoding: { x: inPx('x'), y: inPx('y') },
    },
  ];
}

/** Texts of one style as one layer; nothing is written for an empty one. */
export function words(values: readonly PlacedText[], mark: WordStyle): Layer[] {
  const rows: Row[] = values.filter(({ text }) => text !== '').map((value) => ({ ...value }));
  if (rows.length === 0) return [];
  return [
    {
      data: { values: rows },
      mark: { type: 'text', align: 'left', ...mark },
      encoding: { text: { field: 'text', type: 'nominal' }, x: inPx('x'), y: inPx('y') },
    },
  ];
}
