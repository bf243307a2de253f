import { z } from 'zod';
import { MAD_TO_DEVIATION } from '../../../../src/detection/driftbell/measure-history.ts';
import { type EvaluationSeries, judgeSeries } from '../../../../src/detection/index.ts';
import type { Detector } from '../../../../src/ports/detector.ts';
import type { EvidenceSets } from '../sets/load-sets.ts';

/** Levels that creep, laid over real days of one set: how many are told at all, with slow drifts and without. */
export const CreepFigures = z.object({
  set: z.string(),
  ramps: z.number(),
  foundWithout: z.number(),
  foundWith: z.number(),
  /** Of slow drifts, on the same series as they are. */
  toldPerYear: z.number(),
});
export type CreepFigures = z.infer<typeof CreepFigures>;

/** Before a ramp: a history of four weeks, and as many days again for what a slow drift looks back on. */
const LEAD = 56;
const RAMP_DAYS = 42;
/** So long it may take until it is told: three weeks more. */
const SPAN = RAMP_DAYS + 21;
/** In deviations of the lead: about half as far as what a single day would be told for. */
const RISE = 3;
const LEAST_KNOWN = 0.8;
/** Of one series, so that long ones do not speak for all. */
const MOST_RAMPS = 4;
const DAYS_PER_YEAR = 365;

interface Ramp {
  readonly plain: EvaluationSeries;
  readonly ramped: EvaluationSeries;
  readonly start: number;
}

/** Of each set with real daily values. What is told of a span without its ramp, too, is not counted as found. */
export async function measureCreep(detector: Detector, sets: EvidenceSets): Promise<readonly CreepFigures[]> {
  const daily = sets.sets.filter(({ role, granularity }) => role === 'real' && granularity === 'day');
  const figures: CreepFigures[] = [];
  for (const { name, series } of [sets.cleanDaily, ...daily]) {
    const ramps = series.flatMap(rampsOn);
    const stride = { stride: 1 };
    const plain = await judgeSeries(
      detector,
      ramps.map((one) => one.plain),
      stride,
    );
    const ramped = await judgeSeries(
      detector,
      ramps.map((one) => one.ramped),
      stride,
    );
    let [foundWithout, foundWith, told, days] = [0, 0, 0, 0];
    for (const [at, { start }] of ramps.entries()) {
      const [before, after] = [plain[at], ramped[at]];
      if (before === undefined || after === undefined) continue;
      const isNew = (window: number) => after.anomalies[window] === 1 && before.anomalies[window] !== 1;
      const isDrift = (window: number) =>
        (after.slowDrifts?.[window] ?? -1) >= 0 && (before.slowDrifts?.[window] ?? -1) < 0;
      const span = Array.from({ length: SPAN }, (_, day) => start + day);
      if (span.some(isNew)) foundWithout += 1;
      if (span.some((window) => isNew(window) || isDrift(window))) foundWith += 1;
      told += before.slowDrifts?.filter((since) => since >= 0).length ?? 0;
      days += before.anomalies.length - LEAD;
    }
    figures.push({
      set: name,
      ramps: ramps.length,
      foundWithout,
      foundWith,
      toldPerYear: (told * DAYS_PER_YEAR) / days,
    });
  }
  return figures;
}

/** The series with a ramp on each of its first spans that are known, one at a time, up and down by turns. */
function rampsOn(plain: EvaluationSeries): readonly Ramp[] {
  const ramps: Ramp[] = [];
  const { values } = plain;
  for (let start = LEAD; start + SPAN <= values.length && ramps.length < MOST_RAMPS; start += SPAN) {
    const known = values.subarray(start - LEAD, start + SPAN).filter(Number.isFinite).length;
    const rise = RISE * MAD_TO_DEVIATION * medianDistance(values.subarray(start - LEAD, start).filter(Number.isFinite));
    if (known < LEAST_KNOWN * (LEAD + SPAN) || !(rise > 0)) continue;
    const side = ramps.length % 2 === 0 ? 1 : -1;
    const ramped = values.map(
      (value, at) => value + side * rise * Math.min(1, Math.max(0, (at - start + 1) / RAMP_DAYS)),
    );
    ramps.push({ plain, ramped: { ...plain, values: ramped }, start });
  }
  return ramps;
}

function medianDistance(values: Float64Array): number {
  const middle = medianOf(values);
  return medianOf(values.map((value) => Math.abs(value - middle)));
}

function medianOf(values: Float64Array): number {
  return values.toSorted()[values.length >> 1] ?? Number.NaN;
}
