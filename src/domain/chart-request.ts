import type { Window } from './window.ts';

/** One window of a drawn series; null parts leave gaps. */
export interface ChartPoint {
  readonly window: Window;
  readonly value: number | null;
  readonly baseline: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  readonly isAnomaly: boolean;
}

export interface ChartPanel {
  /** `distance mean`: what the axis shows. */
  readonly title: string;
  /** `miles`, `rows`, `share`; empty when unknown. */
  readonly unit: string;
  readonly points: readonly ChartPoint[];
}

/** A vertical band with a word, such as a declared event. Half open in time. */
export interface ChartMarker {
  readonly startMs: number;
  readonly endMs: number;
  readonly text: string;
}

/** Small multiples of series with their expected band, one above the other, on one time axis. */
export interface SeriesChartRequest {
  readonly kind: 'series';
  readonly zone: string;
  readonly panels: readonly ChartPanel[];
  readonly markers: readonly ChartMarker[];
}

export type ChartRequest = SeriesChartRequest;

export interface RenderedChart {
  readonly png: Uint8Array;
  readonly widthPx: number;
  readonly heightPx: number;
  /** The same facts in words, for people who do not see the picture. */
  readonly altText: string;
}
