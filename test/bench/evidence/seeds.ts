import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { driftbellSettings } from '../../../src/detection/index.ts';
import { figuresOf } from './ablation/figures-of.ts';
import type { RowFigures } from './ablation/row-figures.ts';
import { type SeedRun, STUDIED_DRAWS, STUDIED_SEEDS } from './ablation/seed-study.ts';
import { readArguments, readCount } from './bench-arguments.ts';
import { codeDigest } from './code-digest.ts';
import { seedsDocument } from './document/seeds-document.ts';
import { runBench } from './run-bench.ts';
import { loadSets, syntheticSets } from './sets/load-sets.ts';

/** `npm run evaluate:seeds -- --data <folder>`: the detector trained with several seeds; writes docs/seeds.md. */
const options = {
  data: undefined,
  epochs: String(driftbellSettings.epochs),
  output: 'docs/seeds.md',
  results: '.driftbell/evidence',
};

await runBench(async ({ args, tell, seconds }) => {
  const given = readArguments(args, options);
  const epochs = readCount('epochs', given.epochs);
  const training = { folder: join(given.results, 'ablation'), code: await codeDigest() };
  const sets = await loadSets(given.data);
  tell('data read');
  const settings = { ...driftbellSettings, epochs };
  const runs: SeedRun[] = [];
  for (const seed of STUDIED_SEEDS) {
    const byDraw: RowFigures[] = [];
    for (const draw of STUDIED_DRAWS) {
      const drawn = draw === 0 ? sets : { ...sets, sets: syntheticSets(draw) };
      byDraw.push(await figuresOf(settings, drawn, { ...training, seed }, draw));
    }
    runs.push({ seed, byDraw });
    tell(`trained and measured with seed ${seed}`);
  }
  await mkdir(dirname(given.output), { recursive: true });
  const isUsual = epochs === driftbellSettings.epochs;
  const command = `npm run evaluate:seeds -- --data DATA${isUsual ? '' : ` --epochs ${epochs}`}`;
  await writeFile(
    given.output,
    seedsDocument({ command, epochs, runs }, `Measured in ${seconds().toFixed(0)} s, less what was there.`),
  );
  tell(`${given.output} written`);
});
