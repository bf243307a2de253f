import { syntheticGrid } from '../../src/cli/synthetic-grid.ts';
import { detectorSettings, generateCorpus, referenceCorpus } from '../../src/detection/index.ts';
import { createSeededRandom } from '../../src/platform/random.ts';
import { trainDetector } from '../../src/tensorflow/index.ts';
import { tellUsage } from './own-process.ts';

/** `train-run.ts paper|code <epochs>`: training on the 200 series of the reference, in a process of its own. */
const [configuration = 'paper', epochs = '50'] = process.argv.slice(2);
const SEED = 1;

await tellUsage(async () => {
  const random = createSeededRandom(SEED);
  const series = generateCorpus(referenceCorpus, random).map(syntheticGrid);
  const settings = { ...detectorSettings[configuration === 'code' ? 'code' : 'paper'], epochs: Number(epochs) };
  const { rows, losses } = await trainDetector(series, { settings, random });
  return { series: series.length, rows, forecast: losses.forecast.at(-1), classifier: losses.classifier.at(-1) };
});
