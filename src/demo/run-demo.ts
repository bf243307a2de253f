import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPreviewTable } from '../bot/preview-table.ts';
import type { Model } from '../domain/model.ts';
import type { Report } from '../domain/report.ts';
import { LOCAL_CHANNEL, type LocalBot, startLocalBot } from '../local-bot.ts';
import { type Core, createCore } from '../main.ts';
import type { Clock } from '../ports/clock.ts';
import type { Logger } from '../ports/logger.ts';
import type { Progress } from '../ports/progress.ts';
import { registerFlightModel, writeScoredFlights } from './flight-model.ts';
import { summarise, summaryTable } from './summary.ts';
import { flightWindows, walkWindows } from './walk.ts';
import { whyMissed } from './why-missed.ts';
import { writeOutput } from './write-output.ts';

export interface DemoOptions {
  readonly port: number;
  /** First day that is not walked any more; everything when absent. */
  readonly until?: string;
  /** Writes report.json, Block Kit payloads and pictures there. */
  readonly output?: string;
  readonly memoryLimit: string;
  readonly threads: number;
  readonly detectorFolder?: string;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly progress: Progress;
  /** Told where the page is, as soon as it can be opened. */
  readonly announce: (pageUrl: string) => void;
  readonly signal: AbortSignal;
}

export interface Demo {
  readonly core: Core;
  readonly local: LocalBot;
  readonly model: Model;
  readonly summaryTable: string;
  close(): Promise<void>;
}

/** The whole path on real data: rows, statistics, detection, filters, reports in the local workspace. */
export async function runDemo(options: DemoOptions): Promise<Demo> {
  const { clock, logger } = options;
  const folder = await mkdtemp(join(tmpdir(), 'driftbell-demo-'));
  const undo: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })];
  const close = async (): Promise<void> => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    const core = await createCore({
      databasePath: join(folder, 'demo.sqlite'),
      memoryLimit: options.memoryLimit,
      threads: options.threads,
      ...(options.detectorFolder === undefined ? {} : { detectorFolder: options.detectorFolder }),
      clock,
      logger,
    });
    undo.push(() => core.close());
    const { memoryLimit, threads, detectorFolder } = options;
    const previewTable = createPreviewTable({
      ...{ clock, logger, memoryLimit, threads },
      ...(detectorFolder === undefined ? {} : { detectorFolder }),
    });
    const local = await startLocalBot(core, { port: options.port, previewTable, takesAnyPace: true });
    undo.push(() => local.stop());
    options.announce(local.workspace.pageUrl);

    const scored = join(folder, 'scored-flights.parquet');
    options.progress(0, 1, 'scoring 3,000,000 flights');
    await writeScoredFlights(scored);
    const model = await registerFlightModel(core, scored, channelId(local));
    const windows = flightWindows(model, options.until);
    await walkWindows(core, model, {
      windows,
      signal: options.signal,
      progress: options.progress,
      afterWindow: async ({ step }) => {
        if (step === 'open' || step === 'resolve') await local.bot.outbox.drain();
      },
    });
    await deliverAll(core, local, clock);

    const reports = fullReports(core, model);
    const summary = summarise(model, reports, {
      windows,
      whyMissed: (incident) => whyMissed(core.stores.ledger, model, incident),
    });
    if (options.output !== undefined) {
      await writeOutput({
        folder: options.output,
        reports,
        events: core.stores.events.overlapping(model.id, 0, clock.now()),
        summary,
        posted: (report) => core.stores.reports.posted(report.id),
        workspace: local.workspace,
      });
    }
    return { core, local, model, summaryTable: summaryTable(summary), close };
  } catch (thrown) {
    await close();
    throw thrown;
  }
}

/** Tries that failed come again after seconds; what is written and shown at the end is to be all of it. */
async function deliverAll(core: Core, local: LocalBot, clock: Clock): Promise<void> {
  for (let turn = 0; turn < MOST_TURNS; turn += 1) {
    await local.bot.outbox.drain();
    if (core.stores.outbox.pending() === 0) return;
    await clock.sleep(TURN_MS);
  }
}

const TURN_MS = 500;
const MOST_TURNS = 60;

function fullReports(core: Core, model: Model): readonly Report[] {
  return core.stores.reports.list(model.id).toSorted((a, b) => a.id - b.id);
}

function channelId(local: LocalBot): string {
  return local.workspace.state.channelNamed(LOCAL_CHANNEL)?.id ?? LOCAL_CHANNEL;
}
