import { createRequire } from 'node:module';
import { dirname, sep } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { DriftbellError, describeThrown } from '../domain/errors.ts';

export const backendNames = ['tensorflow', 'wasm', 'cpu'] as const;
/** `tensorflow` is the native library of the optional package `@tensorflow/tfjs-node`. */
export type BackendName = (typeof backendNames)[number];

/** Optional: as a string it stays out of the types and of any bundle. */
const NATIVE_PACKAGE: string = '@tensorflow/tfjs-node';

/**
 * Starts the first backend that works: the native one where it is installed, then WebAssembly, then plain JavaScript.
 * A named one is the only one tried. Throws `detector.backend`.
 */
export async function startBackend(only?: BackendName): Promise<BackendName> {
  // Without it, the plain backend prints an advertisement for tfjs-node.
  tf.enableProdMode();
  const failures: string[] = [];
  let cause: unknown;
  for (const name of only === undefined ? backendNames : [only]) {
    try {
      await keepProcessListeners(() => registerAndSet(name));
      return name;
    } catch (thrown) {
      cause = thrown;
      failures.push(`${name}: ${describeThrown(thrown)}`);
    }
  }
  throw new DriftbellError('detector.backend', {
    expected: 'a TensorFlow.js backend that starts',
    received: failures.join('; '),
    remedy: 'reinstall the dependencies with npm ci',
    cause,
  });
}

async function registerAndSet(name: BackendName): Promise<void> {
  if (name === 'wasm') {
    const wasm = await import('@tensorflow/tfjs-backend-wasm');
    const entry = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm');
    if (tf.getBackend() !== 'wasm') wasm.setWasmPaths(`${dirname(entry)}${sep}`);
  } else if (name === 'cpu') {
    await import('@tensorflow/tfjs-backend-cpu');
  } else {
    await import(NATIVE_PACKAGE);
  }
  if (!(await tf.setBackend(name)))
    throw new DriftbellError('detector.backend', {
      expected: `the backend "${name}" to start`,
      received: 'a refusal',
      remedy: 'choose another backend',
    });
}

/** Versions of the libraries behind a backend that has started, for a manifest. */
export async function libraryVersions(name: BackendName): Promise<Readonly<Record<string, string>>> {
  if (name === 'wasm')
    return { '@tensorflow/tfjs-backend-wasm': (await import('@tensorflow/tfjs-backend-wasm')).version_wasm };
  if (name === 'cpu')
    return { '@tensorflow/tfjs-backend-cpu': (await import('@tensorflow/tfjs-backend-cpu')).version_cpu };
  const native = (await import(NATIVE_PACKAGE)) as { readonly version?: Readonly<Record<string, string>> };
  return { [NATIVE_PACKAGE]: native.version?.['tfjs-node'] ?? 'unknown' };
}

const fatalEvents = ['uncaughtException', 'unhandledRejection'] as const;

/** The WebAssembly module installs handlers that rethrow with its 100 kB source line; the process keeps its own. */
async function keepProcessListeners(work: () => Promise<void>): Promise<void> {
  const before = new Map(fatalEvents.map((event) => [event, process.rawListeners(event)]));
  await work();
  for (const event of fatalEvents) {
    for (const listener of process.rawListeners(event)) {
      if (!before.get(event)?.includes(listener)) process.removeListener(event, listener as () => void);
    }
  }
}
