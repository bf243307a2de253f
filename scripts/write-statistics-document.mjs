/** Writes docs/statistics.md from the catalogue: node --import tsx scripts/write-statistics-document.mjs */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { statisticsDocument } from '../src/statistics/index.ts';

writeFileSync(join(import.meta.dirname, '..', 'docs', 'statistics.md'), statisticsDocument());
