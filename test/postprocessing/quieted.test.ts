import { describe, expect, it } from 'vitest';
import type { Detection } from '../../src/domain/anomaly.ts';
import type { Departure } from '../../src/domain/departure.ts';
import type { UserId } from '../../src/domain/identifiers.ts';
import { filterWords } from '../../src/messages/ledger-words.ts';
import { EMPTY_CONTEXT, findFindings, paperFilterSettings } from '../../src/postprocessing/index.ts';
import { day, days, seriesKey } from '../builders/detections.ts';

const ROWS = seriesKey({ column: '*', role: 'traffic', statistic: 'traffic' });

/** Rows by day where a hundred are usual; from the second on they are gone. */
function find(values: readonly number[], votes: readonly Departure[]) {
  const detections = values.map(
    (value, index): Detection => ({
      ...{ series: ROWS, window: day(index), value, rows: value },
      forecast: { baseline: 100, lower: 90, upper: 110 },
      isAnomaly: value !== 100,
      ...(value !== 100 && { rule: 'band' as const }),
    }),
  );
  const pattern = { series: ROWS, direction: 'down', longestMs: 0, untilMs: 1, by: 'U1' as UserId } as const;
  return findFindings({
    ...{ detections, windows: days(values.length), settings: paperFilterSettings },
    context: { ...EMPTY_CONTEXT, quieted: votes.map((departure) => ({ ...pattern, departure })) },
  });
}
const fires = (values: readonly number[], ...votes: readonly Departure[]) => find(values, votes).isFiring;
const twoThirds = { size: 67, left: 0.33 };

describe('a drop that people quieted', () => {
  it('is told once much less is left than then, though it cannot go half as far again', () => {
    expect(fires([100, 33, 33], twoThirds)).toBe(false);
    expect(fires([100, 22, 22], twoThirds)).toBe(false);
    expect(fires([100, 21, 21], twoThirds)).toBe(true);
    expect(fires([100, 0, 0], twoThirds)).toBe(true);
  });

  it('is held where another vote was of one that left as little', () => {
    expect(fires([100, 4, 4], twoThirds, { size: 94, left: 0.06 })).toBe(false);
  });

  it('is held as before where the vote is older than what was left is known', () => {
    expect(fires([100, 4, 4], { size: 67 })).toBe(false);
  });

  it('is told while it fades, after it went that far', () => {
    expect(fires([100, 33, 4, 60], twoThirds)).toBe(true);
    expect(fires([100, 33, 33, 60], twoThirds)).toBe(false);
  });

  it('says in the ledger how little is left and was left then', () => {
    const { ledger } = find([100, 4, 4], [twoThirds]);
    const entry = ledger.findLast(({ filter }) => filter === 'quieted');

    expect(entry && filterWords(entry)).toBe(
      'quieted: 96 from its baseline, where 101 from its baseline is the end of what was called a false alarm by U1, but only 5 % of what is usual is left, and then it was 33 %',
    );
  });
});
