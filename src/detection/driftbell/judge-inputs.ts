import type { HistoryRows } from '../features/history-rows.ts';
import { BAND_HEADS, type Band, readBand, severityOf, widenByChance } from './band.ts';
import { factsOf, type InputBatch, kindAt, rangeOf, zOf } from './build-inputs.ts';
import { finiteBound, judgeConstant, SEVERITY_LIMIT } from './constant-path.ts';
import { evidenceScore } from './evidence-score.ts';
import { rateError } from './measure-history.ts';
import { emptyMeasures, type RowMeasures, readMeasures } from './row-measures.ts';
import type { DriftbellSettings } from './settings.ts';
import { createCellFinder, shapeOf, type TailCalibration, tailProbability } from './tail-calibration.ts';

/** What the detector says of a batch, in the units of the series; NaN where too little is known. */
export interface DriftbellResult {
  readonly baseline: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly score: Float64Array;
  readonly severity: Float64Array;
  readonly tail: Float64Array;
}

/** `heads`: count x 3 raw outputs of the network; rows that it was not asked about are ignored. */
export function judgeInputs(
  rows: HistoryRows,
  inputs: InputBatch,
  heads: Float32Array,
  { settings, calibration }: { readonly settings: DriftbellSettings; readonly calibration: TailCalibration },
): DriftbellResult {
  const result = emptyResult(rows.count);
  const cellOf = createCellFinder(calibration, settings);
  const band: Band = { median: 0, lower: 0, upper: 0 };
  const scratch = emptyMeasures();
  for (let row = 0; row < rows.count; row += 1) {
    const measures = readMeasures(inputs.measures, row, scratch);
    if (measures.known < settings.leastKnownWindows) continue;
    if (inputs.isForecast[row] === 1) {
      readBand(heads, row * BAND_HEADS, measures, band);
      widenByChance(band, chanceGap(rows, row, measures, settings));
      const z = zOf(rows.values[row] ?? Number.NaN, measures);
      const severity = severityOf(z, band, settings.severityWidth);
      write(result, row, {
        baseline: inUnits(band.median, measures),
        lower: inUnits(band.lower, measures),
        upper: inUnits(band.upper, measures),
        severity: Math.min(SEVERITY_LIMIT, severity),
        tail: tailProbability(severity, cellOf(kindAt(rows, row), shapeOf(measures))),
      });
    } else {
      write(result, row, judgeConstant(rows.values[row] ?? Number.NaN, measures, factsOf(rows, row)));
    }
    if (settings.clipsToRange) clipBand(result, row, rangeOf(rows, row));
  }
  return result;
}

/** Half the band that chance alone gives a share of so few rows, as z; 0 for other kinds and where the rows are unknown. */
function chanceGap(
  rows: HistoryRows,
  row: number,
  { centre, spread, unit }: RowMeasures,
  { floors }: DriftbellSettings,
): number {
  const { isRate, rows: behind } = factsOf(rows, row);
  return floors.usesRows && isRate ? (NORMAL_BOUND * rateError(centre * unit, behind)) / (spread * unit) : 0;
}

/** Standard errors from the middle to a 97.5 % bound of normal values. */
const NORMAL_BOUND = 1.96;

function write(
  result: DriftbellResult,
  row: number,
  verdict: Record<'baseline' | 'lower' | 'upper' | 'severity' | 'tail', number>,
): void {
  result.baseline[row] = verdict.baseline;
  result.lower[row] = verdict.lower;
  result.upper[row] = verdict.upper;
  result.severity[row] = verdict.severity;
  result.tail[row] = verdict.tail;
  result.score[row] = evidenceScore(verdict.tail);
}

function clipBand(
  result: DriftbellResult,
  row: number,
  { lowest, highest }: { lowest: number; highest: number },
): void {
  for (const part of [result.baseline, result.lower, result.upper]) {
    part[row] = Math.min(highest, Math.max(lowest, part[row] ?? Number.NaN));
  }
}

function inUnits(z: number, { centre, spread, unit }: RowMeasures): number {
  return finiteBound((centre + z * spread) * unit);
}

function emptyResult(count: number): DriftbellResult {
  const unknown = () => new Float64Array(count).fill(Number.NaN);
  return {
    baseline: unknown(),
    lower: unknown(),
    upper: unknown(),
    score: unknown(),
    severity: unknown(),
    tail: unknown(),
  };
}
