/** Draws the pictures of docs/evidence.md and docs/ablation.md: node --import tsx scripts/render-evidence.ts [results folder] */
import { existsSync } from 'node:fs';
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

type Picture = readonly [name: string, spec: TopLevelSpec];

const [folder = '.driftbell/evidence', output = 'docs'] = process.argv.slice(2);

const pictures = [
  ...(await drawFrom<EvidenceResult>('evidence.json', ({ excerpts, reliability }) => [
    ...excerpts.map((one): Picture => [`evidence-${one.kind}`, seriesSpec(excerptChart(one))]),
    ['evidence-reliability', reliabilityChart(reliability)],
  ])),
  ...(await drawFrom<AblationResult>('ablation.json', (result) => [
    ['ablation-parts', ablationChart(result)],
    ['ablation-loss', lossChart(result.losses)],
  ])),
];
for (const [name, spec] of pictures) {
  const { png } = await drawSpec(spec);
  await writeFile(join(output, `${name}.png`), png);
  process.stdout.write(`${name}.png ${Math.ceil(png.length / 1_024)} kB\n`);
}

/** The programs of the evidence wrote their results themselves, hence they are not checked again. */
async function drawFrom<Result>(
  name: string,
  draw: (result: Result) => readonly Picture[],
): Promise<readonly Picture[]> {
  const path = join(folder, name);
  if (!existsSync(path)) {
    process.stderr.write(`no ${path}: its pictures stay as they are\n`);
    return [];
  }
  return draw(JSON.parse(await readFile(path, 'utf8')) as Result);
}
