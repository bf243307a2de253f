/** Draws the pictures of docs/evidence.md and docs/ablation.md: node --import tsx scripts/render-evidence.ts [results folder] */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TopLevelSpec } from 'vega-lite';
import { drawSpec } from '../charts/draw.ts';
import { seriesSpec } from '../charts/specs/series.ts';
import type { AblationResult } from '../test/bench/evidence/document/ablation-document.ts';
import type { EvidenceResult } from '../test/bench/evidence/evidence-result.ts';
import { ablationChart } from '../test/bench/evidence/pictures/ablation-chart.ts';
import { excerptChart } from '../test/bench/evidence/pictures/excerpt-chart.ts';
import { lossChart } from '../test/bench/evidence/pictures/loss-chart.ts';
import { reliabilityChart } from '../test/bench/evidence/pictures/reliability-chart.ts';

const [folder = '.driftbell/evidence', output = 'docs'] = process.argv.slice(2);
/** Written by the two programs of the evidence a moment ago, hence not checked again. */
const read = async (name: string): Promise<unknown> => JSON.parse(await readFile(join(folder, name), 'utf8'));
const evidence = (await read('evidence.json')) as EvidenceResult;
const ablation = (await read('ablation.json')) as AblationResult;

const pictures: readonly (readonly [string, TopLevelSpec])[] = [
  ...evidence.excerpts.map((one) => [`evidence-${one.kind}`, seriesSpec(excerptChart(one))] as const),
  ['evidence-reliability', reliabilityChart(evidence.reliability)],
  ['ablation-parts', ablationChart(ablation)],
  ['ablation-loss', lossChart(ablation.losses)],
];
for (const [name, spec] of pictures) {
  const { png } = await drawSpec(spec);
  await writeFile(join(output, `${name}.png`), png);
  process.stdout.write(`${name}.png ${Math.ceil(png.length / 1_024)} kB\n`);
}
