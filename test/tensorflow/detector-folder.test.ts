import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadDetector } from '../../src/tensorflow/detector-folder.ts';

const SHIPPED = join(import.meta.dirname, '../../detectors/paper');

describe('detector folder', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'driftbell-detector-'));
    await cp(SHIPPED, folder, { recursive: true });
  });

  afterEach(() => rm(folder, { recursive: true }));

  async function changeManifest(change: (manifest: Record<string, unknown>) => void): Promise<void> {
    const path = join(folder, 'manifest.json');
    const manifest = JSON.parse(await readFile(path, 'utf8')) as Record<string, unknown>;
    change(manifest);
    await writeFile(path, JSON.stringify(manifest));
  }

  it('loads what ships, with 970 weights for the forecast', async () => {
    const detector = await loadDetector(folder);

    expect(detector.manifest).toMatchObject({ configuration: 'paper', historyWindows: 28, seed: 1 });
    expect(detector.weights.forecast).toHaveLength(970);
    expect(detector.manifest.command).toBe('driftbell train --config paper --output detectors/paper --seed 1');
  });

  it('refuses altered weights, and says how to mend it', async () => {
    const path = join(folder, 'weights.bin');
    const bytes = await readFile(path);
    bytes[100] = (bytes[100] ?? 0) ^ 1;
    await writeFile(path, bytes);

    await expect(loadDetector(folder)).rejects.toMatchObject({
      code: 'detector.invalid',
      message: expect.stringMatching(/checksum.*train it anew/),
    });
  });

  it('refuses weights that were cut off', async () => {
    const path = join(folder, 'weights.bin');
    await writeFile(path, (await readFile(path)).subarray(0, 400));

    await expect(loadDetector(folder)).rejects.toThrow(/bytes of weights/);
  });

  it.each([
    ['another format', (manifest: Record<string, unknown>) => Object.assign(manifest, { format: 99 })],
    [
      'other layers',
      (manifest: Record<string, unknown>) => Object.assign(manifest, { layers: { forecast: [], classifier: [] } }),
    ],
    ['no checksum', (manifest: Record<string, unknown>) => delete manifest.checksum],
  ])('refuses a manifest of %s', async (_, change) => {
    await changeManifest(change);

    await expect(loadDetector(folder)).rejects.toMatchObject({ code: 'detector.invalid' });
  });

  it('refuses a manifest that is no JSON and a folder that is not there', async () => {
    await writeFile(join(folder, 'manifest.json'), '{"format": 1');

    await expect(loadDetector(folder)).rejects.toMatchObject({ code: 'detector.invalid' });
    await expect(loadDetector(join(folder, 'nowhere'))).rejects.toMatchObject({ code: 'detector.invalid' });
  });
});
