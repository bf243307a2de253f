import type { JudgingRules } from '../domain/detector.ts';
import { ORDINARY_DAY } from '../domain/holiday.ts';
import { kindIndex } from '../domain/statistic-kind.ts';
import type { Detector } from '../ports/detector.ts';
import { decideByRules } from './decide.ts';
import {
  applyRest,
  type CommonMode,
  findCommonModes,
  hasCommonMode,
  rowsWithoutModes,
} from './driftbell/common-mode.ts';
import { evidenceScore } from './driftbell/evidence-score.ts';
import { backToFormer } from './driftbell/former-level.ts';
import {
  daysToSunday,
  maskHolidays,
  type Readings,
  readingAt,
  SUNDAY,
  widenReading,
  writeReading,
} from './driftbell/holiday-reading.ts';
import { COMMON_SIDE, maskHistory, maskToFormer, passedBound, UNKNOWN_SIDE } from './driftbell/mask-history.ts';
import { asRunWindow, runTail, sideOf } from './driftbell/run-tail.ts';
import type { HistoryRows, SeriesGrid } from './features/history-rows.ts';
import { flatlineChance } from './flatline.ts';
import { emptyGrid, type JudgedGrid, saidOf } from './judged-grid.ts';
import { windowsBefore } from './runs-before.ts';
import { driftsOfGrid } from './slow-drifts.ts';
import { isUsualValue } from './usual-value.ts';

export interface MaskedOptions {
  readonly judging: JudgingRules;
  /** See `historyStride`. */
  readonly stride: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Judges whole series as they would have been judged window by window: verdicts mask the histories of later windows. As
 * the newest `omittedWindows` are never looked at, that many windows and one more are judged at a time, of all series
 * together.
 */
export async function judgeMasked(
  detector: Pick<Detector, 'judge'> & { readonly manifest: Pick<Detector['manifest'], 'historyWindows'> },
  grids: readonly SeriesGrid[],
  { judging, stride, signal }: MaskedOptions,
): Promise<JudgedGrid[]> {
  const { historyWindows } = detector.manifest;
  const judged = grids.map(({ values, group }): JudgedGrid => {
    const isCompared = judging.removesCommonMode === true && group !== undefined;
    const { length } = values;
    const modes = isCompared && { commonModes: new Float64Array(length), toldModes: new Uint8Array(length) };
    return { ...emptyGrid(length), ...modes };
  });
  const sides = grids.map((grid) => new Int8Array(grid.values.length));
  const step = (judging.omittedWindows + 1) * stride;
  const longest = grids.reduce((most, grid) => Math.max(most, grid.values.length), 0);
  for (let from = 0; from < longest; from += step) {
    const options = { from, to: from + step, stride, judging, historyWindows };
    const block = gatherBlock(grids, judged, sides, options);
    if (block.rows.count > 0) {
      const result = await detector.judge(block.rows, signal);
      joinReadings(block, result);
      const modes = judging.removesCommonMode === true ? modesOf(grids, block, result, judging) : [];
      if (modes.length > 0) {
        const rest = rowsWithoutModes(block.rows, result, modes);
        if (rest.of.length > 0) applyRest(result, rest.of, await detector.judge(rest.rows, signal));
      }
      fillGrids(grids, judged, sides, block, result, options);
      markModes(grids, judged, sides, block, modes);
    }
    markFlatlines(grids, judged, sides, options);
  }
  if (judging.findsSlowDrift !== true) return judged;
  return judged.map((one, index) => {
    const grid = grids[index];
    return grid === undefined ? one : { ...one, slowDrifts: driftsOfGrid(grid, one, { stride, judging }) };
  });
}

/** Joins what is said of a row with the other readings of its window, which follow it. */
function joinReadings({ places, rows }: Block, result: Readings): void {
  let own = 0;
  places.forEach(({ reading }, row) => {
    if (reading === 'own') {
      own = row;
      return;
    }
    const join = reading === 'sunday' ? widenReading : backToFormer;
    const value = rows.values[own] ?? Number.NaN;
    writeReading(result, own, join(readingAt(result, own), readingAt(result, row), value));
  });
}

/** What the series of a group did together in a window, by kind of statistic. */
function modesOf(
  grids: readonly SeriesGrid[],
  { places, rows }: Block,
  result: Readings,
  { tailThreshold }: JudgingRules,
): readonly CommonMode[] {
  const groupOf = (row: number): string | undefined => {
    const place = places[row];
    const grid = grids[place?.grid ?? -1];
    if (place === undefined || place.reading !== 'own' || grid?.group === undefined) return undefined;
    if (grid.statisticKind !== undefined && !hasCommonMode(grid.statisticKind)) return undefined;
    return JSON.stringify([grid.group, place.position, grid.statisticKind ?? 'level']);
  };
  return findCommonModes(rows, result, { tailThreshold, groupOf });
}

/** An incident of all series is masked in the histories of all of them, whichever of them it was seen in. */
function markModes(
  grids: readonly SeriesGrid[],
  judged: readonly JudgedGrid[],
  sides: readonly Int8Array[],
  { places }: Block,
  modes: readonly CommonMode[],
): void {
  for (const mode of modes) {
    for (const row of mode.rows) {
      const { grid, position } = places[row] ?? { grid: -1, position: 0 };
      judged[grid]?.commonModes?.fill(mode.size, position, position + 1);
      judged[grid]?.toldModes?.fill(Number(mode.isTold), position, position + 1);
    }
    const first = places[mode.rows[0] ?? -1];
    const group = grids[first?.grid ?? -1]?.group;
    if (first === undefined || !mode.isTold) continue;
    grids.forEach((grid, index) => {
      const side = sides[index];
      if (side !== undefined && grid.group === group && side[first.position] === 0) side[first.position] = COMMON_SIDE;
    });
  }
}

function fillGrids(
  grids: readonly SeriesGrid[],
  judged: readonly JudgedGrid[],
  sides: readonly Int8Array[],
  block: Block,
  result: Readings,
  options: BlockOptions,
): void {
  const { judging, stride } = options;
  block.places.forEach(({ grid, position, reading: how }, row) => {
    const target = judged[grid];
    const series = grids[grid];
    const verdicts = sides[grid];
    const value = block.rows.values[row] ?? Number.NaN;
    if (target === undefined || series === undefined || verdicts === undefined || how !== 'own') return;
    const alone = readingAt(result, row);
    const before = windowsBefore(position, stride, (at) => {
      const isStuck = verdicts[at] === UNKNOWN_SIDE;
      return asRunWindow(saidOf(series.values, target, at, isStuck), judging);
    });
    const own = { tail: alone.tail, side: sideOf(value, alone.baseline) };
    const tail = runTail(own, before, judging.runs ?? {}, series.statisticKind ?? 'level');
    const reading = tail === alone.tail ? alone : { ...alone, tail, score: evidenceScore(tail) };
    writeReading(target, position, reading);
    const isUsual = isUsualValue(value, usedHistory(block.rows, row, judging));
    if (!isUsual && decideByRules(value, reading, tail, judging)) {
      target.anomalies[position] = 1;
      verdicts[position] = value < reading.baseline ? -1 : 1;
    } else markFlatline(series, target, verdicts, position, options);
  });
}

/** Windows that the band was not asked about may be stuck as well. */
function markFlatlines(
  grids: readonly SeriesGrid[],
  judged: readonly JudgedGrid[],
  sides: readonly Int8Array[],
  options: BlockOptions,
): void {
  grids.forEach((grid, index) => {
    const [target, verdicts] = [judged[index], sides[index]];
    if (target === undefined || verdicts === undefined) return;
    for (let position = options.from; position < Math.min(options.to, grid.values.length); position += 1) {
      if (target.anomalies[position] !== 1) markFlatline(grid, target, verdicts, position, options);
    }
  });
}

/** Where the band saw nothing. */
function markFlatline(
  { values, statisticKind = 'level' }: SeriesGrid,
  target: JudgedGrid,
  verdicts: Int8Array,
  position: number,
  { stride, judging, historyWindows }: BlockOptions,
): void {
  if (judging.flatWindows === 0) return;
  const value = values[position] ?? Number.NaN;
  const before = values[position - stride] ?? Number.NaN;
  if (value !== before && !(Number.isFinite(value) && Number.isNaN(before))) return;
  const history = new Float64Array(historyWindows);
  copyHistory(values, { position, stride }, history, Number.NaN);
  const chance = flatlineChance(value, history, { kind: statisticKind, rules: judging });
  if (chance === undefined) return;
  target.anomalies[position] = 1;
  target.tail[position] = chance;
  target.score[position] = evidenceScore(chance);
  verdicts[position] = UNKNOWN_SIDE;
}

interface BlockOptions {
  readonly from: number;
  readonly to: number;
  readonly stride: number;
  readonly judging: JudgingRules;
  readonly historyWindows: number;
}

interface Place {
  readonly grid: number;
  readonly position: number;
  /** How the window is read. All but the first reading of a window follow its first one. */
  readonly reading: 'own' | 'sunday' | 'former';
}

interface Block {
  readonly rows: HistoryRows;
  /** For each row, its grid and its place there. */
  readonly places: readonly Place[];
}

function gatherBlock(
  grids: readonly SeriesGrid[],
  judged: readonly JudgedGrid[],
  sides: readonly Int8Array[],
  { from, to, stride, judging, historyWindows }: BlockOptions,
): Block {
  const used = historyWindows - judging.omittedWindows;
  const places: Place[] = [];
  const kept: Float64Array[] = [];
  const history = new Float64Array(historyWindows);
  const verdicts = new Int8Array(historyWindows);
  const marks = new Uint8Array(historyWindows);
  const bounds = new Float64Array(historyWindows);
  /** By the history that comes before `before`; false where too little of it is known. */
  function add(place: Place, grid: SeriesGrid, before: number): boolean {
    copyHistory(grid.values, { position: before, stride }, history, Number.NaN);
    copyHistory(sides[place.grid] ?? new Int8Array(), { position: before, stride }, verdicts, 0);
    if (grid.marks !== undefined) {
      copyHistory(grid.marks, { position: before, stride }, marks, ORDINARY_DAY);
      maskHolidays(history, marks, used, judging);
    }
    const hasHabits = grid.statisticKind !== 'rate';
    const hasEdges = grid.countsMissing === true;
    if (place.reading !== 'former') {
      copyBounds(grid, judged[place.grid], { before, stride, verdicts, judging }, bounds);
      maskHistory(history, verdicts, used, { ...judging, hasHabits, hasEdges, bounds });
    } else if (!maskToFormer(history, verdicts, used, judging)) return false;
    if (countKnown(history, used) < judging.leastKnownWindows) return false;
    places.push(place);
    kept.push(history.slice());
    return true;
  }
  grids.forEach((grid, index) => {
    for (let position = from; position < Math.min(to, grid.values.length); position += 1) {
      if (!Number.isFinite(grid.values[position])) continue;
      if (!add({ grid: index, position, reading: 'own' }, grid, position)) continue;
      const days = daysToSunday(grid.marks?.[position], grid.daysOfWeek[position] ?? 0, judging);
      if (days > 0) add({ grid: index, position, reading: 'sunday' }, grid, position - days * stride);
      add({ grid: index, position, reading: 'former' }, grid, position);
    }
  });
  const histories = new Float64Array(places.length * historyWindows);
  kept.forEach((one, row) => {
    histories.set(one, row * historyWindows);
  });
  const of = (place: { readonly grid: number }) => grids[place.grid];
  return {
    places,
    rows: {
      count: places.length,
      histories,
      values: Float64Array.from(places, (place) => of(place)?.values[place.position] ?? Number.NaN),
      daysOfWeek: Uint8Array.from(places, (place) => {
        return place.reading === 'sunday' ? SUNDAY : (of(place)?.daysOfWeek[place.position] ?? 0);
      }),
      rows: Float64Array.from(places, (place) => of(place)?.rows?.[place.position] ?? Number.NaN),
      kinds: Uint8Array.from(places, (place) => kindIndex(of(place)?.statisticKind ?? 'level')),
    },
  };
}

/** The bounds that the anomalies before a place passed, oldest first; NaN elsewhere. */
function copyBounds(
  { values, statisticKind: kind = 'level', countsRows = false }: SeriesGrid,
  judged: JudgedGrid | undefined,
  { before, stride, verdicts, judging }: PastWindows,
  target: Float64Array,
): void {
  for (let index = 0; index < target.length; index += 1) {
    target[index] = Number.NaN;
    const at = before - (target.length - index) * stride;
    const hasSide = verdicts[index] === 1 || verdicts[index] === -1;
    if (!hasSide || judged?.anomalies[at] !== 1) continue;
    const band = { lower: judged.lower[at] ?? Number.NaN, upper: judged.upper[at] ?? Number.NaN };
    target[index] = passedBound(values[at] ?? Number.NaN, band, { kind, countsRows }, judging);
  }
}

interface PastWindows extends Pick<BlockOptions, 'stride' | 'judging'> {
  readonly before: number;
  /** Of the same windows. */
  readonly verdicts: Int8Array;
}

/** The values `stride` apart before a place, oldest first; `absent` before the first one. */
function copyHistory(
  from: Float64Array | Int8Array | Uint8Array,
  { position, stride }: { readonly position: number; readonly stride: number },
  target: Float64Array | Int8Array | Uint8Array,
  absent: number,
): void {
  for (let index = 0; index < target.length; index += 1) {
    const at = position - (target.length - index) * stride;
    target[index] = at < 0 ? absent : (from[at] ?? absent);
  }
}

/** Known windows among those that a forecast looks at. */
export function countKnown(history: Float64Array, used: number): number {
  let known = 0;
  for (let index = 0; index < used; index += 1) if (Number.isFinite(history[index])) known += 1;
  return known;
}

/** The part of a row's history that a forecast looks at. */
export function usedHistory(
  { histories, count }: Pick<HistoryRows, 'histories' | 'count'>,
  row: number,
  { omittedWindows }: Pick<JudgingRules, 'omittedWindows'>,
): Float64Array {
  const width = histories.length / count;
  return histories.subarray(row * width, (row + 1) * width - omittedWindows);
}
