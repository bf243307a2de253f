import type { Detection } from '../domain/anomaly.ts';
import type { LedgerEntry } from '../domain/finding.ts';
import { harmfulDeviation } from './direction.ts';
import { anomalousWithin } from './duration.ts';
import type { FilterSettings } from './settings.ts';
import { severity } from './severity.ts';

/** One series in time order without gaps, up to the newest window that has landed. */
export interface FilterInput {
  readonly detections: readonly Detection[];
  readonly index: number;
  /** The model's share of its group's traffic; null for a model without a group. */
  readonly trafficRatio: number | null;
}

export interface Filter {
  readonly name: 'direction' | 'duration' | 'severity' | 'traffic';
  /** The catastrophic path needs no band and no second window. */
  readonly isSkippedByCatastrophe: boolean;
  measure(input: FilterInput, settings: FilterSettings): number;
  threshold(settings: FilterSettings): number;
}

/** Ours first, then the paper's in its order. An anomaly survives when every filter's measure reaches its threshold. */
export const filters: readonly Filter[] = [
  {
    name: 'direction',
    isSkippedByCatastrophe: true,
    measure: ({ detections, index }) => harmfulDeviation(detections[index]),
    threshold: () => 0,
  },
  {
    name: 'duration',
    isSkippedByCatastrophe: true,
    measure: ({ detections, index }, settings) =>
      anomalousWithin(
        detections.map((detection) => detection.isAnomaly),
        index,
        settings.durationWindows,
      ),
    threshold: (settings) => settings.minimumAnomalousWindows,
  },
  {
    name: 'severity',
    isSkippedByCatastrophe: true,
    measure: ({ detections, index }) => severity(detections[index]?.value ?? null, detections[index]?.forecast),
    threshold: (settings) => settings.minimumSeverity,
  },
  {
    name: 'traffic',
    isSkippedByCatastrophe: false,
    measure: ({ trafficRatio }) => trafficRatio ?? 1,
    threshold: (settings) => settings.minimumTrafficRatio,
  },
];

export interface FilterVerdict {
  readonly isKept: boolean;
  readonly entries: readonly LedgerEntry[];
}

/** Every filter is asked, also after one has said no: the ledger shows all the numbers. */
export function applyFilters(input: FilterInput, settings: FilterSettings): FilterVerdict {
  const detection = input.detections[input.index];
  if (detection === undefined || !detection.isAnomaly) return { isKept: false, entries: [] };
  const isCatastrophic = detection.rule !== undefined && detection.rule !== 'band';
  const entries = filters
    .filter((filter) => !(isCatastrophic && filter.isSkippedByCatastrophe))
    .map((filter): LedgerEntry => {
      const measure = filter.measure(input, settings);
      const threshold = filter.threshold(settings);
      return {
        series: detection.series,
        window: detection.window,
        filter: filter.name,
        isKept: measure >= threshold,
        measure,
        threshold,
        ...(detection.forecast === undefined ? {} : { forecast: detection.forecast }),
      };
    });
  return { isKept: entries.every((entry) => entry.isKept), entries };
}
