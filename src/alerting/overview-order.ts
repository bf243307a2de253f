import type { Detection } from '../domain/anomaly.ts';
import { type SeriesKey, seriesName } from '../domain/series.ts';

export interface OverviewOrder {
  readonly keys: readonly SeriesKey[];
  /** Judgements of the newest window. */
  readonly latest: readonly Detection[];
  /** Share of what all features are worth, by column. */
  readonly importance: ReadonlyMap<string, number>;
  readonly most: number;
}

/** Statistics that stand for a column while nothing is wrong with it. */
const LEADING = ['mean', 'coverage', 'missing_rate', 'traffic'];

/**
 * What a model shows at a look: its score, its traffic, then a series for each feature: what is outside its band by how
 * far, then by importance, then by name. The score is never left out, however many features there are.
 */
export function overviewOrder({ keys, latest, importance, most }: OverviewOrder): readonly SeriesKey[] {
  const severity = new Map(latest.map((detection) => [seriesName(detection.series), severityOf(detection)]));
  const of = (key: SeriesKey): number => severity.get(seriesName(key)) ?? 0;
  const columns = new Map<string, SeriesKey[]>();
  for (const key of keys) columns.set(key.column, [...(columns.get(key.column) ?? []), key]);
  const leads = [...columns.values()].flatMap((group) => {
    const [lead] = group.toSorted((a, b) => of(b) - of(a) || rankOf(a) - rankOf(b));
    return lead === undefined ? [] : [lead];
  });
  const scores = keys.filter(({ role, statistic }) => role === 'score' && statistic === 'mean');
  const others = leads.filter((lead) => !scores.includes(lead));
  return [
    ...scores,
    ...others.toSorted(
      (a, b) =>
        roleRank(a) - roleRank(b) ||
        of(b) - of(a) ||
        (importance.get(b.column) ?? 0) - (importance.get(a.column) ?? 0) ||
        a.column.localeCompare(b.column),
    ),
  ].slice(0, most);
}

/** Widths of the band from its middle; nothing for what is not anomalous. */
function severityOf({ isAnomaly, value, forecast }: Detection): number {
  if (!isAnomaly) return 0;
  if (forecast === undefined || value === null) return Number.MAX_VALUE;
  const width = Math.max(forecast.upper - forecast.lower, Number.MIN_VALUE);
  return Math.min(Number.MAX_VALUE, Math.abs(value - forecast.baseline) / width);
}

function roleRank({ role }: SeriesKey): number {
  return role === 'score' ? 0 : role === 'traffic' ? 1 : 2;
}

function rankOf({ statistic }: SeriesKey): number {
  const rank = LEADING.indexOf(statistic);
  return rank === -1 ? LEADING.length : rank;
}
