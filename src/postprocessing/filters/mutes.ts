import type { StoredMute } from '../../domain/mute.ts';
import { seriesName } from '../../domain/series.ts';
import { isInScope } from '../../domain/series-scope.ts';
import type { Filter, FilterInput } from '../filter.ts';
import { heldBy } from './events.ts';

export const mutes: Filter = {
  name: 'mute',
  kind: 'word',
  isSkippedByCatastrophe: false,
  sentence: 'No mute of the segment, column, statistic or pattern must be in force when the newest window is judged.',
  standard: 'on; a mute until it changes ends for a series that moves by half of its muted departure',
  evidence:
    'A mute is about what is told today, whenever it began: the finding is tracked and told when the mute ends.',
  judge(input) {
    if (input.context.mutes.length === 0) return undefined;
    const holding = input.context.mutes.filter((mute) => holds(mute, input));
    return heldBy(holding.length, noteOf(holding[0]));
  },
};

function holds({ scope = {}, untilChange }: StoredMute, { anomaly, pattern }: FilterInput): boolean {
  if (!isInScope(scope, anomaly.series, pattern)) return false;
  const name = seriesName(anomaly.series);
  return untilChange === undefined || untilChange.levels.some(({ series }) => seriesName(series) === name);
}

function noteOf(mute: StoredMute | undefined): string | undefined {
  if (mute === undefined) return undefined;
  return `by ${mute.by}${mute.reason === undefined ? '' : `: ${mute.reason}`}`;
}
