/**
 * A value that most windows of the history share exactly is what the series usually is, whatever the networks say.
 *
 * usual = (number of history values equal to the value) / H > 1/2
 *
 * Not in the paper, which looks at continuous statistics. Rates of faults are 0 on most days; a rare fault day in the
 * history pulls the forecast of a zero-spread window off the 0 and makes the normal value look odd. Continuous series
 * never repeat a value exactly, so for them nothing changes. Edge cases: no history, nothing usual.
 */
const USUAL_SHARE = 0.5;

export function isUsualValue(value: number, history: ArrayLike<number | null>): boolean {
  let equal = 0;
  for (let index = 0; index < history.length; index += 1) if (history[index] === value) equal += 1;
  return equal > USUAL_SHARE * history.length;
}
