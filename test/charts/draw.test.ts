import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { drawSpec, drawSvg } from '../../charts/draw.ts';
import { seriesSpec } from '../../charts/specs/series.ts';
import { PIXEL_RATIO, WIDTH_PX } from '../../charts/theme.ts';
import type { ChartPoint } from '../../src/domain/chart-request.ts';
import { panel, request, requests } from './requests.ts';

const LARGEST_FILE = 300_000;

describe('a drawn chart', () => {
  it.each(Object.entries(requests))('of %s is a picture of the agreed size that is not blank', async (_, chart) => {
    const { png, widthPx, heightPx } = await drawSpec(seriesSpec(chart));

    const image = sharp(png);
    const { format, width, height, hasAlpha } = await image.metadata();
    const { channels, isOpaque } = await image.stats();
    expect({ format, width, height, isTransparent: hasAlpha && !isOpaque }).toEqual({
      format: 'png',
      width: WIDTH_PX * PIXEL_RATIO,
      height: heightPx,
      isTransparent: false,
    });
    expect(widthPx).toBe(WIDTH_PX * PIXEL_RATIO);
    expect(png.byteLength).toBeLessThan(LARGEST_FILE);
    expect(channels[0]?.stdev).toBeGreaterThan(1);
  });

  it('needs no font of the system unless a name has letters that ours lacks', async () => {
    for (const [name, chart] of Object.entries(requests)) {
      const svg = await drawSvg(seriesSpec(chart));
      expect(svg.includes('<text'), name).toBe(name === 'names');
    }
  });

  it('keeps markup in a name as text', async () => {
    const svg = await drawSvg(seriesSpec(request([panel({ title: '🚀 <b>&amp;</b>', unit: '' })])));

    expect(svg).toContain('>🚀 &lt;b&gt;&amp;amp;&lt;/b&gt;</text>');
  });

  it('is the same in any time zone of the server', async () => {
    const svg = async (zone: string) => {
      process.env.TZ = zone;
      return drawSvg(seriesSpec(requests['hours-across-clock-change'] ?? request([])));
    };

    const here = await svg('UTC');
    const there = await svg('Pacific/Auckland');
    process.env.TZ = 'UTC';

    expect(there).toBe(here);
  });

  it('has only finite numbers for any finite data', async () => {
    const value = fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }));
    const point = fc.record({ value, baseline: value, lower: value, upper: value, isAnomaly: fc.boolean() });
    const { points } = panel();
    await fc.assert(
      fc.asyncProperty(
        fc.array(point, { maxLength: points.length }),
        fc.constantFrom('', 'share'),
        async (facts, unit) => {
          const drawn = facts.map((fact, index): ChartPoint => ({ ...fact, window: points[index]?.window ?? never() }));

          const svg = await drawSvg(seriesSpec(request([{ title: 'any', unit, points: drawn }])));

          expect(svg).not.toMatch(/NaN|Infinity|undefined/);
        },
      ),
      { numRuns: 30 },
    );
  });
});

function never(): never {
  throw new Error('more points than windows');
}
