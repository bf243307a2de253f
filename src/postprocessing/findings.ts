import { type Anomaly, type Detection, isAnomaly, isOutage } from '../domain/anomaly.ts';
import type { Finding, LedgerEntry, Pattern } from '../domain/finding.ts';
import { seriesName } from '../domain/series.ts';
import type { Window } from '../domain/window.ts';
import { applyFilters } from './filters.ts';
import type { FilterSettings } from './settings.ts';
import { EMPTY_BAND_SEVERITY, severity } from './severity.ts';

/** AlerTiger section 3.4: a short-term spike recovers "within three days". */
export const SPIKE_WINDOWS = 3;

export interface PostprocessingInput {
  /** All detections of the model over `windows`. */
  readonly detections: readonly Detection[];
  /** Consecutive windows in time order; the last one is under judgement. */
  readonly windows: readonly Window[];
  /** Runs that had ended before this window are another story; absent: none is. */
  readonly since?: Window;
  readonly trafficRatio: number | null;
  readonly settings: FilterSettings;
}

export interface PostprocessingResult {
  /** Runs of anomalies of which at least one survived, the most severe first. */
  readonly findings: readonly Finding[];
  /** True when an anomaly of the newest window survived. */
  readonly isFiring: boolean;
  readonly ledger: readonly LedgerEntry[];
}

/** Filters every anomaly as of the newest window and joins what survives into findings. Pure. */
export function findFindings(input: PostprocessingInput): PostprocessingResult {
  const ledger: LedgerEntry[] = [];
  const findings: Finding[] = [];
  let isFiring = false;
  const newest = input.windows.at(-1);
  for (const detections of alignSeries(input.detections, input.windows)) {
    const kept = new Set<Anomaly>();
    for (const [index, detection] of detections.entries()) {
      const verdict = applyFilters({ detections, index, trafficRatio: input.trafficRatio }, input.settings);
      ledger.push(...verdict.entries);
      if (verdict.isKept && isAnomaly(detection)) kept.add(detection);
    }
    if ([...kept].some((anomaly) => anomaly.window.startMs === newest?.startMs)) isFiring = true;
    const runs = joinRuns(detections.filter(isAnomaly), input.windows, input.settings.durationWindows);
    const told = runs.filter((run) => run.some((one) => kept.has(one)) && endsSince(run, input.since));
    findings.push(...told.flatMap((run) => toFinding(run, input.windows)));
  }
  findings.sort(bySeverity);
  return { findings, isFiring, ledger };
}

function endsSince(run: readonly Anomaly[], since: Window | undefined): boolean {
  return since === undefined || (run.at(-1)?.window.startMs ?? 0) >= since.startMs;
}

/** Series of the input as rows without gaps: a window that has no detection counts as not anomalous. */
function alignSeries(detections: readonly Detection[], windows: readonly Window[]): Detection[][] {
  const places = new Map(windows.map((window, place) => [window.startMs, place]));
  const rows = new Map<string, Detection[]>();
  for (const detection of detections) {
    const place = places.get(detection.window.startMs);
    if (place === undefined) continue;
    const name = seriesName(detection.series);
    let row = rows.get(name);
    if (row === undefined) {
      row = windows.map((window) => ({ series: detection.series, window, value: null, rows: 0, isAnomaly: false }));
      rows.set(name, row);
    }
    row[place] = detection;
  }
  return [...rows.values()];
}

/**
 * Anomalies at most `reach` - 1 windows apart are one run. A run with one survivor is told whole, with the windows that
 * a filter dropped: people ask since when it is bad, not since when it is bad enough.
 */
function joinRuns(anomalies: readonly Anomaly[], windows: readonly Window[], reach: number): Anomaly[][] {
  const places = new Map(windows.map((window, place) => [window.startMs, place]));
  const runs: Anomaly[][] = [];
  let lastPlace = Number.NEGATIVE_INFINITY;
  for (const anomaly of anomalies) {
    const place = places.get(anomaly.window.startMs) ?? 0;
    if (place - lastPlace < reach) runs.at(-1)?.push(anomaly);
    else runs.push([anomaly]);
    lastPlace = place;
  }
  return runs;
}

function toFinding(run: readonly Anomaly[], windows: readonly Window[]): Finding[] {
  const [first] = run;
  const last = run.at(-1);
  if (first === undefined || last === undefined) return [];
  const worst = worstOf(run);
  return [
    {
      series: first.series,
      from: first.window,
      to: last.window,
      anomalies: run,
      worst,
      severity: severityOf(worst),
      pattern: patternOf(run, windows),
      rule: worst.rule,
    },
  ];
}

/** An outage is worse than any departure; of several kinds the newest counts, told as it was first seen. */
function worstOf(run: readonly Anomaly[]): Anomaly {
  const newest = run.findLast(({ rule }) => isOutage(rule));
  const ofRule = newest === undefined ? undefined : run.find(({ rule }) => rule === newest.rule);
  return ofRule ?? run.reduce((a, b) => (severityOf(b) > severityOf(a) ? b : a));
}

function patternOf(run: readonly Anomaly[], windows: readonly Window[]): Pattern {
  if (run.some(({ rule }) => isOutage(rule))) return 'outage';
  const first = windows.findIndex((window) => window.startMs === run[0]?.window.startMs);
  const last = windows.findIndex((window) => window.startMs === run.at(-1)?.window.startMs);
  if (last - first + 1 > SPIKE_WINDOWS) return 'level shift';
  return last === windows.length - 1 ? 'developing' : 'spike';
}

function severityOf(anomaly: Anomaly): number {
  if (isOutage(anomaly.rule)) return EMPTY_BAND_SEVERITY;
  return anomaly.rule === 'band' ? severity(anomaly.value, anomaly.forecast) : 0;
}

/** Outages first, then the widest departure, news last; names keep the order stable. */
function bySeverity(a: Finding, b: Finding): number {
  const outagesFirst = Number(isOutage(b.rule)) - Number(isOutage(a.rule));
  return outagesFirst || b.severity - a.severity || seriesName(a.series).localeCompare(seriesName(b.series));
}
