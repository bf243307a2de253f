import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seriesAltText } from '../../charts/alt/series.ts';
import { MAX_ALT_TEXT } from '../../charts/alt/wording.ts';
import { marker, panel, request, requests } from './requests.ts';

describe('the alt text of a chart', () => {
  it('says value, expectation and anomalies with numbers', () => {
    const chart = request(
      [panel({ value: (index) => (index > 9 ? 512 : 731), band: () => [700, 745], isAnomaly: (index) => index > 9 })],
      { markers: [marker('2001-03-05', '2001-03-07', 'winter storm')] },
    );

    expect(seriesAltText(chart).split('\n')).toEqual([
      'distance mean: 512 miles on Mon 12 Mar 2001, expected 700 to 745 miles; anomalous 11 to 12 Mar 2001.',
      'Declared: winter storm, 5 to 6 Mar 2001.',
      'Shown: 1 to 12 Mar 2001, 12 windows.',
    ]);
  });

  it('says that there is no value, no expectation, no window', () => {
    const chart = request([panel({ value: () => null, band: () => null }), { title: 'new', unit: '', points: [] }]);

    expect(seriesAltText(chart)).toContain('distance mean: no value on Mon 12 Mar 2001; no anomalies.');
    expect(seriesAltText(chart)).toContain('new: no windows.');
  });

  it('tells the newest runs of anomalies and counts the older ones', () => {
    const chart = request([panel({ isAnomaly: (index) => index % 2 === 0 })]);

    expect(seriesAltText(chart)).toContain('Sun 11 Mar 2001; 2 more before.');
  });

  it('names hours with their zone', () => {
    const chart = request([panel({ granularity: 'hour', from: '2001-10-28', to: '2001-10-28T03:00' })]);

    expect(seriesAltText(chart)).toContain('on Sun 28 Oct 2001, 02:00 to 03:00 EST');
  });

  it.each(Object.entries(requests))('of %s fits into one Slack field on clean lines', (_, chart) => {
    const text = seriesAltText(chart);

    expect(text.length).toBeLessThanOrEqual(MAX_ALT_TEXT);
    expect(text).not.toMatch(/NaN|undefined|null|\p{Cf}|[^\P{Cc}\n]/u);
  });

  it('fits whatever the names, and cuts no character in two', () => {
    const panels = fc.array(
      fc.record({
        title: fc.string({ unit: 'grapheme', maxLength: 200 }),
        unit: fc.string({ unit: 'grapheme', maxLength: 200 }),
      }),
      { minLength: 1, maxLength: 6 },
    );
    const plain = panel({ isAnomaly: (index) => index % 2 === 0 });
    fc.assert(
      fc.property(panels, (names) => {
        const text = seriesAltText(request(names.map((name) => ({ ...plain, ...name }))));

        expect(text.length).toBeLessThanOrEqual(MAX_ALT_TEXT);
        expect(text).not.toMatch(/\p{Surrogate}/u);
      }),
      { numRuns: 30 },
    );
  });
});
