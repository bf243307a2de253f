import sharp from 'sharp';
import { compile } from 'vega-lite';
import { describe, expect, it } from 'vitest';
import { altText } from '../../charts/alt/alt-text.ts';
import { MAX_ALT_TEXT } from '../../charts/alt/wording.ts';
import { drawSpec, drawSvg } from '../../charts/draw.ts';
import { chartSpec, checkRequest } from '../../charts/specs/spec.ts';
import { PIXEL_RATIO, WIDTH_PX } from '../../charts/theme.ts';
import { isDriftbellError } from '../../src/domain/errors.ts';
import { expectGolden } from '../golden.ts';
import { bare, crowded, histogram, kinds, overview, reliability, shares, strip } from './kinds.ts';

const all = { ...kinds, ...bare, ...crowded };
const LARGEST_FILE = 300_000;

describe.each(Object.entries(all))('a chart of the kind %s', (name, request) => {
  it.skipIf(name in crowded)('has the agreed specification and words', () => {
    expectGolden(`charts/${name}.json`, { spec: chartSpec(request), altText: altText(request).split('\n') });
  });

  it('compiles without a warning', () => {
    const warnings: unknown[] = [];
    const note = (...message: unknown[]) => {
      warnings.push(message);
      return logger;
    };
    const logger = { level: () => logger, warn: note, error: note, info: () => logger, debug: () => logger };

    compile(chartSpec(request), { logger: logger as never });

    expect(warnings).toEqual([]);
  });

  it('is an opaque picture of the agreed width that is not blank', async () => {
    const { png, widthPx } = await drawSpec(chartSpec(request));

    const image = sharp(png);
    const { format, width, hasAlpha } = await image.metadata();
    const { channels, isOpaque } = await image.stats();
    expect({ format, width, isTransparent: hasAlpha && !isOpaque }).toEqual({
      format: 'png',
      width: WIDTH_PX * PIXEL_RATIO,
      isTransparent: false,
    });
    expect(widthPx).toBe(width);
    expect(png.byteLength).toBeLessThan(LARGEST_FILE);
    expect(channels[0]?.stdev).toBeGreaterThan(1);
  });

  it('has finite numbers only, and text as outlines', async () => {
    const svg = await drawSvg(chartSpec(request));

    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
    expect(svg).not.toContain('<text');
  });

  it('is the same in any time zone of the server', async () => {
    const draw = async (zone: string) => {
      process.env.TZ = zone;
      return { svg: await drawSvg(chartSpec(request)), words: altText(request) };
    };

    const [west, east] = [await draw('Pacific/Honolulu'), await draw('Pacific/Auckland')];
    process.env.TZ = 'UTC';

    expect(east).toEqual(west);
  });

  it('tells itself in words that Slack accepts', () => {
    expect(altText(request).length).toBeLessThanOrEqual(MAX_ALT_TEXT);
  });
});

describe('what is told of a chart', () => {
  it('has the numbers of every bar', () => {
    const words = altText(shares);

    for (const number of ['8 %', '21 %', '17 %', '0.96 %']) expect(words).toContain(number);
  });

  it('names where the middle of the values went', () => {
    expect(altText(histogram)).toContain('usually about 675 miles, half of the values from 579 to 771 miles');
  });

  it.each(['acknowledged since 5 Apr', 'muted, acknowledged since 25 Sep', 'muted, acknowledged since 25 Sep, 07:00'])(
    'has room for the whole state “%s”',
    (state) => {
      const rows = strip.rows.map((row) => ({ ...row, state }));

      expect(JSON.stringify(chartSpec({ ...strip, rows }))).toContain(JSON.stringify(state));
    },
  );

  it('cuts a state without end so that the line keeps its place', () => {
    const rows = strip.rows.map((row) => ({ ...row, state: 'acknowledged since '.repeat(20) }));

    expect(JSON.stringify(chartSpec({ ...strip, rows }))).toMatch(/"acknowledged since acknowledged [^"]*…"/);
  });

  it('says of every model how it is', () => {
    for (const { title, state } of strip.rows) expect(altText(strip)).toContain(`${title}, ${state}`);
  });
});

describe('what is no chart', () => {
  it.each([
    ['an overview of nothing', { ...overview, panels: [] }, 'Expected 1 to 12 panels, got 0.'],
    ['a column without rows', { ...shares, rows: [] }, 'Expected 1 to 12 rows, got 0.'],
    ['a histogram of nothing', { ...histogram, bars: [], rest: [] }, 'Expected 1 to 64 bars, got 0.'],
    ['a reliability of nothing', { ...reliability, bins: [] }, 'Expected 1 to 5 bins, got 0.'],
    ['no model', { ...strip, rows: [] }, 'Expected 1 to 12 rows, got 0.'],
  ])('is refused: %s', (_, request, message) => {
    try {
      checkRequest(request);
      expect.unreachable();
    } catch (thrown) {
      expect(isDriftbellError(thrown) && thrown.code).toBe('chart.failed');
      expect(String(thrown)).toContain(message);
    }
  });
});
