import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createChartRenderer } from '../../charts/render.ts';
import { findingCharts, presentReport, reportMessage, runAlerting } from '../../src/alerting/index.ts';
import type { ChartPanel, ChartRequest, SeriesChartRequest } from '../../src/domain/chart-request.ts';
import type { Model } from '../../src/domain/model.ts';
import type { Report } from '../../src/domain/report.ts';
import type { Window } from '../../src/domain/window.ts';
import type { ChartRenderer } from '../../src/ports/chart-renderer.ts';
import { paperFilterSettings, runPostprocessing } from '../../src/postprocessing/index.ts';
import { formatMessage } from '../../src/slack/index.ts';
import { fillReports, REPORT, type ReportBench } from './report-store.ts';

type Write = (line: string) => void;

/** What each may take, on two cores that have nothing else to do. */
const ALLOWED_MS = { message: 200, sixPanels: 1_000, onePanel: 250, loopDelay: 50 } as const;
const REPEATS = 7;
const THREAD_CHARTS = 100;
const MS_OF_NANOSECONDS = 1e-6;
const LOOP_RESOLUTION_MS = 5;

/** From judged series to the message, then the pictures: alone, and a whole thread of them beside the event loop. */
export async function benchReport(write: Write): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'driftbell-bench-'));
  const bench = fillReports(folder, REPEATS);
  const charts = createChartRenderer();
  try {
    const reports = await benchMessage(bench, write);
    const thread = reports.flatMap((report) => threadCharts(bench, report)).slice(0, THREAD_CHARTS);
    await benchCharts(charts, thread, write);
    await benchThread(bench, reports, charts, write);
  } finally {
    await charts.close();
    bench.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Every model has the same thousand series; the first is measured cold. */
async function benchMessage({ stores, models, windows }: ReportBench, write: Write): Promise<readonly Report[]> {
  const window = windows.at(-1);
  if (window === undefined) throw new Error('no window');
  const now = window.endMs;
  const reports: Report[] = [];
  const times: Took[] = [];
  for (const model of models) times.push(await timed(() => tell(model, window)));

  function tell(model: Model, window: Window): void {
    const judged = runPostprocessing({ stores, settings: paperFilterSettings }, { model, window, now });
    const { report } = runAlerting({ stores }, { model, window, ...judged, isNewest: true, now });
    if (report === undefined) throw new Error('no report');
    const { blocks } = formatMessage(reportMessage(presentReport({ stores }, report, now)));
    if (blocks.length === 0) throw new Error('no message');
    reports.push(report);
  }
  const series = REPORT.columns * REPORT.seriesPerColumn;
  const anomalies = REPORT.badColumns * REPORT.seriesPerColumn;
  write(`${series} series, ${anomalies} anomalous in the newest window, ${reports[0]?.findings.length} findings:`);
  write(
    `  filters, report, message: ${told(median(times), ALLOWED_MS.message)}; the first, cold: ${times[0]?.ms.toFixed(0)} ms`,
  );
  return reports;
}

async function benchCharts(charts: ChartRenderer, thread: readonly ChartRequest[], write: Write): Promise<void> {
  const panels = thread.flatMap((request) => (request.kind === 'series' ? request.panels : []));
  const [first] = thread;
  if (first === undefined) throw new Error('no chart');
  const started = await timed(() => charts.render(first));
  write(`the first picture, with the start of the worker: ${started.ms.toFixed(0)} ms`);
  for (const [name, count, allowed] of [
    ['one panel', 1, ALLOWED_MS.onePanel],
    ['six panels', 6, ALLOWED_MS.sixPanels],
  ] as const) {
    // Once for warming up; every request differs, or the second would come from the cache.
    const times: Took[] = [];
    for (let repeat = 0; repeat <= REPEATS; repeat += 1) {
      times.push(await timed(() => charts.render(seriesOf(panels.slice(0, count), `${name} ${repeat}`))));
    }
    write(`a picture of ${name}: ${told(median(times.slice(1)), allowed)}`);
  }
  const histograms = thread.filter(({ kind }) => kind === 'histogram').slice(0, REPEATS);
  const times: Took[] = [];
  for (const request of histograms) times.push(await timed(() => charts.render(request)));
  write(`a histogram, usual and now: ${told(median(times), ALLOWED_MS.onePanel)}`);
  const again = await timed(() => charts.render(histograms[0] ?? first));
  write(`the same once more, from the cache: ${again.ms.toFixed(1)} ms`);
}

/** All that the main thread does for a thread of pictures: read the store, build, hash, hand over, take back. */
async function benchThread(
  bench: ReportBench,
  reports: readonly Report[],
  charts: ChartRenderer,
  write: Write,
): Promise<void> {
  const [, report] = reports;
  if (report === undefined) throw new Error('no report');
  const requests = report.findings.flatMap((finding) => findingCharts(bench, report, finding)).slice(0, THREAD_CHARTS);
  const building: Took[] = [];
  for (const finding of report.findings) building.push(await timed(() => findingCharts(bench, report, finding)));
  const delay = monitorEventLoopDelay({ resolution: LOOP_RESOLUTION_MS });
  delay.enable();
  const took = await timed(async () => {
    // Of another zone, so that none comes from the cache.
    for (const request of requests) {
      await charts.render('zone' in request ? { ...request, zone: 'Europe/Berlin' } : request);
    }
  });
  delay.disable();
  const most = Math.max(...building.map(({ cpuMs }) => cpuMs));
  write(
    `${requests.length} pictures of a thread: ${(took.ms / 1_000).toFixed(1)} s, CPU ${(took.cpuMs / 1_000).toFixed(1)} s`,
  );
  write(
    `  one finding read and its pictures built: CPU ${median(building).cpuMs.toFixed(1)} ms, at most ${most.toFixed(0)} ms`,
  );
  const [longest, usual] = [delay.max, delay.percentile(99)].map((delayed) => delayed * MS_OF_NANOSECONDS);
  write(
    `  the event loop waited at most ${longest?.toFixed(0)} ms (${((longest ?? 0) / ALLOWED_MS.loopDelay).toFixed(2)} of the ${ALLOWED_MS.loopDelay} ms allowed), 99 % at most ${usual?.toFixed(0)} ms`,
  );
  write(`  machine: ${cpus().length} cores, ${loadavg()[0]?.toFixed(1)} processes wanted one in the last minute`);
}

function threadCharts(bench: ReportBench, report: Report): readonly ChartRequest[] {
  return report.findings.slice(0, 8).flatMap((finding) => findingCharts(bench, report, finding));
}

function seriesOf(panels: readonly ChartPanel[], name: string): SeriesChartRequest {
  return { kind: 'series', zone: 'UTC', markers: [], panels: panels.map((panel) => ({ ...panel, unit: name })) };
}

/** By the clock, and of all threads on the processor, which a busy machine does not change much. */
interface Took {
  readonly ms: number;
  readonly cpuMs: number;
}

async function timed(work: () => unknown): Promise<Took> {
  const start = performance.now();
  const startCpu = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(startCpu);
  return { ms: performance.now() - start, cpuMs: (user + system) / 1_000 };
}

function median(times: readonly Took[]): Took {
  const middle = (of: (took: Took) => number): number =>
    times.map(of).toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;
  return { ms: middle(({ ms }) => ms), cpuMs: middle(({ cpuMs }) => cpuMs) };
}

function told({ ms, cpuMs }: Took, allowedMs: number): string {
  return `${ms.toFixed(0)} ms (${(ms / allowedMs).toFixed(2)} of the ${allowedMs} ms allowed), CPU ${cpuMs.toFixed(0)} ms`;
}
