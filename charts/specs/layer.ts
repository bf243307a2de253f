import type { TopLevelSpec } from 'vega-lite';
import type { TimeDomain } from './time-axis.ts';
import type { ValueAxis } from './value-axis.ts';

/** The vocabulary in which a panel's layers are written. */
export type Panel = Extract<TopLevelSpec, { vconcat: unknown }>['vconcat'][number];
export type Layer = Extract<Panel, { layer: unknown }>['layer'][number];
export type Row = Readonly<Record<string, number | string>>;

export interface WordStyle {
  readonly align?: 'left' | 'right' | 'center';
  readonly baseline: 'alphabetic' | 'middle' | 'top';
  readonly fontSize: number;
  readonly fontWeight?: 400 | 600;
  readonly color: string;
  readonly limit?: number;
}

/** Nothing to draw is no layer. */
export function layerOf(values: readonly Row[], layer: Layer): Layer[] {
  return values.length === 0 ? [] : [{ data: { values: [...values] }, ...layer }];
}

export const byRun = { field: 'run', type: 'nominal' } as const;

export function inTime(domain: TimeDomain) {
  const scale = { domain: [domain.startMs, domain.endMs], nice: false, zero: false };
  return { field: 'at', type: 'quantitative', scale } as const;
}

export function inValue(field: string, axis: ValueAxis) {
  const scale = { domain: [axis.lower, axis.upper], nice: false, zero: false };
  return { field, type: 'quantitative', scale } as const;
}

/** A field that is in px of the plot already. */
export function inPx(field: string) {
  return { field, type: 'quantitative', scale: null, axis: null } as const;
}

/** One text at a place in px of the plot. */
export function word(text: string, x: number, y: number, mark: WordStyle): Layer {
  return {
    data: { values: [{}] },
    mark: { type: 'text', align: 'left', ...mark },
    encoding: { text: { value: text }, x: { value: x }, y: { value: y } },
  };
}
