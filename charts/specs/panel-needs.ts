import type { ChartPanel } from '../../src/domain/chart-request.ts';
import type { ChartLayout } from './layout.ts';
import type { PlacedMarker } from './markers.ts';
import type { TimeDomain, TimeTick } from './time-axis.ts';
import type { ValueAxis } from './value-axis.ts';

/** One panel with all that was decided for the picture as a whole. */
export interface PanelNeeds {
  readonly panel: ChartPanel;
  readonly heading: string;
  readonly axis: ValueAxis;
  readonly domain: TimeDomain;
  readonly ticks: readonly TimeTick[];
  readonly zone: string;
  readonly layout: ChartLayout;
  readonly markers: readonly PlacedMarker[];
  readonly isFirst: boolean;
  readonly isLast: boolean;
  readonly isBandNamed: boolean;
}
