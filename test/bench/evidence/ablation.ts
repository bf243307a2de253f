import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { driftbellSettings } from '../../../src/detection/index.ts';
import { creepOf, figuresOf } from './ablation/figures-of.ts';
import { items, parts, type Switch } from './ablation/switches.ts';
import { lossesOf, trainedWith } from './ablation/trained-settings.ts';
import { readArguments, readCount } from './bench-arguments.ts';
import { codeDigest } from './code-digest.ts';
import { type AblationResult, type AblationRow, ablationDocument } from './document/ablation-document.ts';
import { runBench } from './run-bench.ts';
import { loadSets } from './sets/load-sets.ts';

/** `npm run evaluate:ablation -- --data <folder>`: the detector without each of its parts; writes docs/ablation.md. */
const options = {
  data: undefined,
  epochs: String(driftbellSettings.epochs),
  seed: '1',
  output: 'docs/ablation.md',
  results: '.driftbell/evidence',
};

await runBench(async ({ args, tell, seconds }) => {
  const given = readArguments(args, options);
  const [epochs, seed] = [readCount('epochs', given.epochs), readCount('seed', given.seed)];
  const training = { seed, folder: join(given.results, 'ablation'), code: await codeDigest() };
  const sets = await loadSets(given.data);
  tell('data read');
  const settings = { ...driftbellSettings, epochs };
  const full = await figuresOf(settings, sets, training);
  tell('full');
  async function rowsOf(switches: readonly Switch[]): Promise<readonly AblationRow[]> {
    const rows: AblationRow[] = [];
    for (const { name, about, without, corpus } of switches) {
      const figures = await figuresOf({ ...settings, ...without }, sets, { ...training, corpus });
      rows.push({ name, about, figures });
      tell(`without ${name}`);
    }
    return rows;
  }
  const result: AblationResult = {
    command: `npm run evaluate:ablation -- --data DATA${epochs === driftbellSettings.epochs ? '' : ` --epochs ${epochs}`}`,
    epochs,
    seed,
    full,
    items: await rowsOf(items),
    parts: await rowsOf(parts),
    realSets: sets.sets.filter(({ role }) => role === 'real' || role === 'injected').map(({ name }) => name),
    losses: await lossesOf(await trainedWith(settings, training)),
    creep: await creepOf(settings, sets, training),
  };
  await mkdir(dirname(given.output), { recursive: true });
  await writeFile(join(given.results, 'ablation.json'), JSON.stringify(result));
  await writeFile(
    given.output,
    ablationDocument(result, `Measured in ${seconds().toFixed(0)} s, less what was there.`),
  );
  tell(`${given.output} written`);
});
