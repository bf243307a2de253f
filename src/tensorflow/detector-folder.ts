import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import {
  classifierLayers,
  type DetectorSettings,
  forecastLayers,
  type NetworkWeights,
  parameterCount,
} from '../detection/index.ts';
import { DriftbellError, describeThrown } from '../domain/errors.ts';
import { ManifestFile } from './manifest.ts';

const WEIGHTS_FILE = 'weights.bin';
const MANIFEST_FILE = 'manifest.json';
const FLOAT_BYTES = 4;

export interface LoadedDetector {
  readonly manifest: ManifestFile;
  readonly settings: DetectorSettings;
  readonly weights: NetworkWeights;
}

/** Weights of both stages as little-endian 32-bit floats, forecast first. */
export function encodeWeights(weights: NetworkWeights): Buffer {
  const floats = [...weights.forecast, ...weights.classifier];
  const bytes = Buffer.alloc(floats.length * FLOAT_BYTES);
  floats.forEach((value, index) => {
    bytes.writeFloatLE(value, index * FLOAT_BYTES);
  });
  return bytes;
}

export function checksumOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Writes both files beside their places and moves them there, the manifest last: a reader never sees half a detector. */
export async function saveDetector(folder: string, weights: NetworkWeights, manifest: ManifestFile): Promise<void> {
  await mkdir(folder, { recursive: true });
  await replaceFile(join(folder, WEIGHTS_FILE), encodeWeights(weights));
  await replaceFile(join(folder, MANIFEST_FILE), `${JSON.stringify(manifest, null, 2)}\n`);
}

/** Throws `detector.invalid` for anything that is not exactly what was saved. */
export async function loadDetector(folder: string): Promise<LoadedDetector> {
  const manifest = parseManifest(folder, await readPart(folder, MANIFEST_FILE));
  const { settings } = manifest;
  const forecastSize = parameterCount(forecastLayers(settings));
  const size = forecastSize + parameterCount(classifierLayers(settings));
  checkLayers(folder, manifest);
  const bytes = await readPart(folder, WEIGHTS_FILE);
  if (bytes.length !== size * FLOAT_BYTES) {
    throw invalid(folder, `${size * FLOAT_BYTES} bytes of weights`, `${bytes.length}`);
  }
  const checksum = checksumOf(bytes);
  if (checksum !== manifest.checksum) {
    throw invalid(folder, `weights with the checksum ${manifest.checksum}`, checksum);
  }
  const floats = Float32Array.from({ length: size }, (_, index) => bytes.readFloatLE(index * FLOAT_BYTES));
  return {
    manifest,
    settings,
    weights: { forecast: floats.slice(0, forecastSize), classifier: floats.slice(forecastSize) },
  };
}

function parseManifest(folder: string, bytes: Buffer): ManifestFile {
  let content: unknown;
  try {
    content = JSON.parse(bytes.toString('utf8'));
  } catch (cause) {
    throw invalid(folder, `JSON in ${MANIFEST_FILE}`, describeThrown(cause), cause);
  }
  const parsed = ManifestFile.safeParse(content);
  if (!parsed.success)
    throw invalid(folder, `a ${MANIFEST_FILE} of this version`, z.prettifyError(parsed.error), parsed.error);
  return parsed.data;
}

function checkLayers(folder: string, manifest: ManifestFile): void {
  const expected = {
    forecast: forecastLayers(manifest.settings),
    classifier: classifierLayers(manifest.settings),
  };
  if (JSON.stringify(expected) !== JSON.stringify(manifest.layers)) {
    throw invalid(folder, 'layers that follow from the settings', 'other shapes');
  }
}

async function readPart(folder: string, name: string): Promise<Buffer> {
  try {
    return await readFile(join(folder, name));
  } catch (cause) {
    throw invalid(folder, `a readable file ${name}`, describeThrown(cause), cause);
  }
}

async function replaceFile(path: string, content: Buffer | string): Promise<void> {
  await writeFile(`${path}.part`, content);
  await rename(`${path}.part`, path);
}

function invalid(folder: string, expected: string, received: string, cause?: unknown): DriftbellError {
  return new DriftbellError('detector.invalid', {
    expected: `${expected} in the detector folder ${folder}`,
    received,
    remedy: 'take the folder from the release again, or train it anew with "driftbell train"',
    cause,
  });
}
