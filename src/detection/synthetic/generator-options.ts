import type { Range } from './draws.ts';
import { referenceKinds, type SeasonalKind } from './seasonality.ts';

/** Every parameter of a synthetic corpus; written into the manifest of what was trained on it. */
export interface GeneratorOptions {
  /** Length of a series. */
  readonly windows: number;
  readonly kinds: readonly SeasonalKind[];
  readonly seriesPerKind: number;
  readonly isPhaseRandom: boolean;
  /** Windows after which sine, square and triangle repeat; absent: a week. */
  readonly periodWindows?: number;
  /** Trend per window and its start. */
  readonly slope: Range;
  readonly intercept: Range;
  /** Factor on the weekly shape. */
  readonly amplitude: Range;
  /** Standard deviation of the noise, drawn per series, uniform in its logarithm. */
  readonly noise: Range;
  /** Correlation of the noise with that of the window before; drawn per series. */
  readonly autocorrelation: Range;
  /** Degrees of freedom of Student noise, drawn per series; null: normal noise. */
  readonly tailDegrees: { readonly from: number; readonly to: number } | null;
  /** Shares of series with each kind of anomaly; they sum to 1. */
  readonly anomalyShares: { readonly spike: number; readonly levelShift: number; readonly none: number };
  /** Anomalies of a series that has any, whole numbers; they may overlap. */
  readonly anomalyCount: Range;
  /** Windows of an anomaly, whole numbers. */
  readonly duration: Range;
  /** First window in which an anomaly may start. */
  readonly earliestStart: number;
  readonly level: Range;
  /** `value`: the level is added as it is. `noise`: it counts standard deviations of the series' noise. */
  readonly levelUnit: 'value' | 'noise';
  readonly direction: 'up' | 'both';
  /** The mean of an anomaly's windows must change by more than this share of its absolute value; 0: any change. */
  readonly leastRelativeChange: number;
}

/** The reference: 50 series of each kind, one year, noise 0.05, one upward anomaly in four of five series. */
export const referenceCorpus: GeneratorOptions = {
  windows: 365,
  kinds: referenceKinds,
  seriesPerKind: 50,
  isPhaseRandom: true,
  slope: { from: 0, to: 0.001 },
  intercept: { from: -5, to: 5 },
  amplitude: { from: 1, to: 1 },
  noise: { from: 0.05, to: 0.05 },
  autocorrelation: { from: 0, to: 0 },
  tailDegrees: null,
  anomalyShares: { spike: 0.4, levelShift: 0.4, none: 0.2 },
  anomalyCount: { from: 1, to: 1 },
  duration: { from: 2, to: 10 },
  earliestStart: 28,
  level: { from: 0.5, to: 1 },
  levelUnit: 'value',
  direction: 'up',
  leastRelativeChange: 0.1,
};
