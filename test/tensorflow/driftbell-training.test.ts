import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildInputs, driftbellWidth } from '../../src/detection/driftbell/build-inputs.ts';
import { corpusRows } from '../../src/detection/driftbell/corpus/corpus-rows.ts';
import { drawCorpus, driftbellCorpus } from '../../src/detection/driftbell/corpus/draw-corpus.ts';
import { driftbellSettings } from '../../src/detection/driftbell/settings.ts';
import { createSeededRandom } from '../../src/platform/random.ts';
import { startBackend } from '../../src/tensorflow/backend.ts';
import { createBandNetwork, PLAIN_MAX_ROWS, runPlainBand } from '../../src/tensorflow/band-network.ts';
import { createDetectorFrom, describeWeights, loadDetector, saveDetector } from '../../src/tensorflow/index.ts';
import { type TrainedDriftbell, trainDriftbell } from '../../src/tensorflow/train-driftbell.ts';

const settings = { ...driftbellSettings, epochs: 2 };
/** As few as two passes learn something from. */
const corpus = { ...driftbellCorpus, series: 80 };
const train = (seed: number) => trainDriftbell({ settings, corpus, random: createSeededRandom(seed) });

function someRows(series = 60) {
  const draws = createSeededRandom(9);
  return corpusRows(drawCorpus({ ...corpus, series }, draws), settings, { maskShare: 0.5, draws }).rows;
}

let trained: TrainedDriftbell;
beforeAll(async () => {
  await startBackend('wasm');
  trained = await train(1);
});

describe('training our own configuration', () => {
  it('lowers the loss, and gives the same weights and calibration for the same seed', async () => {
    expect(trained.losses.forecast).toHaveLength(2);
    expect(trained.losses.forecast[1]).toBeLessThan(trained.losses.forecast[0] ?? 0);

    const again = await train(1);
    expect(again.weights).toEqual(trained.weights);
    expect(again.calibration).toEqual(trained.calibration);
  });

  it('gives other weights for another seed, and leaves no tensor behind', async () => {
    const before = tf.memory().numTensors;

    expect((await train(2)).weights).not.toEqual(trained.weights);

    expect(tf.memory().numTensors).toBe(before);
  });

  it.each([
    ['in the middle of its passes', 1],
    ['before it calibrates', settings.epochs],
  ])('hears a request to stop %s', async (_, passes) => {
    const stop = new AbortController();
    const progress = (done: number) => done === passes && stop.abort();
    const small = { ...corpus, series: 20 };

    const work = trainDriftbell({
      ...{ settings, corpus: small, random: createSeededRandom(1) },
      ...{ progress, signal: stop.signal },
    });

    await expect(work).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('learns from real canvases beside the families', async () => {
    const random = createSeededRandom(1);
    const canvas = Float64Array.from({ length: 400 }, (_, t) => 40 + Math.sin(t) + random.normal());

    const other = await trainDriftbell({ settings, corpus, canvases: [canvas], random: createSeededRandom(1) });

    expect(other.weights).not.toEqual(trained.weights);
  });

  it.each(['wasm', 'cpu'] as const)('agrees with the plain forward pass on %s', async (backend) => {
    await startBackend(backend);
    const rows = someRows();
    expect(rows.count).toBeGreaterThan(PLAIN_MAX_ROWS);
    const { inputs } = buildInputs(rows, settings);
    const network = createBandNetwork(settings, trained.weights.forecast, false);

    const heads = network.run(inputs, rows.count);
    network.dispose();

    const plain = runPlainBand(settings, trained.weights.forecast, inputs, rows.count);
    expect(heads).toHaveLength(rows.count * 3);
    heads.forEach((head, at) => {
      expect(Math.abs(head - (plain[at] ?? Number.NaN))).toBeLessThan(1e-4 * (1 + Math.abs(head)));
    });
  });

  it('is loaded as it was saved, and judges alike in threads and without a backend', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'driftbell-own-'));
    const facts = await describeWeights(trained);
    const manifest = { ...facts, name: 'own', seed: 1, trainedOn: 'a test', quality: [], command: '' };
    await saveDetector(folder, trained.weights, manifest);
    const loaded = await loadDetector(folder);
    await rm(folder, { recursive: true });
    const rows = someRows(120);

    expect(loaded.manifest.judging?.leastKnownWindows).toBe(7);
    if (!('calibration' in loaded)) throw new Error('a calibration was saved');
    const threads = await createDetectorFrom(loaded.manifest, loaded, { threads: 1 });
    const plain = await createDetectorFrom(loaded.manifest, { ...loaded, backend: 'plain' }, { threads: 0 });
    const [one, other] = [await threads.judge(rows), await plain.judge(rows)];
    await threads.close();
    await plain.close();

    expect(one.tail).toHaveLength(rows.count);
    one.severity.forEach((severity, row) => {
      const difference = Math.abs(severity - (other.severity[row] ?? Number.NaN));
      expect(difference).toBeLessThan(1e-3 * (1 + severity));
    });
    for (const tail of one.tail) expect(tail >= 0 && tail <= 1).toBe(true);
  });

  it('has inputs of 63 numbers and about 2,600 weights', () => {
    expect(driftbellWidth(settings)).toBe(63);
    expect(trained.weights.forecast).toHaveLength(63 * 32 + 32 + 32 * 16 + 16 + 16 * 3 + 3);
  });
});
