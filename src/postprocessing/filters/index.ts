import type { HeldFinding, LedgerEntry } from '../../domain/finding.ts';
import type { Filter, FilterInput } from '../filter.ts';
import type { FilterSettings } from '../settings.ts';
import { absoluteChange } from './absolute-change.ts';
import { concurrency } from './concurrency.ts';
import { direction } from './direction.ts';
import { duration } from './duration.ts';
import { deploy, expectedEvent } from './events.ts';
import { falseDiscovery } from './false-discovery.ts';
import { importance } from './importance.ts';
import { mutes } from './mutes.ts';
import { durationWaived, rarity } from './rarity.ts';
import { relativeChange } from './relative-change.ts';
import { rows } from './rows.ts';
import { expectedOnce, quieted } from './said.ts';
import { severity } from './severity.ts';
import { traffic } from './traffic.ts';

/**
 * Every rule, in order: what cannot be news, what is too small, the paper's in its order, what the whole model says, and
 * last what people said, so that the ledger shows of a muted anomaly whether it would have been told.
 */
export const filters: readonly Filter[] = [
  ...[direction, rows, absoluteChange, relativeChange, importance],
  ...[duration, durationWaived, severity, rarity, concurrency, traffic],
  falseDiscovery,
  ...[expectedEvent, deploy, expectedOnce, quieted, mutes],
];

export interface FilteredAnomaly {
  /** No judgement dropped it: it is worth telling. */
  readonly isKept: boolean;
  /** Kept, but people's words hold it: tracked, and not told. */
  readonly isHeld: boolean;
  /** The last word that holds it. */
  readonly holder?: Pick<HeldFinding, 'heldBy' | 'note'>;
  readonly entries: readonly LedgerEntry[];
}

/** Every filter that applies is asked, also after one has said no: the ledger shows all the numbers. */
export function applyFilters(input: FilterInput, settings: FilterSettings): FilteredAnomaly {
  const { anomaly } = input;
  const isCatastrophic = anomaly.rule !== 'band';
  const entries: LedgerEntry[] = [];
  let isKept = true;
  let holder: FilteredAnomaly['holder'];
  for (const filter of filters) {
    if (isCatastrophic && filter.isSkippedByCatastrophe) continue;
    const verdict = filter.judge(input, settings);
    if (verdict === undefined) continue;
    if (!verdict.isKept && filter.kind === 'judgement') isKept = false;
    if (!verdict.isKept && filter.kind === 'word') {
      holder = { heldBy: filter.name, ...(verdict.note === undefined ? {} : { note: verdict.note }) };
    }
    const { series, window, forecast } = anomaly;
    const measure = Math.min(Number.MAX_VALUE, verdict.measure);
    entries.push({
      series,
      window,
      filter: filter.name,
      ...verdict,
      measure,
      ...(forecast === undefined ? {} : { forecast }),
    });
  }
  return { isKept, isHeld: isKept && holder !== undefined, ...(holder && { holder }), entries };
}
