import type {
  ChartPanel,
  ChartPoint,
  OverviewChartRequest,
  SeriesChartRequest,
} from '../../src/domain/chart-request.ts';
import { type Window, windowAt } from '../../src/domain/window.ts';
import { formatInterval, formatQuantity, SHARE_UNIT } from '../../src/messages/format-number.ts';
import { formatWindow, formatWindows } from '../../src/messages/format-window.ts';
import { cleanText } from '../clean-text.ts';
import { countWindows, cut, cutText, MAX_ALT_TEXT, MAX_NAME } from './wording.ts';

/** The newest runs of anomalies are told, the older ones counted. Fewer when there is no room. */
const TOLD_RUNS: readonly number[] = [4, 2, 1];
const MAX_EVENTS = 4;

/** Of each series its newest figures and its anomalies, then declared events and the time shown. */
export function seriesAltText(request: SeriesChartRequest): string {
  return describeWithin((toldRuns) => [
    ...request.panels.map((panel) => describePanel(panel, request.zone, toldRuns)),
    ...describeEvents(request),
    ...describeSpan(request),
  ]);
}

export function overviewAltText(request: OverviewChartRequest): string {
  return describeWithin((toldRuns) => [
    ...request.panels.map((panel) => describePanel(panel, request.zone, toldRuns)),
    ...describeSpan(request),
  ]);
}

/** One series in a sentence without its anomalies one by one. */
export function describeLead(panel: ChartPanel, zone: string): string {
  return describePanel(panel, zone, 1);
}

/** As many runs of anomalies as there is room for. */
function describeWithin(describe: (toldRuns: number) => readonly string[]): string {
  for (const toldRuns of TOLD_RUNS) {
    const text = describe(toldRuns).join('\n');
    if (text.length <= MAX_ALT_TEXT) return text;
  }
  return cutText(describe(0).join('\n'));
}

function describePanel(panel: ChartPanel, zone: string, toldRuns: number): string {
  const name = cut(cleanText(panel.title), MAX_NAME);
  const unit = cut(cleanText(panel.unit), MAX_NAME);
  const latest = panel.points.at(-1);
  if (latest === undefined) return `${name}: no windows.`;
  const value = formatQuantity(finite(latest.value), unit);
  const parts = [`${value} on ${formatWindow(latest.window, zone, 'spoken')}`, ...describeBand(latest, unit)];
  return `${name}: ${parts.join(', ')}; ${describeAnomalies(panel.points, zone, toldRuns)}.`;
}

function describeBand({ lower, upper }: ChartPoint, unit: string): string[] {
  const within = (bound: number): number => (unit === SHARE_UNIT ? Math.max(0, Math.min(1, bound)) : bound);
  const [from, to] = [finite(lower), finite(upper)].map((bound) => (bound === null ? null : within(bound)));
  return from == null || to == null ? [] : [`expected ${formatInterval(from, to, unit)}`];
}

function describeAnomalies(points: readonly ChartPoint[], zone: string, toldRuns: number): string {
  const runs = anomalousRuns(points);
  const count = points.filter((point) => point.isAnomaly).length;
  if (runs.length === 0) return 'no anomalies';
  if (toldRuns === 0) return `anomalous in ${countWindows(count)}`;
  const told = runs.slice(-toldRuns).map(({ from, to }) => formatWindows(from, to, zone, 'spoken'));
  const older = runs.length - told.length;
  return `anomalous ${told.join('; ')}${older > 0 ? `; ${older} more before` : ''}`;
}

function anomalousRuns(points: readonly ChartPoint[]): { readonly from: Window; readonly to: Window }[] {
  const runs: { from: Window; to: Window }[] = [];
  let isOpen = false;
  for (const point of points) {
    const last = runs.at(-1);
    if (point.isAnomaly && isOpen && last !== undefined) last.to = point.window;
    else if (point.isAnomaly) runs.push({ from: point.window, to: point.window });
    isOpen = point.isAnomaly;
  }
  return runs;
}

function describeEvents({ markers, zone, panels }: SeriesChartRequest): string[] {
  if (markers.length === 0) return [];
  const isHourly = panels.some((panel) => panel.points[0]?.window.key.includes('T'));
  const told = markers.slice(-MAX_EVENTS).map((marker) => {
    const from = windowAt(marker.startMs, zone, isHourly ? 'hour' : 'day');
    const to = windowAt(Math.max(marker.startMs, marker.endMs - 1), zone, isHourly ? 'hour' : 'day');
    return `${cut(cleanText(marker.text), MAX_NAME)}, ${formatWindows(from, to, zone, 'spoken')}`;
  });
  return [`Declared: ${told.join('; ')}.`];
}

export function describeSpan({ panels, zone }: Pick<SeriesChartRequest, 'panels' | 'zone'>): string[] {
  const points = panels.find((panel) => panel.points.length > 0)?.points ?? [];
  const first = points[0];
  const last = points.at(-1);
  if (first === undefined || last === undefined) return [];
  return [`Shown: ${formatWindows(first.window, last.window, zone, 'spoken')}, ${countWindows(points.length)}.`];
}

function finite(value: number | null): number | null {
  return value === null || !Number.isFinite(value) ? null : value;
}
