import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LONGEST_TEXT, parseArguments } from '../../commands/arguments.ts';

describe('parseArguments', () => {
  it.each([
    { typed: 'churn 4h', words: ['churn', '4h'], options: {} },
    { typed: '  churn   4h  ', words: ['churn', '4h'], options: {} },
    { typed: 'churn 3d "backfill is running"', words: ['churn', '3d', 'backfill is running'], options: {} },
    { typed: 'churn 3d “smart quotes too”', words: ['churn', '3d', 'smart quotes too'], options: {} },
    { typed: "churn don't stop", words: ['churn', "don't", 'stop'], options: {} },
    { typed: 'churn --zone UTC', words: ['churn'], options: { zone: 'UTC' } },
    { typed: 'churn —zone UTC', words: ['churn'], options: { zone: 'UTC' } },
    { typed: 'churn --zone=UTC', words: ['churn'], options: { zone: 'UTC' } },
    { typed: 'churn zone=UTC', words: ['churn'], options: { zone: 'UTC' } },
    { typed: 'churn --source="a b.csv"', words: ['churn'], options: { source: 'a b.csv' } },
    { typed: 'churn --source "--odd.csv"', words: ['churn'], options: { source: '--odd.csv' } },
    { typed: 'churn --default age=-1', words: ['churn'], options: { default: 'age=-1' } },
    { typed: '', words: [], options: {} },
  ])('reads $typed', ({ typed, words, options }) => {
    expect(parseArguments(typed)).toEqual({ words, options });
  });

  it('reads a flag without taking the next word', () => {
    expect(parseArguments('churn --share now', ['share'])).toEqual({
      words: ['churn', 'now'],
      options: { share: 'true' },
    });
  });

  it.each([
    { typed: 'churn --zone', words: 'a value after --zone' },
    { typed: 'churn --zone --group x', words: 'a value after --zone' },
    { typed: 'churn "no end', words: 'a second quotation mark that ends `"no end`, got the end of the command' },
    { typed: 'x'.repeat(LONGEST_TEXT + 1), words: 'at most 4000 characters' },
  ])('refuses $words', ({ typed, words }) => {
    expect(() => parseArguments(typed)).toThrow(words);
  });

  it('ends for any text (property)', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (typed) => {
        try {
          parseArguments(typed);
        } catch (thrown) {
          expect(thrown).toMatchObject({ code: 'usage.invalid' });
        }
      }),
    );
  });
});
