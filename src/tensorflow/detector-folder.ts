import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type AnySettings, layersOf, type NetworkWeights, parameterCount } from '../detection/index.ts';
import { DriftbellError } from '../domain/errors.ts';
import { describeFileTrouble } from '../domain/file-trouble.ts';
import type { BandSetup } from './band-judge.ts';
import type { PairSetup } from './local-judge.ts';
import { MANIFEST_FORMAT, ManifestFile, SHORT_TERM_FILE, WEIGHTS_FILE } from './manifest.ts';

const MANIFEST_FILE = 'manifest.json';
const FLOAT_BYTES = 4;

export type LoadedDetector = (PairSetup | BandSetup) & { readonly manifest: ManifestFile };

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

/**
 * Writes the files beside their places and moves them there, the manifest last: a reader never takes half a detector for
 * a whole one. Weights of an earlier detector that the manifest does not name go.
 */
export async function saveDetector(
  folder: string,
  weights: NetworkWeights,
  manifest: ManifestFile,
  shortTerm?: NetworkWeights,
): Promise<void> {
  const files = [
    { name: WEIGHTS_FILE, content: encodeWeights(weights) },
    ...(shortTerm === undefined ? [] : [{ name: SHORT_TERM_FILE, content: encodeWeights(shortTerm) }]),
    { name: MANIFEST_FILE, content: `${JSON.stringify(manifest, null, 2)}\n` },
  ];
  await mkdir(folder, { recursive: true });
  try {
    for (const { name, content } of files) await writeFile(join(folder, `${name}.part`), content);
    for (const { name } of files) await rename(join(folder, `${name}.part`), join(folder, name));
  } finally {
    for (const { name } of files) await rm(join(folder, `${name}.part`), { force: true }).catch(() => undefined);
  }
  if (shortTerm === undefined) await rm(join(folder, SHORT_TERM_FILE), { force: true });
}

/** Throws `detector.invalid` for anything that is not exactly what was saved. */
export async function loadDetector(folder: string): Promise<LoadedDetector> {
  const manifest = parseManifest(folder, await readPart(folder, MANIFEST_FILE));
  const { settings, shortTerm, calibration } = manifest;
  const weights = await loadWeights(folder, { ...manifest, file: WEIGHTS_FILE }, settings);
  if (settings.configuration === 'driftbell') {
    if (calibration === undefined || manifest.judging === undefined) {
      throw invalid(folder, 'a calibration and the rules of judging', 'a manifest without them');
    }
    return { manifest, settings, weights, calibration };
  }
  if (shortTerm === undefined) return { manifest, settings, weights };
  if (shortTerm.historyWindows >= settings.historyWindows) {
    const expected = `a short-term history of fewer than ${settings.historyWindows} windows`;
    throw invalid(folder, expected, String(shortTerm.historyWindows));
  }
  const shortSettings = { ...settings, historyWindows: shortTerm.historyWindows };
  const shortWeights = await loadWeights(folder, shortTerm, shortSettings);
  return { manifest, settings, weights, shortTerm: { settings: shortSettings, weights: shortWeights } };
}

type WeightsRecord = Pick<ManifestFile, 'layers' | 'checksum'> & { readonly file: string };

async function loadWeights(
  folder: string,
  { file, layers, checksum: expected }: WeightsRecord,
  settings: AnySettings,
): Promise<NetworkWeights> {
  const wanted = layersOf(settings);
  checkLayers(folder, layers, wanted);
  const forecastSize = parameterCount(wanted.forecast);
  const size = forecastSize + parameterCount(wanted.classifier);
  const bytes = await readPart(folder, file);
  if (bytes.length !== size * FLOAT_BYTES) {
    throw invalid(folder, `${size * FLOAT_BYTES} bytes of weights in ${file}`, `${bytes.length}`);
  }
  const checksum = checksumOf(bytes);
  if (checksum !== expected) throw invalid(folder, `weights with the checksum ${expected} in ${file}`, checksum);
  const floats = Float32Array.from({ length: size }, (_, index) => bytes.readFloatLE(index * FLOAT_BYTES));
  return { forecast: floats.slice(0, forecastSize), classifier: floats.slice(forecastSize) };
}

function parseManifest(folder: string, bytes: Buffer): ManifestFile {
  let content: unknown;
  try {
    content = JSON.parse(bytes.toString('utf8'));
  } catch (cause) {
    throw invalid(folder, `JSON in ${MANIFEST_FILE}`, describeFileTrouble(cause), cause);
  }
  const format = FormatOnly.safeParse(content).data?.format;
  if (format !== undefined && format !== MANIFEST_FORMAT) {
    throw invalid(folder, `a ${MANIFEST_FILE} of format ${MANIFEST_FORMAT}`, `format ${JSON.stringify(format)}`);
  }
  const parsed = ManifestFile.safeParse(content);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue === undefined || issue.path.length === 0 ? 'the whole file' : issue.path.join('.');
  throw invalid(folder, `a complete ${MANIFEST_FILE}`, `${where}: ${issue?.message}`, parsed.error);
}

/** Asked first: a manifest of another version has other fields, and its version is what a person needs to know. */
const FormatOnly = z.object({ format: z.unknown() });

function checkLayers(folder: string, layers: ManifestFile['layers'], expected: ReturnType<typeof layersOf>): void {
  if (JSON.stringify(expected) !== JSON.stringify(layers)) {
    throw invalid(folder, 'layers that follow from the settings', 'other shapes');
  }
}

async function readPart(folder: string, name: string): Promise<Buffer> {
  try {
    return await readFile(join(folder, name));
  } catch (cause) {
    throw invalid(folder, `a readable file ${name}`, describeFileTrouble(cause), cause);
  }
}

function invalid(folder: string, expected: string, received: string, cause?: unknown): DriftbellError {
  return new DriftbellError('detector.invalid', {
    expected: `${expected} in the detector folder ${folder}`,
    received,
    remedy: 'take the folder from the release again, or train it anew with "driftbell train"',
    cause,
  });
}
