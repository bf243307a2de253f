import { TRAFFIC_COLUMN } from '../domain/column.ts';
import type { SeriesScope } from '../domain/series-scope.ts';
import { isWholeModel } from '../domain/series-scope.ts';
import { patternWords } from './words.ts';

/** `the whole model`, `age`, `age mean of country=DE`: what a person muted. */
export function scopeWords(scope: SeriesScope | undefined): string {
  if (scope === undefined || isWholeModel(scope)) return 'the whole model';
  const { segment, column, statistic, pattern } = scope;
  const of = column === TRAFFIC_COLUMN ? 'traffic' : column;
  const named = [of, statistic?.replaceAll('_', ' ')].filter((part) => part !== undefined).join(' ');
  const kind = pattern === undefined ? '' : `${patternWords[pattern]} `;
  const where = segment === undefined ? '' : ` in ${segment === '' ? 'all traffic' : segment}`;
  return `${kind}${named === '' ? 'all series' : named}${where}`.trim();
}
