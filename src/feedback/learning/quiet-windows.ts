import { type Detection, isAnomaly } from '../../domain/anomaly.ts';
import { type Correction, isNearlyTold, isTold, offsetNames, type WindowEvidence } from '../../domain/correction.ts';
import { isAboveBaseline } from '../../domain/direction.ts';
import { groupBy } from '../../domain/group-by.ts';
import type { EpochMs } from '../../domain/identifiers.ts';
import type { Label } from '../../domain/label.ts';
import { type SeriesKey, seriesName } from '../../domain/series.ts';
import type { Window } from '../../domain/window.ts';
import type { Stores } from '../../ports/stores.ts';
import type { SeeDetections } from '../votes/voted-windows.ts';

/**
 * Windows outside their band that the detector's own evidence nearly told, that were quiet, and of which nobody said anything:
 * what a candidate tells of them it tells in addition.
 */
export interface QuietWindow {
  readonly window: Window;
  readonly seen: WindowEvidence;
}

/** Those of one series and side. */
export interface QuietSeries {
  readonly model: string;
  readonly series: SeriesKey;
  readonly isAbove: boolean;
  /** How long the series was looked at. */
  readonly spanMs: number;
  /** In time order. */
  readonly windows: readonly QuietWindow[];
  /** What votes keep quiet against the detector's own evidence: told again it is no addition. */
  readonly silenced: readonly QuietWindow[];
}

/** By the name that offsets of a series and side go by. */
export type QuietByName = ReadonlyMap<string, QuietSeries>;

/** Additional findings that a series may bring, a month: its owner hears of one that nobody asked for in two. */
export const MOST_ADDED_A_MONTH = 0.5;
const DAY_MS = 86_400_000;
const MONTH_MS = 30 * DAY_MS;
/** So many windows beside one that people name belong to it, as they name spans roughly; and what is no further apart is one finding. */
const NEAR_WINDOWS = 2;

export interface QuietDeps {
  readonly stores: Pick<Stores, 'models' | 'detections'>;
  readonly see: SeeDetections;
}

/** Quiet windows of every series with a label: nothing else can be raised. */
export function collectQuiet(
  { stores, see }: QuietDeps,
  labels: readonly Label[],
  { fromMs, toMs }: { readonly fromMs: EpochMs; readonly toMs: EpochMs },
): QuietByName {
  const found = new Map<string, QuietSeries>();
  for (const model of stores.models.list()) {
    const own = labels.filter((label) => label.model === model.slug);
    const bySeries = groupBy(own, ({ series }) => seriesName(series));
    const keys = [...bySeries.values()].flatMap(([first]) => (first === undefined ? [] : [first.series]));
    const detections = stores.detections.ofSeries(model.id, keys, fromMs, toMs);
    const startOf = firstStarts(detections);
    const quiet = detections.filter((one) => isQuiet(one) && !isNamed(one, bySeries.get(seriesName(one.series)) ?? []));
    const seen = see(model, quiet);
    const near = quiet.flatMap((detection, place) => {
      const evidence = seen[place];
      if (evidence === undefined || !isNearlyTold(evidence)) return [];
      // What is quiet although its evidence would do, and no votes made it so, was passed over for a reason.
      if (evidence.evidence >= 0 && detection.evidence === undefined) return [];
      const isAbove = isAboveBaseline(detection);
      return [{ model: model.slug, series: detection.series, isAbove, window: detection.window, seen: evidence }];
    });
    for (const [name, all] of groupBy(near, (one) => offsetNames(one).series)) {
      const [{ series, isAbove }] = all as [(typeof all)[number]];
      const spanMs = toMs - Math.max(fromMs, startOf.get(seriesName(series)) ?? fromMs);
      const [windows, silenced] = [all.filter(isWeak), all.filter((one) => !isWeak(one))];
      found.set(name, { model: model.slug, series, isAbove, spanMs, windows, silenced });
    }
  }
  return found;
}

/** What was known of them at an instant, for a candidate that is judged by what came later. */
export function quietBefore(quiet: QuietByName, ms: EpochMs): QuietByName {
  return new Map(
    [...quiet].map(([name, one]) => {
      const windows = one.windows.filter(({ window }) => window.endMs <= ms);
      return [name, { ...one, windows }] as const;
    }),
  );
}

/** Windows that belong together, in time order. */
export function runsOf(windows: readonly QuietWindow[]): readonly (readonly QuietWindow[])[] {
  const runs: QuietWindow[][] = [];
  for (const one of windows) {
    const last = runs.at(-1)?.at(-1);
    const lengthMs = one.window.endMs - one.window.startMs;
    if (last !== undefined && one.window.startMs - last.window.endMs <= NEAR_WINDOWS * lengthMs) runs.at(-1)?.push(one);
    else runs.push([one]);
  }
  return runs;
}

/** Whole findings that a series may bring in addition over its span. */
export function mostAdded({ spanMs }: Pick<QuietSeries, 'spanMs'>): number {
  return Math.floor((MOST_ADDED_A_MONTH * spanMs) / MONTH_MS);
}

/** Findings that a candidate would have told in addition. */
export function addedBy(correction: Correction, quiet: QuietSeries): number {
  const told = quiet.windows.filter(({ seen }) => isTold(correction, seen, quiet));
  return runsOf(told).length;
}

/** What speaks against a candidate: series of which it would tell more than they may beyond what people named. */
export function tooLoud(candidate: Correction, quiet: QuietByName): readonly string[] {
  return [...quiet.values()].flatMap((series) => {
    const added = addedBy(candidate, series);
    if (added <= mostAdded(series)) return [];
    const { model, series: key, spanMs } = series;
    const days = Math.round(spanMs / DAY_MS);
    const where = `${key.column} ${key.statistic.replaceAll('_', ' ')}${key.segment === '' ? '' : ` in ${key.segment}`}`;
    return [
      `it would have told ${added} findings of ${where} of ${model} in ${days} days that nobody asked for, and ${MOST_ADDED_A_MONTH} a month are allowed`,
    ];
  });
}

function isWeak({ seen }: QuietWindow): boolean {
  return seen.evidence < 0;
}

function isQuiet(detection: Detection): boolean {
  const { value, forecast, rule } = detection;
  if (isAnomaly(detection) || rule !== undefined || value === null || forecast === undefined) return false;
  return value < forecast.lower || value > forecast.upper;
}

/** True for what people said something of, and for what lies beside what they call real. */
function isNamed({ window }: Detection, labels: readonly Label[]): boolean {
  const reachMs = NEAR_WINDOWS * (window.endMs - window.startMs);
  return labels.some(({ window: named, verdict }) => {
    const slackMs = verdict === 'real' ? reachMs : 0;
    return window.startMs < named.endMs + slackMs && window.endMs > named.startMs - slackMs;
  });
}

function firstStarts(detections: readonly Detection[]): ReadonlyMap<string, EpochMs> {
  const starts = new Map<string, EpochMs>();
  for (const { series, window } of detections) {
    const name = seriesName(series);
    starts.set(name, Math.min(window.startMs, starts.get(name) ?? window.startMs));
  }
  return starts;
}
