import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadDetector, saveDetector } from '../../src/tensorflow/detector-folder.ts';
import { SHORT_TERM_FILE, WEIGHTS_FILE } from '../../src/tensorflow/manifest.ts';

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

  it('loads the pair for short histories, with 718 weights for its forecast', async () => {
    const { shortTerm } = await loadDetector(folder);

    expect(shortTerm?.settings.historyWindows).toBe(14);
    expect(shortTerm?.weights.forecast).toHaveLength(718);
  });

  it('loads a folder of one pair, as written before there were two', async () => {
    await changeManifest((manifest) => delete manifest.shortTerm);
    await rm(join(folder, SHORT_TERM_FILE));

    expect((await loadDetector(folder)).shortTerm).toBeUndefined();
  });

  it.each([
    ['no weights file', () => rm(join(folder, WEIGHTS_FILE)), /a readable file weights\.bin/],
    ['no second file', () => rm(join(folder, SHORT_TERM_FILE)), /a readable file weights-short-term/],
    ['a second file cut off', () => writeFile(join(folder, SHORT_TERM_FILE), 'x'), /bytes of weights/],
    [
      'the weights of the first in the second',
      async () =>
        writeFile(join(folder, SHORT_TERM_FILE), (await readFile(join(folder, WEIGHTS_FILE))).subarray(0, 4036)),
      /checksum [0-9a-f]{64} in weights-short-term/,
    ],
    ['another format', () => changeManifest((one) => Object.assign(one, { format: 2 })), /format 1 .*got format 2/],
    ['a manifest of a list', () => writeFile(join(folder, 'manifest.json'), '[1]'), /the whole file/],
    [
      'a manifest whose seed is text',
      () => changeManifest((one) => Object.assign(one, { seed: 'one' })),
      /a complete manifest\.json .*got seed:/,
    ],
    [
      'a short history that is none',
      () => changeManifest((one) => Object.assign(one.shortTerm as object, { historyWindows: 28 })),
      /detector folder/,
    ],
  ])('tells %s in one line with the remedy', async (_, damage, message) => {
    await damage();

    const failure = (await loadDetector(folder).catch((thrown: unknown) => thrown)) as Error;

    expect(failure).toMatchObject({ code: 'detector.invalid', exitCode: 2 });
    expect(failure.message).toMatch(message);
    expect(failure.message).toMatch(/Take the folder from the release again, or train it anew/);
    expect(failure.message).not.toContain('\n');
  });

  it('is saved whole, without weights of an earlier detector beside it', async () => {
    const { manifest, weights, shortTerm } = await loadDetector(folder);
    const { shortTerm: _, ...onePair } = manifest;

    await saveDetector(folder, weights, onePair);

    expect((await readdir(folder)).toSorted()).toEqual(['manifest.json', WEIGHTS_FILE]);
    await saveDetector(folder, weights, manifest, shortTerm?.weights);
    expect(await loadDetector(folder)).toEqual({ manifest, settings: manifest.settings, weights, shortTerm });
  });

  it('is left as it was when it cannot be written', async () => {
    const { manifest, weights } = await loadDetector(folder);
    await mkdir(join(folder, 'manifest.json.part'));

    await expect(saveDetector(folder, weights, { ...manifest, seed: 9 })).rejects.toThrow();

    expect((await loadDetector(folder)).manifest.seed).toBe(1);
  });

  it('refuses a manifest that is no JSON and a folder that is not there', async () => {
    await writeFile(join(folder, 'manifest.json'), '{"format": 1');

    await expect(loadDetector(folder)).rejects.toMatchObject({ code: 'detector.invalid' });
    await expect(loadDetector(join(folder, 'nowhere'))).rejects.toMatchObject({ code: 'detector.invalid' });
  });
});
