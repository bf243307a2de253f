import { describe, expect, it } from 'vitest';
import { changeStory, formatChange, formatExpected, formatSeverity } from '../../src/alerting/words.ts';
import { seriesKey } from '../builders/detections.ts';

const mean = seriesKey();
const coverage = seriesKey({ statistic: 'coverage' });

describe('formatExpected', () => {
  it.each([
    { key: mean, lower: 700, upper: 745, words: '700 to 745' },
    { key: mean, lower: 5, upper: 5.00001, words: 'about 5' },
    { key: coverage, lower: 0.91, upper: 0.97, words: '91 % to 97 %' },
    { key: coverage, lower: 0.99999, upper: 1.0002, words: 'about 100 %' },
    { key: coverage, lower: 0.95, upper: 1.2, words: '95 % to 100 %' },
    { key: coverage, lower: -0.002, upper: 0.02, words: '0 % to 2 %' },
    { key: coverage, lower: -0.002, upper: 0.00001, words: 'about 0 %' },
  ])('says $words', ({ key, lower, upper, words }) => {
    expect(formatExpected({ baseline: (lower + upper) / 2, lower, upper }, key)).toBe(words);
  });
});

describe('formatChange', () => {
  it.each([
    { name: 'percent', key: mean, value: 512, forecast: { baseline: 724, lower: 700, upper: 745 }, words: '−29 %' },
    {
      name: 'small percents',
      key: mean,
      value: 101.2,
      forecast: { baseline: 100, lower: 99, upper: 101 },
      words: '+1.2 %',
    },
    {
      name: 'points of a share',
      key: coverage,
      value: 0.46,
      forecast: { baseline: 1, lower: 0.99, upper: 1 },
      words: '−54 points',
    },
    {
      name: 'the difference where zero is usual',
      key: mean,
      value: 156.8,
      forecast: { baseline: 4, lower: -0.5, upper: 8.8 },
      words: '+152.8',
    },
    {
      name: 'the difference where the sign changes',
      key: mean,
      value: 392,
      forecast: { baseline: -7, lower: -13, upper: -1 },
      words: '+399',
    },
    ...[
      { value: 199, words: '+99 %' },
      { value: 200, words: '×2' },
      { value: 254, words: '×2.5' },
      { value: 10_000, words: '×100' },
      { value: 11, words: '−89 %' },
      { value: 10, words: '÷10' },
      { value: 1, words: '÷100' },
      { value: 0, words: '−100 %' },
    ].map((one) => ({
      ...one,
      name: `a ratio: ${one.value}`,
      key: mean,
      forecast: { baseline: 100, lower: 90, upper: 110 },
    })),
    {
      name: 'a missing value',
      key: mean,
      value: null,
      forecast: { baseline: 7, lower: 1, upper: 13 },
      words: 'missing',
    },
  ])('gives $name', ({ key, value, forecast, words }) => {
    expect(formatChange(value, forecast, key)).toBe(words);
  });
});

describe('changeStory', () => {
  it.each([
    { value: 71, words: '29 % below what was expected' },
    { value: 10_000, words: '100 times what was expected' },
    { value: 1, words: '1/100 of what was expected' },
  ])('says $words', ({ value, words }) => {
    expect(changeStory(value, { baseline: 100, lower: 90, upper: 110 }, mean)).toBe(words);
  });
});

describe('formatSeverity', () => {
  it('stops counting where nobody can follow', () => {
    expect(formatSeverity(2.78)).toBe('2.8');
    expect(formatSeverity(1_370_634)).toBe('over 100');
  });
});
