import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildDeviations } from '../../src/detection/classify/deviations.ts';
import { buildFeatures } from '../../src/detection/features/build-features.ts';
import { type HistoryRows, slideHistories } from '../../src/detection/features/history-rows.ts';
import { classifyRows, forecastRows } from '../../src/detection/forward-pass.ts';
import { drawWeights } from '../../src/detection/initial-weights.ts';
import { classifierLayers, forecastLayers } from '../../src/detection/network-layout.ts';
import { detectorSettings } from '../../src/detection/settings.ts';
import type { LabelledGrid } from '../../src/detection/training-rows.ts';
import { createSeededRandom } from '../../src/platform/random.ts';
import { createAdam } from '../../src/tensorflow/adam.ts';
import { startBackend } from '../../src/tensorflow/backend.ts';
import { checksumOf, encodeWeights } from '../../src/tensorflow/detector-folder.ts';
import { createPredictor } from '../../src/tensorflow/predict.ts';
import { trainDetector } from '../../src/tensorflow/train-detector.ts';
import { expectGolden } from '../golden.ts';

const EPOCHS = 3;

function weeklySine(): LabelledGrid {
  const values = Float64Array.from({ length: 100 }, (_, t) => {
    return Math.sin((2 * Math.PI * t) / 7) + (t >= 95 ? 1 : 0);
  });
  return {
    values,
    labels: Uint8Array.from(values, (_, t) => (t >= 95 ? 1 : 0)),
    daysOfWeek: Uint8Array.from(values, (_, t) => (t + 6) % 7),
  };
}

function someRows(): HistoryRows {
  const random = createSeededRandom(3);
  const values = Float64Array.from({ length: 300 }, (_, t) => 100 + 10 * Math.sin(t) + random.normal());
  return slideHistories(
    { values, daysOfWeek: Uint8Array.from(values, (_, t) => t % 7) },
    { historyWindows: 28, stride: 1 },
  );
}

describe.each(['paper', 'code'] as const)('training with %s', (configuration) => {
  const settings = { ...detectorSettings[configuration], epochs: EPOCHS };
  const train = (seed: number) => trainDetector([weeklySine()], { settings, random: createSeededRandom(seed) });

  it('records one loss for every pass of both stages, and they fall', async () => {
    const { losses } = await train(37);

    expect(losses.forecast).toHaveLength(EPOCHS);
    expect(losses.classifier).toHaveLength(EPOCHS);
    expect(losses.forecast.at(-1)).toBeLessThan(losses.forecast[0] ?? 0);
  });

  it('gives the same weights for the same seed and others for another', async () => {
    const first = await train(1);

    expect((await train(1)).weights).toEqual(first.weights);
    expect((await train(2)).weights).not.toEqual(first.weights);
  });

  it('leaves its input unchanged and no tensor behind', async () => {
    await startBackend();
    const series = weeklySine();
    const before = tf.memory().numTensors;

    await trainDetector([series], { settings, random: createSeededRandom(1) });

    expect(series).toEqual(weeklySine());
    expect(tf.memory().numTensors).toBe(before);
  });

  it.each(['wasm', 'cpu'] as const)('agrees with the plain forward pass on %s', async (backend) => {
    await startBackend(backend);
    const random = createSeededRandom(5);
    const weights = {
      forecast: drawWeights(forecastLayers(settings), random),
      classifier: drawWeights(classifierLayers(settings), random),
    };
    const rows = someRows();
    const features = buildFeatures(rows, settings);
    const predictor = createPredictor(settings, weights);

    const heads = predictor.forecast(features);
    const deviations = buildDeviations(heads, features.targets, rows.daysOfWeek, settings);
    const scores = predictor.classify(deviations);
    predictor.dispose();

    expect(
      largestDifference(heads, forecastRows(features.inputs, features.irregularity, weights, settings)),
    ).toBeLessThan(1e-4);
    expect(largestDifference(scores, classifyRows(deviations, weights, settings))).toBeLessThan(1e-4);
  });
});

describe('training', () => {
  beforeAll(() => startBackend('wasm'));

  it('of the paper gives the same bits in every release, as the shipped weights need', async () => {
    const { weights } = await trainDetector([weeklySine()], {
      settings: { ...detectorSettings.paper, batchSize: 64, epochs: 2 },
      random: createSeededRandom(1),
      backend: 'wasm',
    });

    expectGolden('detection/paper-training.txt', `${checksumOf(encodeWeights(weights))}\n`);
  });

  it('stops between batches when it is asked to', async () => {
    const stop = new AbortController();
    const work = trainDetector([weeklySine()], {
      settings: { ...detectorSettings.paper, epochs: 100_000 },
      random: createSeededRandom(1),
      signal: stop.signal,
      progress: (done) => {
        if (done === 2) stop.abort();
      },
    });

    await expect(work).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('refuses series that are too short to hold a history', async () => {
    const short = { values: new Float64Array(20), labels: new Uint8Array(20), daysOfWeek: new Uint8Array(20) };

    const work = trainDetector([short], { settings: detectorSettings.paper, random: createSeededRandom(1) });

    await expect(work).rejects.toMatchObject({ code: 'series.invalid' });
  });

  it('does not leave handlers of the WebAssembly module on the process', async () => {
    await startBackend('wasm');

    const listeners = process.rawListeners('uncaughtException').map(String).join();

    expect(listeners).not.toContain('ExitStatus');
  });
});

describe('Adam', () => {
  it('moves by the learning rate at first and finds the least of a bowl', () => {
    const weights = Float32Array.of(5, -3);
    const adam = createAdam(weights);

    adam.step(
      weights.map((value) => 2 * value),
      0.1,
    );
    expect([...weights]).toEqual([expect.closeTo(4.9, 4), expect.closeTo(-2.9, 4)]);
    for (let step = 0; step < 500; step += 1)
      adam.step(
        weights.map((value) => 2 * value),
        0.1,
      );

    expect(Math.max(...weights.map(Math.abs))).toBeLessThan(0.01);
  });
});

function largestDifference(a: Float32Array, b: Float32Array): number {
  return a.reduce((largest, value, index) => Math.max(largest, Math.abs(value - (b[index] ?? Number.NaN))), 0);
}
