import type { Detection } from '../domain/anomaly.ts';
import type { ChartMarker, ChartPanel, ChartPoint, SeriesChartRequest } from '../domain/chart-request.ts';
import type { DeclaredEvent, Model } from '../domain/model.ts';
import { type Series, type SeriesKey, seriesName } from '../domain/series.ts';
import type { Window } from '../domain/window.ts';
import { isShare, seriesWords } from './words.ts';

/** Panels of the picture in the message: more do not fit a phone. */
export const REPORT_PANELS = 3;

export interface SeriesChartInput {
  readonly model: Pick<Model, 'zone'>;
  /** Consecutive windows of the time axis. */
  readonly windows: readonly Window[];
  readonly keys: readonly SeriesKey[];
  readonly series: readonly Series[];
  /** Forecasts and anomalies of these series; windows that were not judged have none. */
  readonly detections: readonly Detection[];
  readonly events: readonly DeclaredEvent[];
}

/** Values from the statistics, bands and anomalies from the detections, one panel a series. Pure. */
export function seriesChart(input: SeriesChartInput): SeriesChartRequest {
  const valueSeries = new Map(input.series.map((series) => [seriesName(series.key), series]));
  const judged = new Map(
    input.detections.map((detection) => [pointName(detection.series, detection.window), detection]),
  );
  const all = input.keys.map((key): ChartPanel => {
    const values = new Map(
      valueSeries.get(seriesName(key))?.points.map((point) => [point.window.startMs, point.value]),
    );
    return {
      title: seriesWords(key),
      unit: isShare(key) ? 'share' : key.role === 'traffic' ? 'rows' : '',
      points: input.windows.map((window) =>
        toPoint(window, values.get(window.startMs), judged.get(pointName(key, window))),
      ),
    };
  });
  const panels = all.filter(({ points }) => points.some(hasSomething));
  return { kind: 'series', zone: input.model.zone, panels, markers: input.events.map(toMarker) };
}

/** A column that was gone or unreadable all the time leaves nothing to draw. */
function hasSomething({ value, lower }: ChartPoint): boolean {
  return value !== null || lower !== null;
}

function toPoint(window: Window, value: number | null | undefined, detection: Detection | undefined): ChartPoint {
  const forecast = detection?.forecast;
  return {
    window,
    value: value ?? detection?.value ?? null,
    baseline: forecast?.baseline ?? null,
    lower: forecast?.lower ?? null,
    upper: forecast?.upper ?? null,
    isAnomaly: detection?.isAnomaly ?? false,
  };
}

function toMarker(event: DeclaredEvent): ChartMarker {
  return {
    startMs: event.startMs,
    endMs: event.endMs,
    text: event.kind === 'injected' ? 'injected' : event.kind,
  };
}

function pointName(key: SeriesKey, window: Window): string {
  return `${seriesName(key)}@${window.startMs}`;
}
