import type { DenseLayer } from '../network-layout.ts';
import { driftbellWidth, fromInput } from './build-inputs.ts';
import type { RowMeasures } from './row-measures.ts';
import type { DriftbellSettings } from './settings.ts';

/**
 * The band of one row from the three raw outputs of the network, which can never be out of order.
 *
 * median = h0; lower = h0 - softplus(h1); upper = h0 + softplus(h2), all as x of the inputs
 * in z: what each x stands for; the gaps there are at least GAP_FLOOR
 *
 * The asinh in x keeps a series' own spikes from ruling the loss, and quantiles are the same in it; severities are
 * measured in z, where twice as far is twice as much. Edge cases: outputs beyond +-HEAD_LIMIT are cut, so that sinh stays finite.
 */
export interface Band {
  median: number;
  lower: number;
  upper: number;
}

/** A band narrower than a hundredth of the spread of its history is a claim that no 25 values can support. */
export const GAP_FLOOR = 0.01;
/** sinh(21) is 6.6e8. */
const HEAD_LIMIT = 21;
/** Outputs: median, raw gap down, raw gap up. */
export const BAND_HEADS = 3;

export function readBand(
  heads: ArrayLike<number>,
  offset: number,
  shape: Pick<RowMeasures, 'ratio' | 'week'>,
  band: Band,
): void {
  const median = heads[offset] ?? 0;
  const below = median - softplus(heads[offset + 1] ?? 0);
  const above = median + softplus(heads[offset + 2] ?? 0);
  band.median = fromInput(limit(median), shape);
  band.lower = Math.min(fromInput(limit(below), shape), band.median - GAP_FLOOR);
  band.upper = Math.max(fromInput(limit(above), shape), band.median + GAP_FLOOR);
}

/** A history that was calmer than chance, as of busier days, promises nothing for a value of few rows. */
export function widenByChance(band: Band, gap: number): void {
  band.lower = Math.min(band.lower, band.median - gap);
  band.upper = Math.max(band.upper, band.median + gap);
}

/** Distance of z from the median in gaps of its side, or in half bands; 1 lies on the bound. */
export function severityOf(z: number, band: Readonly<Band>, width: DriftbellSettings['severityWidth']): number {
  const gap = z < band.median ? band.median - band.lower : band.upper - band.median;
  return Math.abs(z - band.median) / (width === 'side' ? gap : (band.upper - band.lower) / 2);
}

export function driftbellLayers(settings: DriftbellSettings): readonly DenseLayer[] {
  const widths = [driftbellWidth(settings), ...settings.units];
  const hidden = settings.units.map((outputs, index): DenseLayer => {
    return { name: `band-${index + 1}`, inputs: widths[index] ?? 0, outputs, groups: 1, activation: 'relu' };
  });
  const inputs = widths.at(-1) ?? 0;
  return [...hidden, { name: 'band-output', inputs, outputs: BAND_HEADS, groups: 1, activation: 'linear' }];
}

/** ln(1 + e^x), without overflow. */
export function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}

function limit(head: number): number {
  return Math.min(HEAD_LIMIT, Math.max(-HEAD_LIMIT, head));
}
