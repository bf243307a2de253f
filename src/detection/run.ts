import type { Detection } from '../domain/anomaly.ts';
import type { TailFactors } from '../domain/calibration.ts';
import { detectorVersion, type HourRules, type JudgingRules } from '../domain/detector.ts';
import type { HistoryMarks } from '../domain/history-marks.ts';
import { type HolidaySpan, holidayAt, markHolidays } from '../domain/holiday.ts';
import type { EpochMs, ModelId } from '../domain/identifiers.ts';
import type { WindowLook } from '../domain/landing.ts';
import type { Granularity, Model } from '../domain/model.ts';
import { type Series, type SeriesKey, seriesName } from '../domain/series.ts';
import type { ColumnStatistics } from '../domain/statistic.ts';
import { kindOfStatistic } from '../domain/statistic-kind.ts';
import { dayOfWeek, shiftWindow, type Window, windowAt } from '../domain/window.ts';
import type { Detector } from '../ports/detector.ts';
import type { DetectionStore, MuteStore, StatisticsStore } from '../ports/stores.ts';
import { buildDetections, type Judgement } from './build-detections.ts';
import { columnFaults, withColumnFaults } from './column-faults.ts';
import { withCommonFinding } from './common-finding.ts';
import {
  applyRest,
  type CommonMode,
  findCommonModes,
  hasCommonMode,
  rowsWithoutModes,
} from './driftbell/common-mode.ts';
import { backToFormer } from './driftbell/former-level.ts';
import { daysToSunday, SUNDAY, widenReading } from './driftbell/holiday-reading.ts';
import { DRIFT_WINDOWS } from './driftbell/slow-drift.ts';
import { hourHistoryStart, judgeHourViews } from './hours/judge-hour-views.ts';
import { buildJudgementRows, type JudgementRows, viewWindows, type WindowView } from './judgement-rows.ts';
import { markedSeries, withoutAccepted } from './marked-history.ts';
import { buildMaskedRows, findVerdicts, joinReadings } from './masked-rows.ts';
import { readRunsBefore } from './runs-before.ts';
import { endsWeek, withSlowDrifts } from './slow-drifts.ts';

export interface DetectionDeps {
  readonly statistics: Pick<StatisticsStore, 'series' | 'states' | 'window'>;
  readonly detections: Pick<DetectionStore, 'anomalies' | 'between' | 'replaceWindow'>;
  readonly detector: Detector;
  /** Windows that people muted are left out of the histories of a detector that masks; absent: none was muted. */
  readonly mutes?: Pick<MuteStore, 'spans'>;
  /** What was learned of the detector's tail probabilities; absent: nothing yet. */
  readonly tailFactors?: (granularity: Granularity) => TailFactors;
  /** Public holidays of the model that overlap a span of time, in time order; absent: nobody knows any. */
  readonly holidays?: (modelId: ModelId, fromMs: EpochMs, toMs: EpochMs) => readonly HolidaySpan[];
  /** What was said of series in windows with start in [fromMs, toMs); absent: slow drifts are not looked for. */
  readonly past?: (
    modelId: ModelId,
    keys: readonly SeriesKey[],
    fromMs: EpochMs,
    toMs: EpochMs,
  ) => readonly Detection[];
  /** What people said of the series of a model; absent: nothing. */
  readonly marks?: (modelId: ModelId) => ((key: SeriesKey) => HistoryMarks | undefined) | undefined;
  /** What votes have taught, applied to what the detector says of a window; absent: nothing. */
  readonly learned?: (detections: readonly Detection[], context: LearnedContext) => readonly Detection[];
}

export interface LearnedContext {
  readonly modelId: ModelId;
  readonly window: Window;
  /** The values before the window as they were judged by, oldest first. */
  readonly historyOf: (key: SeriesKey) => readonly (number | null)[];
}

export interface DetectionInput {
  readonly model: Pick<Model, 'id' | 'zone' | 'granularity'> & Partial<Pick<Model, 'defaults'>>;
  readonly window: Window;
  /** Series to judge. */
  readonly keys: readonly SeriesKey[];
  /** What was seen of the window when its statistics were computed. */
  readonly look?: WindowLook;
  readonly signal?: AbortSignal;
}

export interface DetectionReport {
  /** Series with a forecast. */
  readonly judged: number;
  /** Series with a value but without a complete history. */
  readonly tooLittleHistory: number;
  readonly anomalies: number;
  readonly detections: readonly Detection[];
}

/**
 * Judges all series of one model in one window and stores what the detector says. Anomalous windows stay in the
 * histories, as in the paper, unless the detector asks for masks. Running it again replaces what it stored.
 */
export async function runDetection(deps: DetectionDeps, input: DetectionInput): Promise<DetectionReport> {
  const { model, window } = input;
  const { manifest } = deps.detector;
  const current = deps.statistics.window(model.id, window);
  const starts = historyStarts(window, manifest.historyWindows, model);
  const series = readSeries(deps, input, input.keys, starts[0]);
  const { judging } = manifest;
  const views = viewWindows(series, window, starts, { granularity: model.granularity, judging });
  const day = dayOfWeek(window, model.zone);
  const holidays = deps.holidays?.(model.id, (starts[0] ?? window.startMs) - AROUND_MS, window.endMs + AROUND_MS) ?? [];
  const hours = model.granularity === 'hour' ? judging?.hours : undefined;
  const rules = hours === undefined ? judging?.runs : { goesOn: hours.goesOn };
  // Hours that are judged by the hours before them follow each other; else the same hour of the days before does.
  const stride = hours === undefined ? historyStride(model.granularity) : 1;
  const runs = rules &&
    judging && { rules, before: readRunsBefore(deps.detections, { model, window, stride, judging }) };
  const judgements =
    judging === undefined
      ? await judgeViews(deps.detector, views, day, input.signal)
      : hours === undefined
        ? await judgeWithMasks(deps, views, { judging, starts, holidays, day, input })
        : [judgeHourly(deps, views, { input, judging, rules: hours })];
  const modes =
    hours === undefined && judging?.removesCommonMode === true
      ? await removeModes(deps.detector, views, judgements, { ...judging, ...input })
      : [];
  const built = buildDetections({
    window,
    views,
    judgements,
    missingRates: missingRates(current),
    configuration: manifest.configuration,
    judging,
    tailFactors: deps.tailFactors?.(model.granularity),
    runs,
    holiday: judging?.readsHolidays === true ? holidayAt(holidays, window.startMs) : undefined,
    ...(input.look === undefined ? {} : { look: input.look }),
    declaredDefaults: declaredDefaults(model),
    findsCollapse: model.granularity === 'day',
  });
  const past = (columns: readonly string[]) =>
    deps.statistics
      .states(model.id, columns, starts[0] ?? window.startMs, window.startMs)
      .filter((state) => starts.includes(state.window.startMs));
  const common = withCommonFinding(built, modes, window);
  const faulty = withColumnFaults(common, columnFaults(current, past), window);
  const told = judging === undefined ? faulty : lookForDrifts(deps, input, faulty, { day, judging });
  const detections = deps.learned?.(told, { modelId: model.id, window, historyOf: historyFinder(views) }) ?? told;
  deps.detections.replaceWindow(model.id, window, detections, detectorVersion(manifest));
  const judged = judgements.reduce((sum, { rows }) => sum + rows.count, 0);
  return {
    judged,
    tooLittleHistory: views.filter((view) => view.value !== null).length - judged,
    anomalies: detections.filter((detection) => detection.isAnomaly).length,
    detections,
  };
}

/** From `fromMs` to the window, which is the last one, as people said that they are to be read. */
function readSeries(
  { statistics, marks, detector }: DetectionDeps,
  { model, window }: DetectionInput,
  keys: readonly SeriesKey[],
  fromMs: EpochMs = window.startMs,
): readonly Series[] {
  const masksExpected = detector.manifest.judging?.masksAnomalies === true;
  const reading = { marksOf: marks?.(model.id), masksExpected };
  return statistics.series(model.id, keys, fromMs, window.endMs).map((series) => markedSeries(series, window, reading));
}

function declaredDefaults({ defaults }: DetectionInput['model']): ReadonlySet<string> {
  return new Set(Object.keys(defaults ?? {}));
}

function historyFinder(views: readonly WindowView[]): LearnedContext['historyOf'] {
  let byName: Map<string, WindowView> | undefined;
  return (key) => {
    byName ??= new Map(views.map((view) => [seriesName(view.series.key), view]));
    return byName.get(seriesName(key))?.history ?? [];
  };
}

/** Each view by the pair of networks that its known history is long enough for, the longest first. */
async function judgeViews(
  detector: Detector,
  views: readonly WindowView[],
  day: number,
  signal: AbortSignal | undefined,
): Promise<readonly Judgement[]> {
  const { historyWindows } = detector.manifest;
  const { shortTerm } = detector;
  const rows = buildJudgementRows(views, day, { historyWindows });
  const judgements = [{ rows, result: await detector.judge(rows, signal) }];
  if (shortTerm === undefined) return judgements;
  const short = buildJudgementRows(views, day, { historyWindows: shortTerm.historyWindows, lessThan: historyWindows });
  return [...judgements, { rows: short, result: await shortTerm.judge(short, signal) }];
}

/** Each series by its own weeks of hours. */
function judgeHourly(
  deps: DetectionDeps,
  views: readonly WindowView[],
  { input, ...how }: { readonly input: DetectionInput; readonly judging: JudgingRules; readonly rules: HourRules },
): Judgement {
  const { model, window } = input;
  const fromMs = hourHistoryStart(window);
  const keys = views.map(({ series }) => series.key);
  const muted = deps.mutes?.spans(model.id, fromMs, window.startMs) ?? [];
  const isHidden = (startMs: EpochMs): boolean => isMuted(muted, windowAt(startMs, model.zone, model.granularity));
  return judgeHourViews(views, readSeries(deps, input, keys, fromMs), how, { window, isHidden });
}

/** One network for all lengths of history: what was anomalous is masked, and gaps stay. */
async function judgeWithMasks(
  deps: DetectionDeps,
  views: readonly WindowView[],
  context: MaskedContext,
): Promise<readonly Judgement[]> {
  const { judging, holidays, day, input } = context;
  const { window, signal } = input;
  const own = maskRows(deps, views, context);
  const result = await deps.detector.judge(own, signal);
  const judgement = { rows: own, result };
  const [mark] = markHolidays(holidays, [window.startMs]);
  const days = daysToSunday(mark, day, judging);
  if (days > 0) await readAsSunday(deps, views, context, { judgement, days });
  const former = maskRows(deps, views, { ...context, isFormer: true });
  if (former.count > 0) {
    joinReadings(judgement, { rows: former, result: await deps.detector.judge(former, signal) }, backToFormer);
  }
  return [judgement];
}

async function readAsSunday(
  deps: DetectionDeps,
  views: readonly WindowView[],
  context: MaskedContext,
  { judgement, days }: { readonly judgement: Judgement; readonly days: number },
): Promise<void> {
  const { model, window, signal } = context.input;
  const sunday = shiftWindow(window, -days * historyStride(model.granularity), model.zone, model.granularity);
  const starts = historyStarts(sunday, deps.detector.manifest.historyWindows, model);
  const keys = views.map(({ series }) => series.key);
  const series = readSeries(deps, context.input, keys, starts[0]);
  const { granularity } = model;
  const asSunday = viewWindows(series, window, starts, { granularity, judging: context.judging });
  const rows = maskRows(deps, asSunday, { ...context, starts, day: SUNDAY });
  joinReadings(judgement, { rows, result: await deps.detector.judge(rows, signal) }, widenReading);
}

/** Takes what the series of a statistic did together out of what is said of each. */
async function removeModes(
  detector: Detector,
  views: readonly WindowView[],
  [judgement]: readonly Judgement[],
  { tailThreshold, signal }: Pick<JudgingRules, 'tailThreshold'> & Pick<DetectionInput, 'signal'>,
): Promise<readonly CommonMode[]> {
  if (judgement === undefined) return [];
  const { rows, result } = judgement;
  const modes = findCommonModes(rows, result, {
    tailThreshold,
    groupOf: (row) => {
      const statistic = views[rows.views[row] ?? -1]?.series.key.statistic;
      return statistic !== undefined && hasCommonMode(kindOfStatistic(statistic)) ? statistic : undefined;
    },
  });
  const rest = rowsWithoutModes(rows, result, modes);
  if (rest.of.length > 0) applyRest(result, rest.of, await detector.judge(rest.rows, signal));
  return modes;
}

interface MaskedContext {
  readonly judging: JudgingRules;
  readonly starts: readonly number[];
  readonly holidays: readonly HolidaySpan[];
  readonly day: number;
  readonly input: DetectionInput;
  readonly isFormer?: boolean;
}

function maskRows(
  { detections, mutes, marks }: DetectionDeps,
  views: readonly WindowView[],
  { judging, starts, holidays, day, input: { model, window }, isFormer }: MaskedContext,
): JudgementRows {
  const found = judging.masksAnomalies
    ? detections.anomalies(model.id, starts[0] ?? window.startMs, window.startMs)
    : [];
  const anomalies = withoutAccepted(found, marks?.(model.id));
  const muted = judging.masksAnomalies
    ? mutes?.spans(model.id, starts[0] ?? window.startMs, window.startMs)
    : undefined;
  // Too few for a shift that stayed.
  const canHaveFormer = anomalies.length >= judging.relearnWindows;
  return buildMaskedRows(isFormer && !canHaveFormer ? [] : views, {
    dayOfWeek: day,
    judging,
    verdictsOf: findVerdicts(anomalies, starts, judging),
    marks: markHolidays(holidays, starts),
    declaredDefaults: declaredDefaults(model),
    isFormer,
    isMuted: muted && markMuted(muted, starts, model),
  });
}

/** 1 for the windows that a mute touches; undefined without a mute. */
function markMuted(
  spans: ReturnType<MuteStore['spans']>,
  starts: readonly number[],
  { zone, granularity }: DetectionInput['model'],
): Uint8Array | undefined {
  if (spans.length === 0) return undefined;
  return Uint8Array.from(starts, (start) => {
    return isMuted(spans, windowAt(start, zone, granularity)) ? 1 : 0;
  });
}

function isMuted(spans: ReturnType<MuteStore['spans']>, { startMs, endMs }: Window): boolean {
  return spans.some((span) => span.startMs < endMs && span.untilMs > startMs);
}

/** Holidays may lie beside the first and the last window. */
const AROUND_MS = 2 * 86_400_000;

/** Series that are looked at together for slow drifts: their past is in memory at the same time. */
const DRIFT_GROUP = 1_000;

function lookForDrifts(
  { past }: DetectionDeps,
  { model, window }: DetectionInput,
  detections: readonly Detection[],
  { day, judging }: { readonly day: number; readonly judging: JudgingRules },
): readonly Detection[] {
  if (past === undefined || !endsWeek(day, historyStride(model.granularity), judging)) return detections;
  const windows = Array.from({ length: DRIFT_WINDOWS }, (_, index) => {
    return shiftWindow(window, index + 1 - DRIFT_WINDOWS, model.zone, model.granularity);
  });
  const fromMs = windows[0]?.startMs ?? window.startMs;
  const told: Detection[] = [];
  for (let first = 0; first < detections.length; first += DRIFT_GROUP) {
    const group = detections.slice(first, first + DRIFT_GROUP);
    const keys = group.filter(({ forecast }) => forecast !== undefined).map(({ series }) => series);
    const before = past(model.id, keys, fromMs, window.startMs);
    told.push(...withSlowDrifts(group, before, windows, (since) => windows[since]?.key ?? window.key));
  }
  return told;
}

/** Windows between two values of the histories that networks read: for hours, the same hour of the days before. */
export function historyStride(granularity: Granularity): number {
  return granularity === 'day' ? 1 : 24;
}

export function historyStarts(window: Window, count: number, model: DetectionInput['model']): number[] {
  const stride = historyStride(model.granularity);
  return Array.from({ length: count }, (_, index) => {
    return shiftWindow(window, (index - count) * stride, model.zone, model.granularity).startMs;
  });
}

function missingRates(rows: readonly ColumnStatistics[]): (key: SeriesKey) => number | null {
  const name = (segment: string, column: string, role: string) => JSON.stringify([segment, column, role]);
  const rates = new Map(
    rows.map((row) => [name(row.segment, row.column, row.role), row.statistics.missing_rate ?? null] as const),
  );
  return (key) => rates.get(name(key.segment, key.column, key.role)) ?? null;
}
