import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanText, estimateWidthPx, fitText } from '../../charts/clean-text.ts';

const WIDTH_PX = 200;
const SIZE_PX = 20;

describe('text of other people', () => {
  it.each([
    ['controls and line breaks', 'a\u0000b\nc\td', 'a b c d'],
    ['marks that reorder', '\u202eevil\u202c\u200f', 'evil'],
    ['halves of pairs', 'a\ud83db', 'a\ufffdb'],
    ['markup, which is only text', '<b>&amp;</b>', '<b>&amp;</b>'],
    ['emoji sequences', '👩‍🚀 ok', '👩‍🚀 ok'],
  ])('is cleaned of %s', (_, text, expected) => {
    expect(cleanText(text)).toBe(expected);
  });

  it('is cut between whole characters as people count them', () => {
    const text = '👩‍🚀'.repeat(50);

    const fitted = fitText(text, WIDTH_PX, SIZE_PX);

    expect(fitted).toMatch(/^(👩‍🚀)+…$/u);
  });

  it('fits, and stays as it is when it fits already', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (text) => {
        const fitted = fitText(text, WIDTH_PX, SIZE_PX);

        expect(estimateWidthPx(fitted, SIZE_PX)).toBeLessThanOrEqual(WIDTH_PX);
        if (estimateWidthPx(cleanText(text), SIZE_PX) <= WIDTH_PX) expect(fitted).toBe(cleanText(text));
      }),
    );
  });
});
