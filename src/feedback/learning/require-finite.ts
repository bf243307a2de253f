import { oddNumberOf } from '../../domain/correction.ts';
import { DriftbellError } from '../../domain/errors.ts';
import type { Label } from '../../domain/label.ts';
import { seriesName } from '../../domain/series.ts';

/**
 * Throws `learning.failed` where a number of what was learned, however deep, is none: nothing can be judged by it. Such come
 * of labels that were brought along with numbers that no detector gives, so the first of those is named.
 */
export function requireFinite(learned: unknown, labels: readonly Label[]): void {
  if (isAllFinite(learned)) return;
  const odd = labels.find(({ seen }) => oddNumberOf(seen) !== undefined);
  throw new DriftbellError('learning.failed', {
    expected: 'numbers to judge by from what people said',
    received: odd === undefined ? 'some that are infinite or none' : `some that are none, from ${nameOf(odd)}`,
    remedy:
      odd === undefined
        ? 'report this as a bug with the output of "driftbell labels export"'
        : 'mend its line in the output of "driftbell labels export" and import it again; until then nothing more is learned',
  });
}

function isAllFinite(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  return typeof value !== 'object' || value === null || Object.values(value).every(isAllFinite);
}

function nameOf({ model, series, window, by, seen }: Label): string {
  const { name, value } = oddNumberOf(seen) ?? { name: 'evidence', value: seen.evidence };
  return `the label of ${seriesName(series)} of ${model} in ${window.key} by ${by.join(', ')}, whose seen.${name} is ${value}`;
}
