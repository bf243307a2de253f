import { TRAFFIC_SERIES } from '../domain/all-traffic.ts';
import type { Detection } from '../domain/anomaly.ts';
import type { OverviewChartRequest, SeriesChartRequest, StripChartRequest, StripRow } from '../domain/chart-request.ts';
import type { EpochMs } from '../domain/identifiers.ts';
import type { Granularity, Model } from '../domain/model.ts';
import type { Report } from '../domain/report.ts';
import { type SeriesKey, seriesName } from '../domain/series.ts';
import { ALL_TRAFFIC } from '../domain/statistic.ts';
import { shiftWindow, type Window, windowAt, windowsBetween } from '../domain/window.ts';
import { formatWindow } from '../messages/format-window.ts';
import type { Stores } from '../ports/stores.ts';
import { overviewOrder } from './overview-order.ts';
import type { ChartDeps } from './report-charts.ts';
import { seriesChart } from './series-chart.ts';
import { stateMarks } from './words.ts';

/** Panels of one picture; see the specifications of charts. */
const COLUMN_PANELS = 6;
const OVERVIEW_PANELS = 12;
const STRIP_ROWS = 12;
/** The last weeks, as a person remembers them. */
const STRIP_WINDOWS: Readonly<Record<Granularity, number>> = { day: 28, hour: 168 };

export interface ModelChartInput {
  readonly model: Model;
  /** Series to choose from; those of segments are not drawn. */
  readonly keys: readonly SeriesKey[];
  readonly windows: readonly Window[];
}

/** The series of one column with their bands; what is anomalous in the newest window is never left out. */
export function columnChart(deps: ChartDeps, input: ModelChartInput): SeriesChartRequest {
  const keys = input.keys.filter(({ segment }) => segment === ALL_TRAFFIC);
  const outside = new Set(newest(deps, input, keys).flatMap((one) => (one.isAnomaly ? [seriesName(one.series)] : [])));
  const chosen = new Set(
    keys
      .toSorted((a, b) => Number(outside.has(seriesName(b))) - Number(outside.has(seriesName(a))))
      .slice(0, COLUMN_PANELS),
  );
  return draw(
    deps,
    input,
    keys.filter((key) => chosen.has(key)),
  );
}

/** The whole model at a look. */
export function overviewChart(deps: ChartDeps, input: ModelChartInput): OverviewChartRequest {
  const { model } = input;
  const keys = input.keys.filter(({ segment }) => segment === ALL_TRAFFIC);
  const importance = new Map(
    deps.stores.models
      .columns(model.id)
      .flatMap((column) => (column.importance === undefined ? [] : [[column.name, column.importance] as const])),
  );
  const order = overviewOrder({ keys, latest: newest(deps, input, keys), importance, most: OVERVIEW_PANELS });
  return { kind: 'overview', zone: model.zone, panels: draw(deps, input, order).panels };
}

export interface StripDeps {
  readonly stores: ChartDeps['stores'] & Pick<Stores, 'reports' | 'runs' | 'mutes'>;
}

/** Models of one zone each, as many pictures as it takes: dates mean the same in all rows of one. */
export function modelStrips(deps: StripDeps, models: readonly Model[], now: EpochMs): readonly StripChartRequest[] {
  const zones = [...new Set(models.map(({ zone }) => zone))];
  return zones.flatMap((zone) => {
    const rows = models.filter((model) => model.zone === zone).map((model) => stripRow(deps, model, now));
    return Array.from({ length: Math.ceil(rows.length / STRIP_ROWS) }, (_, part): StripChartRequest => {
      return { kind: 'strip', zone, rows: rows.slice(part * STRIP_ROWS, (part + 1) * STRIP_ROWS) };
    });
  });
}

/** The newest window that a model was judged in, or has statistics of; undefined while it has none. */
export function newestWindow(stores: Pick<Stores, 'runs' | 'statistics'>, model: Model): Window | undefined {
  const startMs = stores.runs.newestDone('check', model.id) ?? stores.statistics.windowStarts(model.id).at(-1);
  return startMs === undefined ? undefined : windowAt(startMs, model.zone, model.granularity);
}

/** So many windows up to one, the one included. */
export function windowsUntil(
  last: Window,
  count: number,
  model: Pick<Model, 'zone' | 'granularity'>,
): readonly Window[] {
  const first = shiftWindow(last, 1 - count, model.zone, model.granularity);
  return windowsBetween(first.startMs, last.endMs, model.zone, model.granularity);
}

function newest(
  { stores }: ChartDeps,
  { model, windows }: ModelChartInput,
  keys: readonly SeriesKey[],
): readonly Detection[] {
  const last = windows.at(-1);
  return last === undefined ? [] : stores.detections.ofSeries(model.id, keys, last.startMs, last.endMs);
}

function draw(
  { stores }: ChartDeps,
  { model, windows }: ModelChartInput,
  keys: readonly SeriesKey[],
): SeriesChartRequest {
  const fromMs = windows[0]?.startMs ?? 0;
  const toMs = windows.at(-1)?.endMs ?? 0;
  return seriesChart({
    model,
    windows,
    keys,
    series: stores.statistics.series(model.id, keys, fromMs, toMs),
    detections: stores.detections.ofSeries(model.id, keys, fromMs, toMs),
    events: stores.events.overlapping(model.id, fromMs, toMs),
  });
}

function stripRow(deps: StripDeps, model: Model, now: EpochMs): StripRow {
  const { stores } = deps;
  const last = newestWindow(stores, model) ?? windowAt(now, model.zone, model.granularity);
  const windows = windowsUntil(last, STRIP_WINDOWS[model.granularity], model);
  const score = stores.models.columns(model.id).find(({ role }) => role === 'score');
  const key: SeriesKey =
    score === undefined
      ? TRAFFIC_SERIES
      : { segment: ALL_TRAFFIC, column: score.name, role: 'score', statistic: 'mean' };
  const [lead] = draw(deps, { model, keys: [], windows }, [key]).panels;
  const open = stores.reports.open(model.id);
  return {
    title: model.slug,
    state: stateWords(stores, model, open, now),
    isFiring: open !== undefined,
    lead: lead ?? { title: '', unit: '', points: [] },
    reports: stores.reports
      .list(model.id)
      .map((report) => ({ startMs: report.opened.startMs, endMs: (report.resolved ?? report.latest).endMs })),
  };
}

function stateWords(stores: StripDeps['stores'], model: Model, open: Report | undefined, now: EpochMs): string {
  const muted = stores.mutes.active(model.id, now) === undefined ? '' : 'muted, ';
  if (open === undefined) return `${muted}quiet`;
  // Pictures have no emoji: the word alone.
  const state = stateMarks[open.state].replace(/^[^\p{L}]+/u, '');
  // Of an hour its beginning: there is no room for more.
  return `${muted}${state} since ${formatWindow(open.opened, model.zone)
    .replace(/^\S+ /, '')
    .replace(/ \d{4}/, '')
    .replace(/–.*$/, '')}`;
}
