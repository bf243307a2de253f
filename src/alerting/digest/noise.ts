import type { Detection } from '../../domain/anomaly.ts';
import { counted } from '../../domain/counted.ts';
import type { Model } from '../../domain/model.ts';
import type { SeriesKey } from '../../domain/series.ts';
import { isShareStatistic } from '../../domain/share-statistic.ts';
import { STABLE_WINDOWS } from '../new-normal.ts';
import { countWindows, formatChange } from '../words.ts';

/** What is known of one series over some weeks. */
export interface SeriesPast {
  readonly series: SeriesKey;
  /** Judged windows in time order. */
  readonly detections: readonly Detection[];
  /** Windows whose rows came late. */
  readonly lateWindows: number;
  /** Votes on findings of this series and on the whole reports that have one, and how many of them say that it is of no use. */
  readonly votes: number;
  readonly notUseful: number;
  /** A finding of it was told as a drift, which has no level to accept. */
  readonly isDrift?: boolean;
}

export type NoiseReason =
  | 'stays out'
  | 'still moves'
  | 'of no use'
  | 'late data'
  | 'few rows'
  | 'narrow band'
  | 'comes back'
  | 'unknown';

export interface Noise {
  readonly series: SeriesKey;
  readonly anomalies: number;
  readonly windows: number;
  readonly reason: NoiseReason;
  /** The reason with its numbers. */
  readonly why: string;
  /** Absent: nothing to be done. */
  readonly suggestion?: string;
}

/** Out in half of its windows: its band is about something else than its usual state. */
const STAYS_OUT_SHARE = 0.5;
/** Fewer rows than this in a typical window scatter by more than most changes that matter: 1/sqrt(200) is 7 %. */
const FEW_ROWS = 200;
/** Late in so many windows is a habit of the source. */
const LATE_WINDOWS = 3;
/** A departure that is smaller than this part of the baseline is rarely worth anybody's time. */
const SMALL_CHANGE = 0.05;
/** The same for coverage, rates and shares, as a part of the rows. */
const SMALL_SHARE_CHANGE = 0.02;
/** So many separate runs of anomalies are a pattern that the detector does not know. */
const MANY_RUNS = 3;

/** Why a series is told so often, by the first rule that holds, and what could be done. Pure. */
export function diagnose(past: SeriesPast, model: Pick<Model, 'slug' | 'granularity'>): Noise {
  const out = past.detections.filter(({ isAnomaly }) => isAnomaly);
  const windows = past.detections.length;
  const of = { series: past.series, anomalies: out.length, windows };
  const { slug, granularity } = model;
  const { column } = past.series;
  const inAll = `${out.length} of ${countWindows(windows, granularity)}`;
  if (past.votes >= 2 && past.notUseful * 2 > past.votes) {
    const why = `${past.notUseful} of ${counted(past.votes, 'vote')} ${past.notUseful === 1 ? 'calls' : 'call'} it of no use`;
    return { ...of, reason: 'of no use', why, suggestion: `mute it: \`/drift mute ${slug} ${column} 30d\`` };
  }
  if (past.lateWindows >= LATE_WINDOWS) {
    const why = `the rows came late in ${countWindows(past.lateWindows, granularity)}`;
    return { ...of, reason: 'late data', why, suggestion: `raise its lateness: \`/drift edit ${slug}\`` };
  }
  if (out.length >= windows * STAYS_OUT_SHARE && stillMoves(past)) {
    const why = `it was out in ${inAll}, and it still moves: there is no new level to accept`;
    return {
      ...of,
      reason: 'still moves',
      why,
      suggestion: `see where it goes: \`/drift chart ${slug} ${column} 90d\``,
    };
  }
  if (out.length >= windows * STAYS_OUT_SHARE) {
    const why = `it was out in ${inAll}: out is its usual state`;
    return {
      ...of,
      reason: 'stays out',
      why,
      suggestion: `say so with \`/drift new-normal ${slug}\`, or do not watch \`${column}\``,
    };
  }
  const rows = median(out.map((detection) => detection.rows));
  if (rows !== undefined && rows < FEW_ROWS) {
    const why = `few rows: ${Math.round(rows)} in the middle of its bad windows`;
    return {
      ...of,
      reason: 'few rows',
      why,
      suggestion: `ask for more rows: \`/drift filters ${slug} minimum-rows ${FEW_ROWS}\``,
    };
  }
  const small = smallChange(out);
  if (small !== undefined) {
    const why = `its band is narrow: half of the times it leaves it by ${small} or less`;
    const flag = isShareStatistic(past.series.statistic)
      ? `minimum-share-change ${SMALL_SHARE_CHANGE}`
      : `minimum-relative-change ${SMALL_CHANGE}`;
    return {
      ...of,
      reason: 'narrow band',
      why,
      suggestion: `ask for a larger change: \`/drift filters ${slug} ${flag}\``,
    };
  }
  const runs = countRuns(past.detections);
  if (runs >= MANY_RUNS) {
    const why = `it comes back: ${runs} separate times in ${countWindows(windows, granularity)}`;
    return { ...of, reason: 'comes back', why, suggestion: `declare what recurs: \`/drift event ${slug}\`` };
  }
  return { ...of, reason: 'unknown', why: `as far as can be seen the change is real, ${inAll}` };
}

/**
 * True for a drift, and where the middle of the newest windows is further from that of as many before them than half the
 * width of the band: what moves so far in a week has not come to rest.
 */
function stillMoves({ detections, isDrift = false }: SeriesPast): boolean {
  if (isDrift || detections.some(({ rule }) => rule === 'slow_drift')) return true;
  const known = detections.filter(({ value }) => value !== null);
  const middle = (of: readonly Detection[]) => median(of.map(({ value }) => value ?? 0));
  const newest = middle(known.slice(-STABLE_WINDOWS));
  const before = middle(known.slice(-2 * STABLE_WINDOWS, -STABLE_WINDOWS));
  const band = known.findLast(({ isAnomaly, forecast }) => isAnomaly && forecast !== undefined)?.forecast;
  if (newest === undefined || before === undefined || band === undefined) return false;
  return Math.abs(newest - before) > (band.upper - band.lower) / 2;
}

/** The median departure in words, where it is small. */
function smallChange(out: readonly Detection[]): string | undefined {
  const changes = out.flatMap((detection) => {
    const { value, forecast, series } = detection;
    if (value === null || forecast === undefined) return [];
    const difference = Math.abs(value - forecast.baseline);
    const isShare = isShareStatistic(series.statistic);
    const size = isShare ? difference : difference / Math.abs(forecast.baseline);
    return [
      {
        size,
        words: formatChange(value, forecast, series).replace(/^[−+]/, ''),
        limit: isShare ? SMALL_SHARE_CHANGE : SMALL_CHANGE,
      },
    ];
  });
  const middle = changes.toSorted((a, b) => a.size - b.size)[changes.length >> 1];
  return middle !== undefined && middle.size < middle.limit ? middle.words : undefined;
}

function countRuns(detections: readonly Detection[]): number {
  return detections.filter(({ isAnomaly }, place) => isAnomaly && detections[place - 1]?.isAnomaly !== true).length;
}

function median(values: readonly number[]): number | undefined {
  return values.toSorted((a, b) => a - b)[values.length >> 1];
}
