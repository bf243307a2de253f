import type { ChartPanel } from '../../src/domain/chart-request.ts';
import { formatCompact, formatCompactShare, SHARE_UNIT } from '../../src/messages/format-number.ts';
import { colours } from '../theme.ts';
import { clamp, yPx } from './layout.ts';
import { finiteOrNull, hasBand } from './runs.ts';
import type { ValueAxis } from './value-axis.ts';

/** Words beside the right end of the lines, in place of a legend. */
export interface EndLabel {
  readonly text: string;
  readonly yPx: number;
  readonly isStrong: boolean;
  readonly colour: string;
}

export const EXPECTED_TEXT = 'expected';
const NO_VALUE_TEXT = 'no value';
/** Two labels this far apart do not touch. */
const LABEL_HEIGHT_PX = 26;

/** The newest window in figures; null windows say so rather than repeat an older value. */
export function latestText(panel: ChartPanel): string {
  const latest = panel.points.at(-1);
  if (latest === undefined) return '';
  if (latest.value === null || !Number.isFinite(latest.value)) return NO_VALUE_TEXT;
  return panel.unit === SHARE_UNIT ? formatCompactShare(latest.value) : formatCompact(latest.value);
}

export function endLabels(
  panel: ChartPanel,
  axis: ValueAxis,
  options: { readonly heightPx: number; readonly isBandNamed: boolean },
): readonly EndLabel[] {
  const latest = panel.points.at(-1);
  if (latest === undefined) return [];
  const value = finiteOrNull(latest.value);
  const lowest = options.heightPx - LABEL_HEIGHT_PX / 2;
  const place = (y: number): number => clamp(y, LABEL_HEIGHT_PX / 2, lowest);
  const valueY = place(value === null ? options.heightPx : yPx(value, axis, options.heightPx));
  const labels: EndLabel[] = [
    {
      text: latestText(panel),
      yPx: valueY,
      isStrong: true,
      colour: latest.isAnomaly ? colours.anomaly : value === null ? colours.tick : colours.line,
    },
  ];
  const band = bandMiddle(panel);
  if (!options.isBandNamed || band === undefined) return labels;
  const bandY = yPx(band, axis, options.heightPx);
  return [...labels, { ...expectedLabel, yPx: keepApart(place(bandY), valueY, lowest) }];
}

const expectedLabel = { text: EXPECTED_TEXT, isStrong: false, colour: colours.expected } as const;

/** Of the newest window, which is where the label stands. */
export function bandMiddle(panel: ChartPanel): number | undefined {
  const latest = panel.points.at(-1);
  if (latest === undefined || !hasBand(latest)) return undefined;
  return (finiteOrNull(latest.lower) ?? 0) / 2 + (finiteOrNull(latest.upper) ?? 0) / 2;
}

/** Moves a label away from another one, to the side where it stands already unless there is no room. */
function keepApart(y: number, otherY: number, lowest: number): number {
  if (Math.abs(y - otherY) >= LABEL_HEIGHT_PX) return y;
  const above = otherY - LABEL_HEIGHT_PX;
  const below = otherY + LABEL_HEIGHT_PX;
  const isAbove = y < otherY;
  if (isAbove) return above >= LABEL_HEIGHT_PX / 2 ? above : below;
  return below <= lowest ? below : above;
}
