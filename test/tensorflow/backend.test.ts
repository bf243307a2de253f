import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { libraryVersions, startBackend } from '../../src/tensorflow/backend.ts';
import { createDetector } from '../../src/tensorflow/create-detector.ts';

const SHIPPED = join(import.meta.dirname, '../../detectors/paper');
const hasNative = existsSync(join(import.meta.dirname, '../../node_modules/@tensorflow/tfjs-node'));

describe.skipIf(hasNative)('without the native library', () => {
  it('starts WebAssembly', async () => {
    expect(await startBackend()).toBe('wasm');
    expect(tf.getBackend()).toBe('wasm');
  });

  it('names what is missing when it was asked for, and does not take another', async () => {
    await expect(startBackend('tensorflow')).rejects.toMatchObject({
      code: 'detector.backend',
      message: expect.stringMatching(/tensorflow: .*@tensorflow\/tfjs-node/),
    });
    await expect(createDetector(SHIPPED, { backend: 'tensorflow', threads: 0 })).rejects.toMatchObject({
      code: 'detector.backend',
    });
  });
});

describe('backends', () => {
  it.each(['wasm', 'cpu'] as const)('start %s when it is named, and tell the version of its library', async (name) => {
    expect(await startBackend(name)).toBe(name);
    expect(await libraryVersions(name)).toEqual({ [`@tensorflow/tfjs-backend-${name}`]: '4.22.0' });
  });
});
