import { createHash } from 'node:crypto';
import { extname, join } from 'node:path';
import { Piscina } from 'piscina';
import type { ChartRequest, RenderedChart } from '../src/domain/chart-request.ts';
import { DriftbellError, describeThrown } from '../src/domain/errors.ts';
import type { ChartRenderer } from '../src/ports/chart-renderer.ts';
import { altText } from './alt/alt-text.ts';
import type { Drawing } from './draw.ts';
import { checkRequest, sizeOf } from './specs/spec.ts';

export interface ChartRendererOptions {
  /** Finished charts kept in memory, at about 0.1 MB each. At least 1. @default 48 */
  readonly cachedCharts?: number;
  /** Longest time for one chart, waiting for the ones before it included. @default 60 000 */
  readonly timeoutMs?: number;
  /** The worker (about 100 MB) ends after so long without work and starts again by itself. @default 120 000 */
  readonly idleMs?: number;
}

const defaults = { cachedCharts: 48, timeoutMs: 60_000, idleMs: 120_000 } as const;
/** `.ts` when run from source, `.js` from the build. */
const ENDING = extname(import.meta.filename);
const WORKER_FILE = join(import.meta.dirname, `worker${ENDING}`);

/** Draws in one thread of its own, so that Slack is answered while charts are made. */
export function createChartRenderer(options: ChartRendererOptions = {}): ChartRenderer {
  const { cachedCharts, timeoutMs, idleMs } = { ...defaults, ...options };
  const pool = new Piscina<ChartRequest, Drawing>({
    filename: WORKER_FILE,
    name: 'drawRequest',
    minThreads: 0,
    maxThreads: 1,
    idleTimeout: idleMs,
    execArgv: workerArguments(),
  });
  let crash = new AbortController();
  // A worker that cannot start leaves its tasks waiting for ever, and without a listener it would end the process.
  pool.on('error', (error) => {
    crash.abort(error);
    crash = new AbortController();
  });
  let isClosed = false;
  const charts = new Map<string, Promise<RenderedChart>>();

  async function draw(request: ChartRequest): Promise<RenderedChart> {
    checkRequest(request);
    // Piscina starts a new worker for work that comes after its end.
    if (isClosed) throw chartFailed(request, new Error('a closed renderer'));
    const signal = AbortSignal.any([AbortSignal.timeout(timeoutMs), crash.signal]);
    try {
      const drawing = await pool.run(request, { signal });
      return { ...drawing, altText: altText(request) };
    } catch (cause) {
      throw chartFailed(request, signal.aborted ? signal.reason : cause);
    }
  }

  return {
    render(request) {
      const key = contentHash(request);
      const chart = charts.get(key) ?? draw(request);
      // Taking it out and putting it back makes it the youngest; the first key is always the oldest.
      charts.delete(key);
      charts.set(key, chart);
      for (const oldest of charts.keys()) {
        if (charts.size <= cachedCharts) break;
        charts.delete(oldest);
      }
      chart.catch(() => charts.get(key) === chart && charts.delete(key));
      return chart;
    },
    describe: altText,
    async close() {
      isClosed = true;
      charts.clear();
      await pool.destroy();
    },
  };
}

/**
 * From source the worker needs a loader for TypeScript. On Node 20 `--import tsx` registers itself in the main thread
 * only, so a module of one line does it; the address is resolved here, whatever the working directory is.
 */
function workerArguments(): string[] {
  if (ENDING !== '.ts') return [];
  const loader = JSON.stringify(import.meta.resolve('tsx/esm/api'));
  return ['--import', `data:text/javascript,${encodeURIComponent(`import { register } from ${loader}; register();`)}`];
}

function contentHash(request: ChartRequest): string {
  return createHash('sha256').update(JSON.stringify(request)).digest('base64');
}

function chartFailed(request: ChartRequest, cause: unknown): DriftbellError {
  const { parts, word } = sizeOf(request);
  return new DriftbellError('chart.failed', {
    expected: `a picture of ${parts} ${parts === 1 ? word.slice(0, -1) : word}`,
    received: `the error "${describeThrown(cause)}"`,
    remedy: 'try again, or read the numbers in the message',
    cause,
  });
}
