import type { SeriesKey } from '../domain/series.ts';

/**
 * True for what counts values that are missing and nothing else. Coverage does so only where somebody declared the default:
 * the 0 that stands for "not filled in" elsewhere may be what a column is on some days, such as rain.
 */
export function countsMissing({ statistic }: Pick<SeriesKey, 'statistic'>, isDefaultDeclared: boolean): boolean {
  return statistic === 'missing_rate' || (statistic === 'coverage' && isDefaultDeclared);
}
