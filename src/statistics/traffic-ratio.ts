import { TRAFFIC_RATIO_SERIES, TRAFFIC_SERIES } from '../domain/all-traffic.ts';
import type { EpochMs } from '../domain/identifiers.ts';
import type { Model } from '../domain/model.ts';
import type { SeriesPoint } from '../domain/series.ts';
import { type KnownTraffic, trafficRatio } from '../domain/traffic-ratio.ts';
import type { Window } from '../domain/window.ts';
import type { StatisticsStore, Stores } from '../ports/stores.ts';

/** Days have 25 hours at most; windows that reach into a span begin less than this before it. */
const LONGEST_WINDOW_MS = 26 * 3_600_000;

type GroupStores = Pick<Stores, 'models' | 'statistics' | 'transaction'>;

/**
 * The same store, which brings the traffic ratios of the whole group up to date whenever windows of a model are stored, in
 * the same transaction: no ratio is older than the rows that it is made of.
 */
export function withTrafficRatios(stores: GroupStores): StatisticsStore {
  return {
    ...stores.statistics,
    replaceWindows(modelId, windows, rows) {
      stores.transaction(() => {
        stores.statistics.replaceWindows(modelId, windows, rows);
        const model = stores.models.byId(modelId);
        if (model !== undefined) refreshTrafficRatios(stores, model, windows);
      });
    },
  };
}

/**
 * Computes the ratios of all living models of the group again, in the windows that those of one model touch. Gives the
 * number of ratios that changed.
 */
export function refreshTrafficRatios(stores: GroupStores, model: Model, windows: readonly Window[]): number {
  if (model.group === undefined || windows.length === 0) return 0;
  const members = stores.models.list().filter(({ group }) => group === model.group);
  const toMs = windows.reduce((latest, { endMs }) => Math.max(latest, endMs), 0);
  const startMs = windows.reduce((first, window) => Math.min(first, window.startMs), toMs);
  // Until its first window nobody knew since when the model is there, so ratios of any time before may change.
  const fromMs =
    startMs <= (stores.statistics.firstWindowStart(model.id) ?? startMs) ? Number.NEGATIVE_INFINITY : startMs;
  const known = members.map((member) => read(stores.statistics, member, fromMs, toMs));
  return known
    .map((one) => {
      const others = known.filter((other) => other !== one).map(({ traffic }) => traffic);
      const changed = one.points.flatMap(({ window, rows, stored }) => {
        if (window.endMs <= fromMs || window.startMs >= toMs) return [];
        const ratio = trafficRatio(window, rows, others);
        return ratio === stored ? [] : [{ window, ratio }];
      });
      stores.statistics.putTrafficRatios(one.member.id, changed);
      return changed.length;
    })
    .reduce((sum, count) => sum + count, 0);
}

interface Read {
  readonly member: Model;
  readonly traffic: KnownTraffic;
  readonly points: readonly { readonly window: Window; readonly rows: number; readonly stored: number | null }[];
}

function read(statistics: StatisticsStore, member: Model, fromMs: EpochMs, toMs: EpochMs): Read {
  const span = [fromMs - LONGEST_WINDOW_MS, toMs + LONGEST_WINDOW_MS] as const;
  const [traffic, ratios] = statistics.series(member.id, [TRAFFIC_SERIES, TRAFFIC_RATIO_SERIES], ...span);
  const points = traffic?.points ?? [];
  return {
    member,
    traffic: {
      sinceMs: statistics.firstWindowStart(member.id),
      windows: new Map(points.map(({ window, rows }) => [window.startMs, { endMs: window.endMs, rows }])),
    },
    points: points.map(({ window, rows }, place) => ({ window, rows, stored: valueAt(ratios?.points, place) })),
  };
}

/** Both series come from the same rows of the same table. */
function valueAt(points: readonly SeriesPoint[] | undefined, place: number): number | null {
  return points?.[place]?.value ?? null;
}
