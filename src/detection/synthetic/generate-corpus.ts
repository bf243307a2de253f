import { DriftbellError } from '../../domain/errors.ts';
import { type Draws, drawBetween, drawLogBetween } from './draws.ts';
import type { GeneratorOptions } from './generator-options.ts';
import { addAnomaly, drawAnomaly, type InjectedAnomaly } from './inject-anomaly.ts';
import { drawNoise } from './noise.ts';
import { drawShape, type SeasonalKind } from './seasonality.ts';

/**
 * Labelled synthetic series: value(t) = intercept + slope * t + amplitude * shape(t) + noise, with one
 * anomaly or none (more where the options say so). Source: the released code's synthetic data (the paper uses sine, square and constant).
 */
export interface SyntheticSeries {
  /** `sine-07`: kind and number within the kind, from 01. */
  readonly name: string;
  readonly kind: SeasonalKind;
  readonly values: Float64Array;
  /** 1 on the windows of an anomaly. */
  readonly labels: Uint8Array;
  readonly anomalies: readonly InjectedAnomaly[];
}

export function generateCorpus(options: GeneratorOptions, draws: Draws): readonly SyntheticSeries[] {
  checkOptions(options);
  return options.kinds.flatMap((kind) =>
    Array.from({ length: options.seriesPerKind }, (_, index) => {
      const name = `${kind}-${String(index + 1).padStart(2, '0')}`;
      return { name, kind, ...generateSeries(kind, options, draws) };
    }),
  );
}

function generateSeries(kind: SeasonalKind, options: GeneratorOptions, draws: Draws) {
  const slope = drawBetween(draws, options.slope);
  const intercept = drawBetween(draws, options.intercept);
  const phase = options.isPhaseRandom ? 2 * Math.PI * draws.uniform() : 0;
  const amplitude = drawBetween(draws, options.amplitude);
  const shape = drawShape(kind, phase, draws, options.periodWindows);
  const deviation = drawLogBetween(draws, options.noise);
  const noise = drawNoise(options.windows, deviation, options, draws);
  const values = noise.map((error, t) => intercept + slope * t + amplitude * shape(t) + error);
  const labels = new Uint8Array(options.windows);
  const anomalies = drawAnomalies(values, deviation, options, draws);
  for (const anomaly of anomalies) addAnomaly(values, labels, anomaly);
  return { values, labels, anomalies };
}

function drawAnomalies(
  values: Float64Array,
  deviation: number,
  options: GeneratorOptions,
  draws: Draws,
): InjectedAnomaly[] {
  const { spike, levelShift } = options.anomalyShares;
  const lot = draws.uniform();
  if (lot >= spike + levelShift) return [];
  const unit = options.levelUnit === 'noise' ? deviation : 1;
  const shape = lot < spike ? 'spike' : 'level shift';
  const count = draws.integer(options.anomalyCount.from, options.anomalyCount.to);
  return Array.from({ length: count }, () => drawAnomaly(values, shape, unit, options, draws));
}

/** Shares written as decimals, such as 0.4 + 0.4 + 0.2, need not sum to 1 exactly. */
const SHARE_TOLERANCE = 1e-9;

function checkOptions(options: GeneratorOptions): void {
  const { spike, levelShift, none } = options.anomalyShares;
  if (Math.abs(spike + levelShift + none - 1) > SHARE_TOLERANCE) {
    throw new DriftbellError('usage.invalid', {
      expected: 'shares of spikes, level shifts and clean series that sum to 1',
      received: `${spike} + ${levelShift} + ${none}`,
      remedy: 'change one of the three shares',
    });
  }
  if (options.earliestStart + options.duration.to > options.windows) {
    throw new DriftbellError('usage.invalid', {
      expected: `series of at least ${options.earliestStart + options.duration.to} windows`,
      received: `${options.windows} windows`,
      remedy: 'ask for longer series or shorter anomalies',
    });
  }
}
