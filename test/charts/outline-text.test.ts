import { describe, expect, it } from 'vitest';
import { openFonts } from '../../charts/fonts.ts';
import { measureText, outlineText } from '../../charts/outline-text.ts';

const find = openFonts();

function text(content: string, attributes = ''): string {
  return `<text font-family="Inter" font-size="20px"${attributes}>${content}</text>`;
}

describe('outlining text', () => {
  it('turns text into a path and keeps what is not about letters', () => {
    const svg = outlineText(text('Ab', ' transform="translate(3,4)" fill="#123" opacity="0.5"'), find);

    expect(svg).toMatch(/^<path transform="translate\(3,4\)" fill="#123" opacity="0.5" d="M[^"]+"\/>$/);
  });

  it.each(['Größe łódź', 'Ωμέγα', 'Москва', '12 % · 3e−5 – “x” …'])('knows the letters of %s', (words) => {
    expect(outlineText(text(words), find)).not.toContain('<text');
  });

  it.each(['🚀 launch', '平均', 'ממוצע'])('leaves %s to the fonts of the system', (words) => {
    expect(outlineText(text(words), find)).toBe(text(words));
  });

  it('reads entities as the characters they stand for', () => {
    expect(outlineText(text('a&lt;b&gt;&amp;&#x26;&#38;'), find)).toBe(
      outlineText(text('a&lt;b&gt;&amp;&amp;&amp;'), find),
    );
    expect(outlineText(text('&lt;'), find)).not.toBe(outlineText(text('&gt;'), find));
  });

  it('sets the end and the middle of a text at its anchor', () => {
    const width = measureText('Hello', 20, 400, find);
    const [start, middle, end] = ['start', 'middle', 'end'].map((anchor) =>
      leftEdge(outlineText(text('Hello', ` text-anchor="${anchor}"`), find)),
    );

    expect((start ?? 0) - (middle ?? 0)).toBeCloseTo(width / 2, 1);
    expect((start ?? 0) - (end ?? 0)).toBeCloseTo(width, 1);
  });

  it('puts lines under each other', () => {
    const two = outlineText(text('<tspan>A</tspan><tspan x="0" dy="26">A</tspan>'), find);

    expect(Math.max(...numbers(two))).toBeCloseTo(26, 5);
  });

  it('draws semi-bold letters wider than regular ones', () => {
    expect(measureText('Hello', 20, 600, find)).toBeGreaterThan(measureText('Hello', 20, 400, find));
    expect(outlineText(text('A', ' font-weight="600"'), find)).not.toBe(outlineText(text('A'), find));
  });

  it('does not touch anything else', () => {
    const svg = '<svg viewBox="0 0 9 9"><path d="M0,0"/><g class="mark-text role-axis-label"/></svg>';

    expect(outlineText(svg, find)).toBe(svg);
  });
});

function numbers(svg: string): number[] {
  return (/ d="([^"]*)"/.exec(svg)?.[1] ?? '').match(/-?\d+(?:\.\d+)?/g)?.map(Number) ?? [];
}

function leftEdge(svg: string): number {
  return numbers(svg)[0] ?? Number.NaN;
}
