import { type Anomaly, type Detection, isAnomaly, isOutage } from '../domain/anomaly.ts';
import type { Finding, HeldFinding, LedgerEntry, Pattern } from '../domain/finding.ts';
import { seriesName } from '../domain/series.ts';
import type { Window } from '../domain/window.ts';
import type { FilterContext } from './filter.ts';
import { applyFilters, type FilteredAnomaly } from './filters/index.ts';
import { patternOf } from './patterns.ts';
import { alignAnomalous, joinRuns } from './runs.ts';
import type { FilterSettings } from './settings.ts';
import { EMPTY_BAND_SEVERITY, severity } from './severity.ts';
import { isTold, withoutTwins } from './twins.ts';
import { windowFacts } from './window-facts.ts';

export interface PostprocessingInput {
  /** All detections of the model over `windows`. */
  readonly detections: readonly Detection[];
  /** Consecutive windows in time order; the last one is under judgement. */
  readonly windows: readonly Window[];
  /** Runs that had ended before this window are another story; absent: none is. */
  readonly since?: Window;
  readonly context: FilterContext;
  readonly settings: FilterSettings;
}

export interface PostprocessingResult {
  /** Runs of anomalies of which at least one survived, the most severe first. */
  readonly findings: readonly Finding[];
  /** Runs of which anomalies are worth telling, and all of those are held by people's words; the most severe first. */
  readonly held: readonly HeldFinding[];
  /** True when an anomaly of the newest window survived. */
  readonly isFiring: boolean;
  readonly ledger: readonly LedgerEntry[];
}

/** Filters every anomaly as of the newest window and joins what survives into findings. Pure. */
export function findFindings({
  windows,
  since,
  context,
  settings,
  ...input
}: PostprocessingInput): PostprocessingResult {
  const ledger: LedgerEntry[] = [];
  const findings: Finding[] = [];
  const held: HeldFinding[] = [];
  const factsAt = windowFacts(input.detections);
  const newest = windows.at(-1);
  let isFiring = false;
  const runs = alignAnomalous(input.detections, windows).flatMap((detections) =>
    joinRuns(detections.filter(isAnomaly), windows, settings.durationWindows).map((run) => {
      const pattern = patternOf(detections, run);
      const filtered = run.map((anomaly) => {
        const index = windows.findIndex(({ startMs }) => startMs === anomaly.window.startMs);
        const facts = factsAt(anomaly.window.startMs);
        return applyFilters({ detections, index, anomaly, pattern, facts, context }, settings);
      });
      return { run, pattern, filtered };
    }),
  );
  for (const { run, pattern, filtered } of withoutTwins(runs)) {
    ledger.push(...filtered.flatMap(({ entries }) => entries));
    const last = filtered.at(-1);
    if (last !== undefined && isTold(last) && run.at(-1)?.window.startMs === newest?.startMs) isFiring = true;
    if (!endsSince(run, since)) continue;
    if (filtered.some(isTold)) findings.push(...toFinding(run, pattern));
    else held.push(...toFinding(run, pattern).flatMap((finding) => toHeld(finding, filtered)));
  }
  return { findings: findings.toSorted(bySeverity), held: held.toSorted(bySeverity), isFiring, ledger };
}

function toHeld(finding: Finding, filtered: readonly FilteredAnomaly[]): HeldFinding[] {
  const holder = filtered.findLast(({ isHeld }) => isHeld)?.holder;
  return holder === undefined ? [] : [{ ...finding, ...holder }];
}

function endsSince(run: readonly Anomaly[], since: Window | undefined): boolean {
  return since === undefined || (run.at(-1)?.window.startMs ?? 0) >= since.startMs;
}

function toFinding(run: readonly Anomaly[], pattern: Pattern): Finding[] {
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
      pattern,
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

function severityOf(anomaly: Anomaly): number {
  if (isOutage(anomaly.rule)) return EMPTY_BAND_SEVERITY;
  return anomaly.rule === 'band' ? severity(anomaly.value, anomaly.forecast) : 0;
}

/** Outages first, then the widest departure, news last; names keep the order stable. */
function bySeverity(a: Finding, b: Finding): number {
  const outagesFirst = Number(isOutage(b.rule)) - Number(isOutage(a.rule));
  return outagesFirst || b.severity - a.severity || seriesName(a.series).localeCompare(seriesName(b.series));
}
