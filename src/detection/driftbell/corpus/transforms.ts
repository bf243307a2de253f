import { type Draws, drawBetween, drawLogBetween } from '../../synthetic/draws.ts';
import { drawStudent } from './distributions.ts';
import type { HealthySeries } from './families.ts';
import { scatterOf } from './faults.ts';

/**
 * Random changes of a whole series that no family foresees: a network that has only seen its generator's shapes is worse
 * than a z-score on others. The result is a level without rows; shifts and scales are free because inputs are
 * normalised, so they are not among them.
 */
type Transform = (values: Float64Array, draws: Draws) => Float64Array;

const transforms: readonly Transform[] = [
  (values, draws) => {
    const share = drawBetween(draws, { from: 0.03, to: 0.7 });
    return values.map((value) => (draws.uniform() < share ? 0 : value));
  },
  (values, draws) => {
    const step = scatterOf(values) * drawLogBetween(draws, { from: 0.3, to: 5 });
    return step > 0 ? values.map((value) => step * Math.round(value / step)) : values;
  },
  (values, draws) => {
    const size = scatterOf(values) * drawLogBetween(draws, { from: 0.2, to: 2 });
    const degrees = drawBetween(draws, { from: 1.5, to: 5 });
    return values.map((value) => value + size * drawStudent(draws, degrees));
  },
  (values, draws) => {
    const size = Math.max(...values.map(Math.abs)) || 1;
    const power = drawBetween(draws, { from: 0.5, to: 4 });
    return values.map((value) => Math.exp((power * value) / size));
  },
  (values, draws) => {
    const share = drawBetween(draws, { from: 0.01, to: 0.12 });
    const size = scatterOf(values) * drawLogBetween(draws, { from: 4, to: 50 });
    return values.map((value) => (draws.uniform() < share ? value + size * draws.uniform() : value));
  },
  (values, draws) => {
    const middle = values[draws.integer(0, values.length - 1)] ?? 0;
    return values.map((value) => Math.abs(value - middle));
  },
  (values, draws) => {
    const bound = values[draws.integer(0, values.length - 1)] ?? 0;
    return values.map((value) => Math.max(bound, value));
  },
];

/** Applies one or two of them. */
export function transformSeries(series: HealthySeries, draws: Draws): HealthySeries {
  let { values } = series;
  const count = draws.integer(1, 2);
  for (let index = 0; index < count; index += 1) {
    values = transforms[draws.integer(0, transforms.length - 1)]?.(values, draws) ?? values;
  }
  return { kind: 'level', values, ...(series.isUnsettled && { isUnsettled: series.isUnsettled }) };
}
