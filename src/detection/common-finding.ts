import { TRAFFIC_SERIES } from '../domain/all-traffic.ts';
import { type Detection, isOutage } from '../domain/anomaly.ts';
import { seriesName } from '../domain/series.ts';
import type { Window } from '../domain/window.ts';
import type { CommonMode } from './driftbell/common-mode.ts';

/**
 * One detection of the model as a whole, on its traffic, for what its series do together; they are judged without it. An
 * outage of the traffic says more, and stays.
 */
export function withCommonFinding(
  detections: readonly Detection[],
  modes: readonly CommonMode[],
  window: Window,
): readonly Detection[] {
  const large = modes.filter(({ isTold }) => isTold);
  if (large.length === 0) return detections;
  const note = large.map(describeMode).join('; ');
  const told = { isAnomaly: true, rule: 'common_mode', note } as const;
  const isTraffic = ({ series }: Detection): boolean => seriesName(series) === seriesName(TRAFFIC_SERIES);
  const traffic = detections.find(isTraffic);
  if (traffic === undefined) return [...detections, { series: TRAFFIC_SERIES, window, value: null, rows: 0, ...told }];
  if (traffic.rule !== undefined && isOutage(traffic.rule)) return detections;
  return detections.map((detection) => (detection === traffic ? { ...detection, ...told } : detection));
}

function describeMode({ group, rows, size, agreeing }: CommonMode): string {
  const way = size > 0 ? 'rose' : 'fell';
  return `${agreeing} of ${rows.length} series (${group.replaceAll('_', ' ')}) ${way} together`;
}
