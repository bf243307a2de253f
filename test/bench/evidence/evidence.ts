import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { createSeededRandom } from '../../../src/platform/random.ts';
import { readArguments, readCount } from './bench-arguments.ts';
import { cleanFigures, ownFalseRate, windowsByKind } from './clean-figures.ts';
import { evidenceDocument } from './document/evidence-document.ts';
import type { EvidenceResult } from './evidence-result.ts';
import { chooseExcerpts } from './excerpts.ts';
import { type AllScores, measureSets, scoreSets } from './measure-sets.ts';
import { reliability } from './reliability.ts';
import { runBench } from './run-bench.ts';
import { type EvidenceSets, loadSets } from './sets/load-sets.ts';
import { COMPARED, openVariants } from './variants.ts';

/** `npm run evaluate:evidence -- --data <folder>`: measures everything and writes docs/evidence.md. */
const options = {
  data: undefined,
  detectors: 'detectors/driftbell,detectors/paper',
  'code-epochs': '50',
  output: 'docs/evidence.md',
  results: '.driftbell/evidence',
};
const BOOTSTRAP_SEED = 90_001;
/** Values of these sets may be shown in pictures. */
const SHOWN_LICENCE = 'MIT';

await runBench(async ({ args, tell, seconds }) => {
  const given = readArguments(args, options);
  const codeEpochs = readCount('code-epochs', given['code-epochs']);
  const loaded = await loadSets(given.data);
  tell('data read');
  const opened = await openVariants({ folders: given.detectors.split(','), codeEpochs, results: given.results });
  tell('detectors ready');
  try {
    const all = [...loaded.sets, loaded.clean, loaded.cleanDaily];
    const scores = await scoreSets(opened.variants, all, tell);
    const result: EvidenceResult = {
      command: `npm run evaluate:evidence -- --data DATA${nonDefaults(given)}`,
      versions: `Node ${process.versions.node}, TensorFlow.js ${await tensorflowVersion()}, backend ${opened.backend}.`,
      detectors: opened.detectors,
      sets: measureSets(loaded.sets, scores, {
        compared: COMPARED,
        random: () => createSeededRandom(BOOTSTRAP_SEED),
        isShown: opened.isShown,
        tell,
      }),
      ...healthyFigures(
        loaded,
        scores,
        [...scores.keys()].filter((name) => opened.isShown(name, 'day')),
      ),
    };
    await mkdir(given.results, { recursive: true });
    await mkdir(dirname(given.output), { recursive: true });
    await writeFile(join(given.results, 'evidence.json'), JSON.stringify(result));
    await writeFile(given.output, evidenceDocument(result, `Measured in ${seconds().toFixed(0)} s.`));
    tell(`${given.output} written`);
  } finally {
    await opened.close();
  }
});

function healthyFigures({ sets, clean, cleanDaily }: EvidenceSets, scores: AllScores, names: readonly string[]) {
  const of = (variant: string, set: string) => scores.get(variant)?.get(set) ?? [];
  const promised = [clean, cleanDaily, ...sets.filter(({ role }) => role === 'real')];
  return {
    clean: names.map((name) => cleanFigures(name, clean, of(name, clean.name), createSeededRandom(BOOTSTRAP_SEED))),
    cleanWindows: windowsByKind(clean),
    cleanDaily: names.map((variant) => ({ variant, rate: ownFalseRate(cleanDaily, of(variant, cleanDaily.name)) })),
    reliability: promised.flatMap((set) => reliability(set, of(COMPARED, set.name)) ?? []),
    excerpts: chooseExcerpts(
      sets.filter(({ licence }) => licence === SHOWN_LICENCE),
      (set) => of(COMPARED, set),
    ),
  };
}

function nonDefaults(given: Readonly<Record<keyof typeof options, string>>): string {
  const told = (['detectors', 'code-epochs'] as const).filter((name) => given[name] !== options[name]);
  return told.map((name) => ` --${name} ${given[name]}`).join('');
}

async function tensorflowVersion(): Promise<string> {
  const path = createRequire(import.meta.url).resolve('@tensorflow/tfjs-core/package.json');
  return z.object({ version: z.string() }).parse(JSON.parse(await readFile(path, 'utf8'))).version;
}
