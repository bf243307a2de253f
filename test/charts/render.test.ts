import { afterAll, describe, expect, it } from 'vitest';
import { createChartRenderer } from '../../charts/render.ts';
import { isDriftbellError } from '../../src/domain/errors.ts';
import { panel, request } from './requests.ts';

const renderer = createChartRenderer({ cachedCharts: 2 });
afterAll(() => renderer.close());

describe('the chart renderer', () => {
  it('draws in its worker and tells the same in words', async () => {
    const chart = await renderer.render(request([panel({ title: 'traffic', unit: 'rows' })]));

    expect([...chart.png.subarray(1, 4)]).toEqual([...Buffer.from('PNG')]);
    expect(chart).toMatchObject({ widthPx: 1440 });
    expect(chart.altText).toContain('traffic: 102 rows');
  });

  it('leaves the event loop free while it draws', async () => {
    let ticks = 0;
    const timer = setInterval(() => {
      ticks += 1;
    }, 5);

    await renderer.render(request([panel({ title: 'free' }), panel(), panel(), panel(), panel(), panel()]));

    clearInterval(timer);
    expect(ticks).toBeGreaterThan(5);
  });

  it('draws equal requests once, also at the same time, and forgets the oldest', async () => {
    const [first, second, third] = ['a', 'b', 'c'].map((title) => request([panel({ title })]));
    if (first === undefined || second === undefined || third === undefined) throw new Error('three requests');

    const [one, again] = await Promise.all([renderer.render(first), renderer.render(structuredClone(first))]);
    await renderer.render(second);
    const stillThere = await renderer.render(first);
    await renderer.render(third);
    await renderer.render(second);
    const forgotten = await renderer.render(first);

    expect(again).toBe(one);
    expect(stillThere).toBe(one);
    expect(forgotten).not.toBe(one);
    expect(forgotten.png).toEqual(one?.png);
  });

  it.each([
    ['no panel', request([]), 'Expected 1 to 6 panels, got 0.'],
    ['an unknown zone', request([panel()], { zone: 'Mars/Olympus' }), 'Expected a picture of 1 panel, got the error "'],
  ])('explains why it cannot draw %s, and goes on', async (_, chart, message) => {
    const thrown: unknown = await renderer.render(chart).catch((error: unknown) => error);

    expect(isDriftbellError(thrown) && thrown.code).toBe('chart.failed');
    expect(String(thrown)).toContain(message);
    await expect(renderer.render(request([panel()]))).resolves.toMatchObject({ widthPx: 1440 });
  });

  it('gives up in time and draws the next one', async () => {
    const hasty = createChartRenderer({ timeoutMs: 1 });

    const thrown: unknown = await hasty.render(request([panel()])).catch((error: unknown) => error);
    await hasty.close();

    expect(isDriftbellError(thrown) && thrown.code).toBe('chart.failed');
  });

  it('fails plainly once it is closed', async () => {
    const closed = createChartRenderer();
    await closed.close();

    await expect(closed.render(request([panel()]))).rejects.toMatchObject({ code: 'chart.failed' });
  });
});
