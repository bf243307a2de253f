import type { Finding } from '../../domain/finding.ts';
import type { SeriesKey } from '../../domain/series.ts';
import { kindOfStatistic } from '../../domain/statistic-kind.ts';
import { sideOf } from '../new-normal.ts';

/**
 * What a fault looks like, whatever column it hits. Two columns with the same one at the same time are likely hit by the
 * same fault. `times` is the ratio of a change of unit.
 */
export type Signature =
  | {
      readonly kind:
        | 'all_missing'
        | 'all_default'
        | 'gone'
        | 'retyped'
        | 'unreadable'
        | 'new'
        | 'respelt'
        | 'stuck'
        | 'no_rows'
        | 'values_lost';
    }
  | { readonly kind: 'unit'; readonly times: number }
  | { readonly kind: 'up' | 'down'; readonly statistic: SeriesKey['statistic'] };

/**
 * Ratios between units that people mix up: tens (metres, cents, per cent), seconds in a minute and an hour, hours in a
 * day, months in a year, kilobytes. Their inverses count too.
 */
const UNIT_RATIOS = [10, 12, 24, 60, 100, 1000, 1024, 3600, 86_400, 1_000_000] as const;
/** A mean moves a little by itself: within so much of the ratio. */
const UNIT_TOLERANCE = 0.08;

/** Undefined for what has no look of its own: news of all series at once, and drifts. */
export function signatureOf(finding: Finding): Signature | undefined {
  const { series, worst, rule } = finding;
  switch (rule) {
    case 'all_missing':
    case 'all_default':
    case 'unreadable':
      return { kind: rule };
    case 'column_vanished':
      return { kind: 'gone' };
    case 'type_changed':
      return { kind: 'retyped' };
    case 'column_new':
      return { kind: 'new' };
    case 'flat':
      return { kind: 'stuck' };
    case 'no_rows':
    case 'late':
      return { kind: 'no_rows' };
    case 'collapsed':
      return { kind: series.role === 'traffic' ? 'no_rows' : 'values_lost' };
    case 'spelling_changed':
      return { kind: 'respelt' };
    case 'common_mode':
    case 'slow_drift':
      return undefined;
    case 'band':
      return bandSignature(series, worst);
    default:
      return rule satisfies never;
  }
}

function bandSignature(series: SeriesKey, worst: Finding['worst']): Signature | undefined {
  const side = sideOf(worst);
  if (side === 0 || worst.forecast === undefined || worst.value === null) return undefined;
  if (isLoss(series, side)) return { kind: 'values_lost' };
  const times =
    kindOfStatistic(series.statistic) === 'level' ? unitRatio(worst.value, worst.forecast.baseline) : undefined;
  if (times !== undefined) return { kind: 'unit', times };
  return { kind: side > 0 ? 'up' : 'down', statistic: series.statistic };
}

function isLoss({ statistic }: SeriesKey, side: number): boolean {
  if (statistic === 'coverage') return side < 0;
  return (statistic === 'missing_rate' || statistic === 'default_rate') && side > 0;
}

/** The known ratio that a value is near to, above 1 for larger and below 1 for smaller values. */
export function unitRatio(value: number, baseline: number): number | undefined {
  const ratio = value / baseline;
  if (!Number.isFinite(ratio) || ratio <= 0) return undefined;
  const size = ratio >= 1 ? ratio : 1 / ratio;
  const near = UNIT_RATIOS.find((known) => Math.abs(size / known - 1) <= UNIT_TOLERANCE);
  if (near === undefined) return undefined;
  return ratio >= 1 ? near : 1 / near;
}

/** A stable text for maps. */
export function signatureName(signature: Signature): string {
  if (signature.kind === 'unit') return `unit ${signature.times}`;
  return 'statistic' in signature ? `${signature.kind} ${signature.statistic}` : signature.kind;
}
