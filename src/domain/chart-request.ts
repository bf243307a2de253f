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

/** Windows that were put together, with the first and the last of them. */
export interface ChartPeriod {
  readonly from: Window;
  readonly to: Window;
  /** How many of the windows from the first to the last count: anomalous ones are left out of what is usual. */
  readonly windows: number;
}

/** A part of the rows, 0..1, in two periods. */
export interface SharePair {
  readonly label: string;
  /**
   * `rest`: no value of its own, such as missing ones. `others`: all that have no place of their own; how large it is
   * depends on how many have one, so it is told in numbers only.
   */
  readonly role: 'value' | 'rest' | 'others';
  readonly usual: number;
  readonly now: number;
}

/** A bar of a histogram: the part of all rows, 0..1, whose value is in [lower, upper). */
export interface HistogramBar {
  readonly lower: number;
  readonly upper: number;
  readonly usual: number;
  readonly now: number;
}

/** How the values of one numeric column are spread, in usual windows and in those in question. */
export interface HistogramChartRequest {
  readonly kind: 'histogram';
  readonly zone: string;
  readonly title: string;
  readonly unit: string;
  readonly usual: ChartPeriod;
  readonly now: ChartPeriod;
  /** Equally wide, touching, ascending. With `rest` they sum to 1. */
  readonly bars: readonly HistogramBar[];
  /** Rows that no bar has: missing, the default, beyond the drawn range. */
  readonly rest: readonly SharePair[];
}

/** How the rows fall to the categories of one column, in usual windows and in those in question. */
export interface SharesChartRequest {
  readonly kind: 'shares';
  readonly zone: string;
  readonly title: string;
  readonly usual: ChartPeriod;
  readonly now: ChartPeriod;
  /** The order in which they are read. */
  readonly rows: readonly SharePair[];
}

/** A model at one look: small panels in two columns on one time axis, the score first. */
export interface OverviewChartRequest {
  readonly kind: 'overview';
  readonly zone: string;
  readonly panels: readonly ChartPanel[];
}

/** One model in the strip of a person's models. */
export interface StripRow {
  /** The model's name. */
  readonly title: string;
  /** How it is, in words: `quiet`, `firing since 5 Mar`. */
  readonly state: string;
  readonly isFiring: boolean;
  /** Its leading series: the score's mean where there is one. */
  readonly lead: ChartPanel;
  /** When it had an open report. Half open in time. */
  readonly reports: readonly { readonly startMs: number; readonly endMs: number }[];
}

/** Several models of one zone over the same weeks, a line each. */
export interface StripChartRequest {
  readonly kind: 'strip';
  readonly zone: string;
  readonly rows: readonly StripRow[];
}

/** Findings that were said to be real with about the same probability. All shares 0..1. */
export interface ReliabilityBin {
  /** Mean of what was said. */
  readonly said: number;
  /** Share that was real. */
  readonly real: number;
  /** Where the share lies with 95 % confidence. */
  readonly low: number;
  readonly high: number;
  /** Findings with a label. */
  readonly labels: number;
}

/** How often what was said with a probability came true, against the line on which both are equal. */
export interface ReliabilityChartRequest {
  readonly kind: 'reliability';
  readonly title: string;
  /** By what was said, ascending. */
  readonly bins: readonly ReliabilityBin[];
}

export type ChartRequest =
  | SeriesChartRequest
  | HistogramChartRequest
  | SharesChartRequest
  | OverviewChartRequest
  | StripChartRequest
  | ReliabilityChartRequest;

export type ChartKind = ChartRequest['kind'];

export interface RenderedChart {
  readonly png: Uint8Array;
  readonly widthPx: number;
  readonly heightPx: number;
  /** The same facts in words, for people who do not see the picture. */
  readonly altText: string;
}
