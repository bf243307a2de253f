import type { Detection, DetectionRule, Forecast } from '../domain/anomaly.ts';
import { calibrateTail, type TailFactors } from '../domain/calibration.ts';
import type { DetectorConfiguration, JudgingRules, RunRules } from '../domain/detector.ts';
import type { HolidaySpan } from '../domain/holiday.ts';
import type { SeriesKey } from '../domain/series.ts';
import { kindOfStatistic } from '../domain/statistic-kind.ts';
import type { Window } from '../domain/window.ts';
import {
  findCatastrophe,
  hasStopped,
  isExplained,
  isHabit,
  isNotLiveYet,
  isSmallSegment,
  isWayOfColumn,
  type TrafficLook,
} from './catastrophic.ts';
import { rowsCollapsed, valuesCollapsed } from './collapse.ts';
import { decideAnomaly, decideByRules } from './decide.ts';
import { evidenceScore } from './driftbell/evidence-score.ts';
import { type RunWindow, runTail, sideOf } from './driftbell/run-tail.ts';
import { flatlineChance } from './flatline.ts';
import { usedHistory } from './judge-masked.ts';
import { historyOf, type JudgementRows, type WindowView } from './judgement-rows.ts';
import { type DetectorSettings, detectorSettings } from './settings.ts';
import { isUsualValue } from './usual-value.ts';

/** What the networks said, row by row, in the units of the series. */
export interface JudgedRows {
  readonly baseline: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly score: Float64Array;
  readonly severity: Float64Array;
  readonly tail: Float64Array;
}

export interface Judgement {
  readonly rows: JudgementRows;
  readonly result: JudgedRows;
  /** How likely it is that a window repeats what was before it, NaN where it is not stuck; absent: the views tell. */
  readonly flat?: Float64Array;
}

export interface JudgedWindow {
  readonly window: Window;
  readonly views: readonly WindowView[];
  /** What each pair of networks judged; no view is in two of them. */
  readonly judgements: readonly Judgement[];
  /** Missing rate of the column of a series in this window; null where it is unknown. */
  readonly missingRates: (key: SeriesKey) => number | null;
  readonly configuration: DetectorConfiguration;
  /** The detector's own rules; absent: the configuration decides. */
  readonly judging?: JudgingRules | undefined;
  /** What was learned of the detector's tail probabilities; absent: nothing yet. */
  readonly tailFactors?: TailFactors | undefined;
  /** What was said of a series right before, the newest window first, and how it is read; absent: windows are judged alone. */
  readonly runs?: { readonly rules: RunRules; readonly before: (key: SeriesKey) => readonly RunWindow[] } | undefined;
  /** The public holiday that the window lies on. */
  readonly holiday?: HolidaySpan | undefined;
  /** What was seen of the window when its statistics were computed; absent: nobody kept it. */
  readonly look?: TrafficLook;
  /** Columns of which somebody told what stands for "not filled in"; absent: none. */
  readonly declaredDefaults?: ReadonlySet<string>;
  /** True where a history has a window a day of the same hour or day, and collapses are looked for. */
  readonly findsCollapse?: boolean;
}

/** One detection per view: by both stages where there was a history, by the catastrophic rules everywhere. */
export function buildDetections(judged: JudgedWindow): readonly Detection[] {
  const placeOfView = new Map(
    judged.judgements.flatMap((judgement) => judgement.rows.views.map((view, row) => [view, { judgement, row }])),
  );
  const settings = settingsOf(judged.configuration);
  const isOutlier = (value: number, forecast: Forecast, score: number, { tail }: Rarity): boolean =>
    judged.judging === undefined
      ? decideAnomaly(value, forecast, score, settings)
      : decideByRules(value, forecast, tail ?? Number.NaN, judged.judging);
  return judged.views.map((view, index) => {
    const place = placeOfView.get(index);
    const plain = { series: view.series.key, window: judged.window, value: view.value, rows: view.rows };
    // Only a coverage of 0 asks for it, and to find it takes longer than all the rest.
    const rate = view.value === 0 ? judged.missingRates(view.series.key) : null;
    const { key } = view.series;
    const isUsual =
      isHabit(view.value, view.history) || isNotLiveYet(key, view.history) || isSmallSegment(key, view.history);
    const isNone = isExplained(key, judged.look);
    const isQuiet = isNone || (isUsual && !hasStopped(key, judged.look));
    const found = isQuiet ? undefined : findCatastrophe(key, view.value, view.rows, rate, judged.look);
    // Rows that are missing are a fault however often; a default that nobody declared may be what the column is on some days.
    const isWay = found === 'all_default' && !isDeclared(key, judged) && isWayOfColumn(view);
    const rule = isWay ? undefined : found;
    const catastrophe = rule && { rule, ...noteOf(rule, judged.look) };
    const chance = isNone ? undefined : chanceOfFlatline(view, judged.judging, place);
    const isFlat = chance !== undefined;
    const collapse = isQuiet ? undefined : collapseOf(view, place, judged);
    if (place === undefined || view.value === null) return { ...plain, ...verdict(catastrophe, { collapse, isFlat }) };
    const { rows, result } = place.judgement;
    const forecast = forecastOf(result, place.row);
    const alone = rarityOf(result, place.row, judged.tailFactors?.[kindOfStatistic(key.statistic)]);
    const rarity = withRun(alone, sideOf(view.value, forecast.baseline), key, judged.runs);
    const score = rarity !== alone ? evidenceScore(rarity.tail ?? Number.NaN) : (result.score[place.row] ?? 0);
    const isUsualHere = isUsualValue(view.value, historyFor(rows, place.row, judged.judging));
    const isAnomaly = !isNone && !isUsualHere && isOutlier(view.value, forecast, score, rarity);
    const said = verdict(catastrophe, { isAnomaly, collapse, isFlat });
    const flat = said.rule === 'flat' && chance !== undefined && { score: evidenceScore(chance), tail: chance };
    const note = said.rule === 'band' && judged.holiday ? { note: judged.holiday.text } : {};
    return { ...plain, forecast, score, ...rarity, ...flat, ...said, ...note };
  });
}

function historyFor(rows: JudgementRows, row: number, judging: JudgingRules | undefined): Float64Array {
  return judging === undefined ? historyOf(rows, row) : usedHistory(rows, row, judging);
}

/** The settings that decide for a configuration; those of the paper where it has none of its own yet. */
export function settingsOf(configuration: DetectorConfiguration): DetectorSettings {
  return configuration === 'code' ? detectorSettings.code : detectorSettings.paper;
}

function forecastOf(result: JudgedRows, row: number): Forecast {
  return {
    baseline: result.baseline[row] ?? Number.NaN,
    lower: result.lower[row] ?? Number.NaN,
    upper: result.upper[row] ?? Number.NaN,
  };
}

type Rarity = Pick<Detection, 'severity' | 'tail' | 'nominalTail'>;

/** Nothing from a detector without a calibration: it says NaN. */
function rarityOf({ severity, tail }: JudgedRows, row: number, factor: number | undefined): Rarity {
  const [distance, nominalTail] = [severity[row] ?? Number.NaN, tail[row] ?? Number.NaN];
  return {
    ...(Number.isFinite(distance) && { severity: distance }),
    ...(Number.isFinite(nominalTail) &&
      (factor === undefined ? { tail: nominalTail } : { tail: calibrateTail(nominalTail, factor), nominalTail })),
  };
}

/** The same object where the windows before make no difference. */
function withRun(alone: Rarity, side: RunWindow['side'], key: SeriesKey, runs: JudgedWindow['runs']): Rarity {
  if (alone.tail === undefined || runs === undefined) return alone;
  const tail = runTail({ tail: alone.tail, side }, runs.before(key), runs.rules, kindOfStatistic(key.statistic));
  return tail === alone.tail ? alone : { ...alone, tail, nominalTail: alone.nominalTail ?? alone.tail };
}

function verdict(
  catastrophe: Required<Pick<Detection, 'rule'>> | undefined,
  of: { readonly isAnomaly?: boolean; readonly collapse: string | undefined; readonly isFlat: boolean },
): Pick<Detection, 'isAnomaly' | 'rule' | 'note'> {
  const { isAnomaly = false, collapse, isFlat } = of;
  if (catastrophe !== undefined) return { isAnomaly: true, ...catastrophe };
  if (isAnomaly) return { isAnomaly: true, rule: 'band' };
  if (collapse !== undefined) return { isAnomaly: true, rule: 'collapsed', note: collapse };
  return isFlat ? { isAnomaly: true, rule: 'flat' } : { isAnomaly: false };
}

function isDeclared({ column }: Pick<SeriesKey, 'column'>, { declaredDefaults }: JudgedWindow): boolean {
  return declaredDefaults?.has(column) === true;
}

/** A rule of our own, as the one for flatlines. A public holiday may keep most rows away. */
function collapseOf(view: WindowView, place: Place | undefined, judged: JudgedWindow): string | undefined {
  const { value, rows, history } = view;
  const { key } = view.series;
  const { judging, holiday } = judged;
  if (judging === undefined || judged.findsCollapse !== true || value === null) return undefined;
  if (key.role !== 'traffic') return valuesCollapsed(key, { value, rows, history }, isDeclared(key, judged));
  if (place === undefined || holiday !== undefined) return undefined;
  return rowsCollapsed(key, value, usedHistory(place.judgement.rows, place.row, judging));
}

interface Place {
  readonly judgement: Judgement;
  readonly row: number;
}

/** A rule of our own: without rules of the detector there is none. */
function chanceOfFlatline(
  { series, value, history }: WindowView,
  rules: JudgingRules | undefined,
  place: Place | undefined,
): number | undefined {
  if (rules === undefined || value === null) return undefined;
  if (place?.judgement.flat !== undefined) {
    const chance = place.judgement.flat[place.row] ?? Number.NaN;
    return Number.isNaN(chance) ? undefined : chance;
  }
  return flatlineChance(value, history, { kind: kindOfStatistic(series.key.statistic), rules });
}

/** The look knows since when there is nothing, or that there are rows after the window. */
function noteOf(rule: DetectionRule, look: TrafficLook | undefined): { readonly note?: string } {
  return look !== undefined && look.rows === 0 && (rule === 'late' || rule === 'no_rows') ? { note: look.text } : {};
}
