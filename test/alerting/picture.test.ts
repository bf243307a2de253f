import { describe, expect, it } from 'vitest';
import { chartTable } from '../../src/alerting/chart-table.ts';
import { drawPicture, pictureBlocks } from '../../src/alerting/index.ts';
import { DriftbellError } from '../../src/domain/errors.ts';
import { histogram, overview, reliability, shares, strip } from '../charts/kinds.ts';
import { panel, request } from '../charts/requests.ts';
import { plainRenderer, silentLogger } from '../doubles/recording-chat.ts';

const chart = request([
  panel({ title: 'age mean', unit: 'share', value: (index) => index / 100, band: () => [0, 0.2] }),
]);

function uploading(upload: () => Promise<string>) {
  return { charts: plainRenderer(), chat: { uploadImage: upload }, logger: silentLogger() };
}

describe('a picture', () => {
  it('is a file with its words and its numbers', async () => {
    const picture = await drawPicture(
      uploading(async () => 'F0123456789'),
      chart,
      'age',
    );

    expect(pictureBlocks(picture)).toMatchObject([
      { type: 'image', fileId: 'F0123456789', altText: 'age mean', table: { title: 'age mean', unit: '%' } },
    ]);
  });

  it('that cannot be uploaded is drawn by the chat, and says why', async () => {
    const refusal = new DriftbellError('slack.rejected', { expected: 'x', received: 'y', remedy: 'z' });

    const picture = await drawPicture(
      uploading(() => Promise.reject(refusal)),
      chart,
      'age',
    );

    expect(picture.failure).toBe(refusal);
    expect(pictureBlocks(picture)).toMatchObject([{ type: 'chart', table: { look: 'line' } }]);
  });

  it('without a form of numbers is told in words', async () => {
    const picture = await drawPicture(
      uploading(() => Promise.reject(new Error('no'))),
      strip,
      'home',
    );

    const [block] = pictureBlocks(picture);
    expect(block?.type === 'context' && JSON.stringify(block.content)).toContain('Chart unavailable. flight-delay');
  });
});

describe('the numbers of a picture', () => {
  it('are the newest twenty windows that have a value, in per cent for shares, with the band where all have one', () => {
    const long = request([
      panel({
        unit: 'share',
        to: '2001-04-20',
        value: (index) => (index === 30 ? null : index / 100),
        band: () => [0.1, 0.2],
      }),
    ]);

    const table = chartTable(long);

    expect(table?.categories).toHaveLength(20);
    expect(table?.categories.at(-1)).toBe('19 Apr');
    expect(table?.series.map(({ name, values }) => [name, values.at(-1)])).toEqual([
      ['value', 49],
      ['expected from', 10],
      ['expected to', 20],
    ]);
  });

  it('of hours say the hour', () => {
    const hours = request([panel({ granularity: 'hour', from: '2001-03-05T22:00', to: '2001-03-06T02:00' })]);

    expect(chartTable(hours)?.categories).toEqual(['5 Mar 22:00', '5 Mar 23:00', '6 Mar 00:00', '6 Mar 01:00']);
  });

  it('of a histogram are neighbouring bars together, no row lost', () => {
    const table = chartTable(histogram);

    expect(table?.categories.length).toBeLessThanOrEqual(20);
    for (const { values } of table?.series ?? [])
      expect(values.reduce((sum, value) => sum + value, 0)).toBeCloseTo(100, 0);
  });

  it('of categories are all of them', () => {
    expect(chartTable(shares)?.series[1]).toEqual({ name: 'now', values: [8, 20, 15, 9, 0.04, 30, 17, 0.96] });
  });

  it('of an overview are those of the score', () => {
    expect(chartTable(overview)?.title).toBe('delay_score mean');
  });

  it('of what was said are beside what came true, with how many findings', () => {
    const table = chartTable(reliability);

    expect(table?.categories).toEqual([9, 20, 44, 43, 31].map((labels, place) => `${place + 1}: ${labels} findings`));
    expect(table?.series).toEqual([
      { name: 'said', values: [12, 31, 52, 71, 93] },
      { name: 'real', values: [0, 35, 41, 60, 97] },
    ]);
  });

  it('are none for a strip of models or a series with one value', () => {
    expect(chartTable(strip)).toBeUndefined();
    expect(chartTable(request([panel({ to: '2001-03-02' })]))).toBeUndefined();
  });
});
