import { it } from 'vitest';
import { generateCorpus } from '../../src/detection/synthetic/generate-corpus.ts';
import { referenceCorpus } from '../../src/detection/synthetic/generator-options.ts';
import { createSeededRandom } from '../../src/platform/random.ts';
import { expectGolden } from '../golden.ts';

/** Enough to notice a change in the order of the draws, and the same on every machine's last digit of a sine. */
const DIGITS = 9;

it('draws the same reference series for a seed in every release', () => {
  const corpus = generateCorpus({ ...referenceCorpus, seriesPerKind: 1, windows: 60 }, createSeededRandom(1));

  const lines = corpus.flatMap(({ name, values, labels }) => [
    name,
    ...Array.from(values, (value, t) => `${value.toFixed(DIGITS)},${labels[t]}`),
  ]);

  expectGolden('detection/reference-series.txt', `${lines.join('\n')}\n`);
});
