import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { filterSettingNames, settingFlag } from '../../src/domain/filter-settings.ts';
import { filterNames, patterns } from '../../src/domain/finding.ts';
import { filters, filtersDocument } from '../../src/postprocessing/index.ts';

describe('docs/filters.md', () => {
  const root = join(import.meta.dirname, '../..');
  const { settings } = JSON.parse(readFileSync(join(root, 'detectors/driftbell/manifest.json'), 'utf8'));
  const written = readFileSync(join(import.meta.dirname, '../../docs/filters.md'), 'utf8');

  it('says what the filters say', () => {
    expect(written, 'run: node --import tsx scripts/write-filters-document.mjs').toBe(filtersDocument(settings));
  });

  it('has a whole row for every filter, in their order', () => {
    expect(filters.map(({ name }) => name)).toEqual(filterNames);
    for (const [place, name] of filterNames.entries()) {
      const row = written.split('\n').find((line) => line.startsWith(`| ${place + 1} | ${name} |`));
      expect(row?.split(' | ')).toHaveLength(6);
    }
  });

  it.each(filterSettingNames)('has a row for the setting %s', (name) => {
    expect(written).toContain(`| \`${settingFlag(name)}\` |`);
  });

  it.each(patterns)('defines the pattern %s', (pattern) => {
    expect(written).toContain(`\n| ${pattern} | `);
  });
});
