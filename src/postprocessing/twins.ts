/**
 * A column whose values go missing loses coverage by as much, so that two series would tell one thing. One of them yields,
 * window by window, where both would be told; what is judged and masked stays as it is.
 *
 * lost = baseline - coverage, missing = missing rate - baseline, as parts of the rows; without a band a column is whole
 * part = (lost - missing) / lost: how much of the lost coverage no missing value explains, such as a default
 *
 * Whoever was told first stays, so that a finding does not change its name while it lasts; of two at the same time an
 * outage; of two alike the missing rate, which needs no explanation, unless `part` is more than a tenth.
 *
 * Edge cases: series that left their baselines towards different news (coverage up, missing rate up) are no twins; nor is
 * one that a filter has dropped or people's words hold. What people quieted or expected of the one holds the other as well
 * (`filters/said.ts`).
 */

import { type Anomaly, isOutage } from '../domain/anomaly.ts';
import { type LedgerEntry, SAID_TWICE } from '../domain/finding.ts';
import { groupBy } from '../domain/group-by.ts';
import type { FilteredAnomaly } from './filters/index.ts';

/** A run with what the filters said of each of its anomalies. */
export interface FilteredRun {
  readonly run: readonly Anomaly[];
  readonly filtered: readonly FilteredAnomaly[];
}

/** Bands and rounding differ a little from series to series; a tenth of a fault is no other fault. */
const LEAST_PART = 0.1;
const WORDS = { coverage: 'coverage', missing_rate: 'missing rate' } as const;
type Twin = keyof typeof WORDS;

/** The same runs, where of two that tell the same the one has yielded; every yield is an entry of the ledger. */
export function withoutTwins<T extends FilteredRun>(runs: readonly T[]): readonly T[] {
  const missingRates = groupBy(
    runs.filter((each) => twinOf(each) === 'missing_rate'),
    columnOf,
  );
  const yielded = new Map<FilteredRun, Map<number, LedgerEntry>>();
  for (const coverage of runs.filter((each) => twinOf(each) === 'coverage')) {
    for (const missing of missingRates.get(columnOf(coverage)) ?? []) {
      const [first] = pairsOf(coverage, missing);
      if (first === undefined) continue;
      const isCoverageKept = keepsCoverage(coverage, missing, first);
      const [kept, other] = isCoverageKept ? [coverage, missing] : [missing, coverage];
      const entries = yielded.get(other) ?? new Map();
      yielded.set(other, entries);
      for (const pair of pairsOf(coverage, missing)) {
        const anomaly = isCoverageKept ? pair.missing : pair.coverage;
        entries.set(anomaly.window.startMs, entryOf(anomaly, twinOf(kept), partOf(pair)));
      }
    }
  }
  return runs.map((each) => {
    const entries = yielded.get(each);
    return entries === undefined
      ? each
      : {
          ...each,
          filtered: each.filtered.map((one, at) =>
            yieldTo(one, entries.get(each.run[at]?.window.startMs ?? Number.NaN)),
          ),
        };
  });
}

export function isTold({ isKept, isHeld }: FilteredAnomaly): boolean {
  return isKept && !isHeld;
}

interface Pair {
  readonly coverage: Anomaly;
  readonly missing: Anomaly;
}

function twinOf({ run }: FilteredRun): Twin | undefined {
  const statistic = run[0]?.series.statistic;
  return statistic === 'coverage' || statistic === 'missing_rate' ? statistic : undefined;
}

function columnOf({ run }: FilteredRun): string {
  const { segment, column, role } = run[0]?.series ?? {};
  return JSON.stringify([segment, column, role]);
}

function toldOf({ run, filtered }: FilteredRun): readonly Anomaly[] {
  return run.filter((_, at) => filtered[at] !== undefined && isTold(filtered[at]));
}

/** Windows of which both would be told, in time order. */
function pairsOf(coverages: FilteredRun, missingRates: FilteredRun): readonly Pair[] {
  const byStart = new Map(toldOf(missingRates).map((missing) => [missing.window.startMs, missing]));
  return toldOf(coverages).flatMap((coverage) => {
    const missing = byStart.get(coverage.window.startMs);
    return missing !== undefined && lostOf(coverage) > 0 === gainedOf(missing) > 0 ? [{ coverage, missing }] : [];
  });
}

function keepsCoverage(coverages: FilteredRun, missingRates: FilteredRun, first: Pair): boolean {
  const [coverageMs, missingMs] = [coverages, missingRates].map((each) => toldOf(each)[0]?.window.startMs ?? 0);
  if (coverageMs !== missingMs) return (coverageMs ?? 0) < (missingMs ?? 0);
  const [isCoverageOut, isMissingOut] = [isOutage(first.coverage.rule), isOutage(first.missing.rule)];
  return isCoverageOut === isMissingOut ? partOf(first) > LEAST_PART : isCoverageOut;
}

function partOf({ coverage, missing }: Pair): number {
  const lost = Math.abs(lostOf(coverage));
  return lost === 0 ? 0 : (lost - Math.abs(gainedOf(missing))) / lost;
}

function lostOf({ value, forecast }: Anomaly): number {
  return (forecast?.baseline ?? 1) - (value ?? 0);
}

function gainedOf({ value, forecast }: Anomaly): number {
  return (value ?? 0) - (forecast?.baseline ?? 0);
}

function entryOf({ series, window, forecast }: Anomaly, by: Twin | undefined, part: number): LedgerEntry {
  return {
    ...{ series, window, filter: SAID_TWICE, isKept: false, measure: part, threshold: LEAST_PART },
    note: `the ${by === undefined ? 'other' : WORDS[by]} of the column tells it`,
    ...(forecast === undefined ? {} : { forecast }),
  };
}

function yieldTo(filtered: FilteredAnomaly, entry: LedgerEntry | undefined): FilteredAnomaly {
  return entry === undefined ? filtered : { ...filtered, isKept: false, entries: [...filtered.entries, entry] };
}
