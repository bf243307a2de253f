/** Writes docs/filters.md from the table of filters: node --import tsx scripts/write-filters-document.mjs */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { filtersDocument } from '../src/postprocessing/index.ts';

const root = join(import.meta.dirname, '..');
const { settings } = JSON.parse(readFileSync(join(root, 'detectors', 'driftbell', 'manifest.json'), 'utf8'));
writeFileSync(join(root, 'docs', 'filters.md'), filtersDocument(settings));
