import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { endLabels } from '../../charts/specs/end-labels.ts';
import { valueAxis } from '../../charts/specs/value-axis.ts';
import { panel } from './requests.ts';

const HEIGHT_PX = 100;
const LABEL_PX = 26;

function labelsOf(value: number | null, band: readonly [number, number]) {
  const axis = valueAxis([0, 100], '', 5);
  return endLabels(panel({ value: () => value, band: () => band }), axis, { heightPx: HEIGHT_PX, isBandNamed: true });
}

describe('labels at the end of the lines', () => {
  it('tell the newest value and name the band', () => {
    expect(labelsOf(20, [60, 80]).map((label) => label.text)).toEqual(['20', 'expected']);
  });

  it('say that the newest window has no value instead of repeating an older one', () => {
    expect(labelsOf(null, [60, 80])[0]?.text).toBe('no value');
  });

  it('never touch each other and never leave the panel', () => {
    const percent = fc.double({ min: 0, max: 100, noNaN: true });
    fc.assert(
      fc.property(percent, percent, (value, middle) => {
        const [first, second] = labelsOf(value, [middle, middle]);

        expect(Math.abs((first?.yPx ?? 0) - (second?.yPx ?? 0))).toBeGreaterThanOrEqual(LABEL_PX - 1e-9);
        for (const label of [first, second]) {
          expect(label?.yPx).toBeGreaterThanOrEqual(LABEL_PX / 2);
          expect(label?.yPx).toBeLessThanOrEqual(HEIGHT_PX - LABEL_PX / 2);
        }
      }),
    );
  });
});
