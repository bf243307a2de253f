import type { ChartPanel } from '../../src/domain/chart-request.ts';
import { windowAt } from '../../src/domain/window.ts';
import { formatWindow } from '../../src/messages/format-window.ts';
import { colours, fontSizes } from '../theme.ts';
import { type Box, words } from './canvas.ts';
import type { Layer } from './layer.ts';
import type { TimeDomain } from './time-axis.ts';

const DAY_MS = 86_400_000;
const LABEL_GAP_PX = 8;

/** From the first window of any panel to the last; a day from `emptyMs` where there is none. */
export function timeDomain(panels: readonly ChartPanel[], emptyMs = 0): TimeDomain {
  const windows = panels.flatMap((panel) => panel.points.map((point) => point.window));
  if (windows.length === 0) return { startMs: emptyMs, endMs: emptyMs + DAY_MS, windowMs: DAY_MS };
  return {
    startMs: windows.reduce((least, window) => Math.min(least, window.startMs), Number.POSITIVE_INFINITY),
    endMs: windows.reduce((most, window) => Math.max(most, window.endMs), Number.NEGATIVE_INFINITY),
    windowMs: windows.reduce((least, { startMs, endMs }) => Math.min(least, endMs - startMs), DAY_MS),
  };
}

/** The first day and the last below the two ends of a box, in place of a time axis. */
export function spanLabels(domain: TimeDomain, zone: string, box: Box): Layer[] {
  const y = box.y + box.height + LABEL_GAP_PX;
  const style = { baseline: 'top', fontSize: fontSizes.small, color: colours.tick } as const;
  const first = dayWords(domain.startMs, zone);
  const last = dayWords(domain.endMs - 1, zone);
  if (first === last) return words([{ text: first, x: box.x, y }], style);
  return [
    ...words([{ text: withoutYear(first, last), x: box.x, y }], style),
    ...words([{ text: last, x: box.x + box.width, y }], { ...style, align: 'right' }),
  ];
}

/** `6 Mar 2001`, for hours too: the ends of a span are read as days. */
function dayWords(atMs: number, zone: string): string {
  return formatWindow(windowAt(atMs, zone, 'day'), zone).replace(/^\S+ /, '');
}

function withoutYear(first: string, last: string): string {
  const year = / \d+$/.exec(last)?.[0] ?? '';
  return year !== '' && first.endsWith(year) ? first.slice(0, -year.length) : first;
}
