/** Writes docs/filters.md from the table of filters: node --import tsx scripts/write-filters-document.mjs */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { filtersDocument } from '../src/postprocessing/index.ts';

writeFileSync(join(import.meta.dirname, '..', 'docs', 'filters.md'), filtersDocument());
