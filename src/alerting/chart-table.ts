import type { ChartPanel, ChartPoint, ChartRequest, SharePair } from '../domain/chart-request.ts';
import type { ChartTable } from '../domain/chart-table.ts';
import { counted } from '../domain/counted.ts';
import { formatNumber, SHARE_UNIT } from '../messages/format-number.ts';
import { formatWindow } from '../messages/format-window.ts';

/** A phone shows so many categories; more are put together or left out at the old end. */
const MOST_CATEGORIES = 20;
const PERCENT = 100;
const PERCENT_UNIT = '%';
/** Digits that a chart of the chat shows: more only widen its axis. */
const DIGITS = 4;

/**
 * The numbers of a picture by category, for a chat that draws by itself. Of several series only the first, whose unit
 * is one; undefined for what has no such form, such as a strip of models.
 */
export function chartTable(request: ChartRequest): ChartTable | undefined {
  switch (request.kind) {
    case 'series':
    case 'overview':
      return panelTable(request.panels[0], request.zone);
    case 'histogram':
      return histogramTable(request);
    case 'shares':
      return pairTable(request.title, request.rows);
    case 'reliability':
      return reliabilityTable(request);
    case 'strip':
      return undefined;
  }
}

/** The newest windows that have a value; the band only where all of them have one. */
function panelTable(panel: ChartPanel | undefined, zone: string): ChartTable | undefined {
  const points = panel?.points.filter(({ value }) => value !== null).slice(-MOST_CATEGORIES) ?? [];
  if (panel === undefined || points.length < 2) return undefined;
  const isShare = panel.unit === SHARE_UNIT;
  const values = (of: (point: ChartPoint) => number | null): number[] =>
    points.map((point) => rounded((of(point) ?? 0) * (isShare ? PERCENT : 1)));
  const hasBand = points.every(({ lower, upper }) => lower !== null && upper !== null);
  return {
    title: panel.title,
    look: 'line',
    categories: points.map(({ window }) => shortDate(formatWindow(window, zone))),
    series: [
      { name: 'value', values: values(({ value }) => value) },
      ...(hasBand
        ? [
            { name: 'expected from', values: values(({ lower }) => lower) },
            { name: 'expected to', values: values(({ upper }) => upper) },
          ]
        : []),
    ],
    unit: isShare ? PERCENT_UNIT : panel.unit,
  };
}

/** `6 Mar` of `Tue 6 Mar 2001`, `6 Mar 05:00` of an hour. */
function shortDate(spoken: string): string {
  const [, day = spoken, hour] = /^\S+ (\d+ \S+) \d+(?:, (\d\d:\d\d))?/.exec(spoken) ?? [];
  return hour === undefined ? day : `${day} ${hour}`;
}

/** Neighbouring bars together until they are few enough. */
function histogramTable({
  title,
  unit,
  bars,
  rest,
}: Extract<ChartRequest, { kind: 'histogram' }>): ChartTable | undefined {
  const room = Math.max(1, MOST_CATEGORIES - rest.length);
  const each = Math.ceil(bars.length / room);
  const grouped = Array.from({ length: Math.ceil(bars.length / Math.max(1, each)) }, (_, group): SharePair => {
    const members = bars.slice(group * each, (group + 1) * each);
    return {
      label: `from ${formatNumber(members[0]?.lower ?? 0)}`,
      role: 'value',
      usual: members.reduce((sum, bar) => sum + bar.usual, 0),
      now: members.reduce((sum, bar) => sum + bar.now, 0),
    };
  });
  return pairTable(unit === '' ? title : `${title}, ${unit}`, [...grouped, ...rest]);
}

function pairTable(title: string, pairs: readonly SharePair[]): ChartTable | undefined {
  if (pairs.length === 0) return undefined;
  return {
    title,
    look: 'bar',
    categories: pairs.map(({ label }) => label),
    series: [
      { name: 'usual', values: pairs.map(({ usual }) => rounded(usual * PERCENT)) },
      { name: 'now', values: pairs.map(({ now }) => rounded(now * PERCENT)) },
    ],
    unit: `${PERCENT_UNIT} of the rows`,
  };
}

function reliabilityTable({ title, bins }: Extract<ChartRequest, { kind: 'reliability' }>): ChartTable {
  return {
    title,
    look: 'bar',
    categories: bins.map(({ labels }, place) => `${place + 1}: ${counted(labels, 'finding')}`),
    series: [
      { name: 'said', values: bins.map(({ said }) => rounded(said * PERCENT)) },
      { name: 'real', values: bins.map(({ real }) => rounded(real * PERCENT)) },
    ],
    unit: PERCENT_UNIT,
  };
}

function rounded(value: number): number {
  return Number(value.toPrecision(DIGITS));
}
