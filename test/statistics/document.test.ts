import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { statisticNames } from '../../src/domain/statistic.ts';
import { statisticsDocument } from '../../src/statistics/index.ts';

describe('docs/statistics.md', () => {
  it('says what the catalogue says', () => {
    const written = readFileSync(join(import.meta.dirname, '../../docs/statistics.md'), 'utf8');

    expect(written, 'run: node --import tsx scripts/write-statistics-document.mjs').toBe(statisticsDocument());
  });

  it.each(statisticNames)('has a whole row for %s', (name) => {
    const row = statisticsDocument()
      .split('\n')
      .find((line) => line.startsWith(`| \`${name}\` |`));

    expect(row?.split(' | ')).toHaveLength(8);
  });
});
