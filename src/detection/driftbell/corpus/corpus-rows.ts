import { kindIndex } from '../../../domain/statistic-kind.ts';
import type { HistoryRows } from '../../features/history-rows.ts';
import type { Draws } from '../../synthetic/draws.ts';
import type { DriftbellSettings } from '../settings.ts';
import type { CorpusSeries } from './draw-corpus.ts';

/** Rows of a corpus; `labels` are 1 on rows that nothing is learned from. */
export interface CorpusRows {
  readonly rows: HistoryRows;
  readonly labels: Uint8Array;
}

/**
 * Every window with a value and enough known ones before it, young series included. Faulty windows of a history are
 * masked in the given share of the rows, as they are when the detector has seen them, and left in the others, so that
 * the network learns to look past them.
 */
export function corpusRows(
  series: readonly CorpusSeries[],
  settings: Pick<DriftbellSettings, 'historyWindows' | 'omittedWindows' | 'leastKnownWindows'>,
  { maskShare, draws }: { readonly maskShare: number; readonly draws: Draws },
): CorpusRows {
  const { historyWindows, omittedWindows, leastKnownWindows } = settings;
  const places = series.flatMap((one) => {
    return Array.from(one.values.keys())
      .filter((t) => Number.isFinite(one.values[t]) && knownBefore(one.values, t, settings) >= leastKnownWindows)
      .map((t) => ({ one, t }));
  });
  const histories = new Float64Array(places.length * historyWindows).fill(Number.NaN);
  places.forEach(({ one, t }, row) => {
    const isMasking = draws.uniform() < maskShare;
    for (let back = 1; back <= Math.min(historyWindows, t); back += 1) {
      const at = t - back;
      const isLeftOut = isMasking && one.labels[at] === 1 && back > omittedWindows;
      if (!isLeftOut) histories[row * historyWindows + historyWindows - back] = one.values[at] ?? Number.NaN;
    }
  });
  const rows: HistoryRows = {
    count: places.length,
    histories,
    values: Float64Array.from(places, ({ one, t }) => one.values[t] ?? Number.NaN),
    daysOfWeek: Uint8Array.from(places, ({ one, t }) => one.daysOfWeek[t] ?? 0),
    rows: Float64Array.from(places, ({ one, t }) => one.rows?.[t] ?? Number.NaN),
    kinds: Uint8Array.from(places, ({ one }) => kindIndex(one.statisticKind ?? 'level')),
  };
  const labels = Uint8Array.from(places, ({ one, t }) => (one.labels[t] === 1 || one.isUnsettled[t] === 1 ? 1 : 0));
  return { rows, labels };
}

function knownBefore(
  values: Float64Array,
  t: number,
  { historyWindows, omittedWindows }: Pick<DriftbellSettings, 'historyWindows' | 'omittedWindows'>,
): number {
  let known = 0;
  for (let at = Math.max(0, t - historyWindows); at < t - omittedWindows; at += 1) {
    if (Number.isFinite(values[at])) known += 1;
  }
  return known;
}
