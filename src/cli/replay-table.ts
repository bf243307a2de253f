import { plainCauseLine, reportCauses } from '../alerting/index.ts';
import type { Config } from '../config.ts';
import type { LeftOutColumn } from '../domain/column.ts';
import type { UserId } from '../domain/identifiers.ts';
import type { Model, TableDescription } from '../domain/model.ts';
import type { Window } from '../domain/window.ts';
import { shiftWindow, windowAt } from '../domain/window.ts';
import type { Core } from '../main.ts';
import { createCore } from '../main.ts';
import { timeRemarks } from '../messages/time-remarks.ts';
import type { TimeRange } from '../ports/statistics-engine.ts';
import { parseDeclaration } from '../registry/index.ts';
import type { CliDeps } from './deps.ts';
import type { ReplayedReport } from './replay-lines.ts';
import { noWindows, requestedWindows, type TimeSpan } from './time-span.ts';

export interface ReplayDeps extends Pick<CliDeps, 'clock' | 'logger' | 'signal'> {
  readonly terminal: Pick<CliDeps['terminal'], 'progress'>;
  readonly readConfig: () => Pick<Config, 'memoryLimit' | 'threads'>;
}

export interface ReplayInput {
  readonly table: TableDescription;
  /** May depend on when the table's rows are. */
  readonly span: TimeSpan | ((range: TimeRange) => TimeSpan);
  readonly detectorFolder: string;
  /** Whose public holidays are known. */
  readonly holidays?: string;
  /** Looks at what was computed, before it is forgotten. */
  readonly look?: (core: Core, model: Model, windows: readonly Window[]) => void;
}

export interface Replayed {
  /** The oldest first. */
  readonly reports: readonly ReplayedReport[];
  /** Those that could open a report. */
  readonly windows: readonly Window[];
  /** Windows of which at least one series had a forecast. */
  readonly judgedWindows: number;
  /** What was left out or passed over, a sentence each. */
  readonly remarks: readonly string[];
}

/** Longer than a window is waited for. */
const LANDED_AFTER_MS = 3 * 86_400_000;
const IN_MEMORY = ':memory:';
/** So far back the bot looks when a model is registered: a year of days, two months of hours. */
const HISTORY_WINDOWS = { day: 400, hour: 1_440 } as const;

/**
 * Takes all windows of a table through the steps of the bot, in time order, in a database that ends with the process. A
 * window is decided before the next is looked at, so nothing is known of it but what the bot would have known.
 */
export async function replayTable(deps: ReplayDeps, input: ReplayInput): Promise<Replayed> {
  const { clock, logger, readConfig, signal, terminal } = deps;
  const { memoryLimit, threads } = readConfig();
  let now = clock.now();
  const core = await createCore({
    ...{
      databasePath: IN_MEMORY,
      detectorFolder: input.detectorFolder,
      clock: { ...clock, now: () => now },
      memoryLimit,
      threads,
      logger,
    },
  });
  try {
    const declaration = parseDeclaration({
      ...input.table,
      ...{ slug: 'replay', channel: 'replay', latenessMinutes: 0 },
      ...(input.holidays === undefined ? {} : { holidays: input.holidays }),
    });
    const { model, range, leftOut } = await core.register(declaration, 'replay' as UserId, signal);
    const span = typeof input.span === 'function' ? input.span(range) : input.span;
    const windows = requestedWindows(model, range, span);
    // A table from the future is no live one: all of its windows have landed.
    if (range.lastMs > now) now = windowAt(range.lastMs, model.zone, model.granularity).endMs + LANDED_AFTER_MS;
    let judgedWindows = 0;
    let done = 0;
    const all = [...historyBefore(windows[0], model, range), ...windows];
    const firstMs = windows[0]?.startMs ?? 0;
    await core.checks.steps.statistics(model, all, {
      signal,
      lastMs: range.lastMs,
      onStored: async (stored) => {
        for (const window of stored) {
          judgedWindows += (await judgeWindow(core, model, window, window.startMs >= firstMs, signal)) ? 1 : 0;
          done += 1;
          terminal.progress(done, all.length, `judging ${window.key}`);
        }
      },
    });
    input.look?.(core, model, windows);
    const missing = windows.length === 0 ? [noWindows(model, range)] : [];
    const reports = replayedReports(core, model);
    return { reports, windows, judgedWindows, remarks: [...remarksOf(model, leftOut, range), ...missing] };
  } finally {
    await core.close();
  }
}

/** Reports of the model, the oldest first. */
export function replayedReports(core: Pick<Core, 'stores'>, model: Model): ReplayedReport[] {
  const reports = core.stores.reports.list(model.id).toSorted((a, b) => a.opened.startMs - b.opened.startMs);
  return reports.map((report) => ({
    ...report,
    causes: reportCauses(core, report, model).map((cause) => plainCauseLine(cause, model.zone)),
  }));
}

/** True where a series had a forecast. Windows of the history are judged and not reported. */
async function judgeWindow(
  { checks }: Core,
  model: Model,
  window: Window,
  isReported: boolean,
  signal: AbortSignal,
): Promise<boolean> {
  signal.throwIfAborted();
  const { judged } = await checks.steps.detection(model, window, signal);
  if (!isReported) return false;
  const { findings, held, isFiring } = checks.steps.postprocessing(model, window);
  checks.steps.alerting(model, window, { findings, held, isFiring, isNewest: true });
  return judged > 0;
}

/** Windows with rows before the first that may be reported. */
function historyBefore(first: Window | undefined, model: Model, range: TimeRange): Window[] {
  if (first === undefined || range.firstMs >= first.startMs) return [];
  const from = shiftWindow(first, -HISTORY_WINDOWS[model.granularity], model.zone, model.granularity);
  return requestedWindows(model, range, { fromMs: Math.max(from.startMs, range.firstMs), toMs: first.startMs });
}

function remarksOf(model: Model, leftOut: readonly LeftOutColumn[], range: TimeRange): string[] {
  return [
    ...(leftOut.length === 0
      ? []
      : [`Left out: ${leftOut.map(({ name, reason }) => `${name} (${reason})`).join(', ')}.`]),
    ...timeRemarks(model, range),
  ];
}
