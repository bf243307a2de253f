import type { Detection } from '../domain/anomaly.ts';
import type { LedgerEntry } from '../domain/finding.ts';
import { isShareStatistic } from '../domain/share-statistic.ts';
import { harmfulDeviation, isOneSided } from './direction.ts';
import { anomalousWithin } from './duration.ts';
import { isRareEnoughAlone, rarityOf } from './rarity.ts';
import type { FilterSettings } from './settings.ts';
import { severity } from './severity.ts';
import { shareChange } from './share-change.ts';

/** One series in time order without gaps, up to the newest window that has landed. */
export interface FilterInput {
  readonly detections: readonly Detection[];
  readonly index: number;
  /** The model's share of its group's traffic; null for a model without a group. */
  readonly trafficRatio: number | null;
}

export interface Filter {
  readonly name: 'direction' | 'change' | 'duration' | 'duration waived' | 'severity' | 'rarity' | 'traffic';
  /** The catastrophic path needs no band and no second window. */
  readonly isSkippedByCatastrophe: boolean;
  /** False where the question has no meaning: then it is not asked, and not in the ledger. */
  applies(input: FilterInput, settings: FilterSettings): boolean;
  measure(input: FilterInput, settings: FilterSettings): number;
  threshold(settings: FilterSettings): number;
}

/** Ours first, then the paper's in its order. An anomaly survives when every filter's measure reaches its threshold. */
export const filters: readonly Filter[] = [
  {
    name: 'direction',
    isSkippedByCatastrophe: true,
    applies: (input) => judged(input) !== undefined && isOneSided(statisticOf(input)),
    measure: (input) => harmfulDeviation(judged(input)),
    threshold: () => 0,
  },
  {
    name: 'change',
    isSkippedByCatastrophe: true,
    applies: (input) => judged(input) !== undefined && isShareStatistic(statisticOf(input)),
    measure: (input) => shareChange(judged(input)),
    threshold: (settings) => settings.minimumShareChange,
  },
  {
    name: 'duration',
    isSkippedByCatastrophe: true,
    applies: (input, settings) => !isRareEnoughAlone(judged(input), settings),
    measure: ({ detections, index }, settings) =>
      anomalousWithin(
        detections.map((detection) => detection.isAnomaly),
        index,
        settings.durationWindows,
      ),
    threshold: (settings) => settings.minimumAnomalousWindows,
  },
  {
    name: 'duration waived',
    isSkippedByCatastrophe: true,
    applies: (input, settings) => isRareEnoughAlone(judged(input), settings),
    measure: (input) => rarityOf(judged(input)) ?? 0,
    threshold: ({ rarity }) => rarity?.alone ?? 0,
  },
  {
    name: 'severity',
    isSkippedByCatastrophe: true,
    applies: (input, settings) => !isAskedForRarity(input, settings),
    measure: (input) => severity(judged(input)?.value ?? null, judged(input)?.forecast),
    threshold: (settings) => settings.minimumSeverity,
  },
  {
    name: 'rarity',
    isSkippedByCatastrophe: true,
    applies: isAskedForRarity,
    measure: (input) => rarityOf(judged(input)) ?? 0,
    threshold: ({ rarity }) => rarity?.least ?? 0,
  },
  {
    name: 'traffic',
    isSkippedByCatastrophe: false,
    applies: ({ trafficRatio }) => trafficRatio !== null,
    measure: ({ trafficRatio }) => trafficRatio ?? 0,
    threshold: (settings) => settings.minimumTrafficRatio,
  },
];

export interface FilterVerdict {
  readonly isKept: boolean;
  readonly entries: readonly LedgerEntry[];
}

/** Every filter that applies is asked, also after one has said no: the ledger shows all the numbers. */
export function applyFilters(input: FilterInput, settings: FilterSettings): FilterVerdict {
  const detection = judged(input);
  if (detection === undefined || !detection.isAnomaly) return { isKept: false, entries: [] };
  const isCatastrophic = detection.rule !== undefined && detection.rule !== 'band';
  const entries = filters
    .filter((filter) => !(isCatastrophic && filter.isSkippedByCatastrophe) && filter.applies(input, settings))
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

function isAskedForRarity(input: FilterInput, { rarity }: FilterSettings): boolean {
  return rarity !== undefined && rarityOf(judged(input)) !== undefined;
}

function judged({ detections, index }: FilterInput): Detection | undefined {
  return detections[index];
}

function statisticOf(input: FilterInput): Detection['series']['statistic'] {
  return judged(input)?.series.statistic ?? 'mean';
}
