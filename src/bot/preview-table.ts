import { overviewChart, presentReport, summarySentence } from '../alerting/index.ts';
import { type ReplayDeps, replayTable } from '../cli/replay-table.ts';
import type { ChartRequest } from '../domain/chart-request.ts';
import type { Model, ModelSettings } from '../domain/model.ts';
import { ALL_TRAFFIC, type ColumnStatistics } from '../domain/statistic.ts';
import type { Window } from '../domain/window.ts';
import type { Core } from '../main.ts';
import { formatCompactShare, formatNumber } from '../messages/format-number.ts';
import { formatWindow } from '../messages/format-window.ts';
import { plainSentence } from '../messages/message.ts';
import { shippedDetectorFolder } from '../platform/package-root.ts';
import { watchedSeries } from '../statistics/index.ts';

/** What the newest weeks of a table would have been like, before anybody has said that it is to be watched. */
export interface TableReplay {
  readonly reports: number;
  readonly days: number;
  readonly windows: number;
  /** Of them those with enough history for a forecast: what cannot be judged cannot fire. */
  readonly judgedWindows: number;
  readonly latest?: string;
  readonly newest: readonly string[];
  readonly newestWindow: string;
  readonly chart?: ChartRequest;
}

export type PreviewTable = (settings: ModelSettings, signal: AbortSignal) => Promise<TableReplay>;

const DAY_MS = 86_400_000;
/** A quarter: what an owner remembers. */
const REPLAYED_DAYS = 90;
/** Windows in the picture, at most. */
const DRAWN_WINDOWS = { day: 60, hour: 96 } as const;
/** Columns of which the newest window is told. */
const TOLD_COLUMNS = 8;

export interface PreviewOptions extends Pick<ReplayDeps, 'clock' | 'logger'> {
  readonly memoryLimit: string;
  readonly threads: number;
  /** The shipped detector when absent. */
  readonly detectorFolder?: string;
}

/** Replays a table through the steps of the bot in memory; nothing of it is kept. Throws when it is stopped. */
export function createPreviewTable(options: PreviewOptions): PreviewTable {
  const { clock, logger, memoryLimit, threads } = options;
  const detectorFolder = options.detectorFolder ?? shippedDetectorFolder();
  const terminal = { progress: () => undefined };
  return async (settings, signal) => {
    let seen: Pick<TableReplay, 'newest' | 'newestWindow' | 'chart' | 'latest'> = { newest: [], newestWindow: '' };
    const { reports, windows, judgedWindows } = await replayTable(
      { clock, logger, terminal, readConfig: () => ({ memoryLimit, threads }), signal },
      {
        table: settings,
        span: ({ firstMs, lastMs }) => ({ fromMs: Math.max(firstMs, lastMs - (REPLAYED_DAYS - 1) * DAY_MS) }),
        detectorFolder,
        ...(settings.holidays === undefined ? {} : { holidays: settings.holidays }),
        look: (core, model, judged) => {
          seen = lookAt(core, model, judged);
        },
      },
    );
    const [first, last] = [windows[0], windows.at(-1)];
    const days = first === undefined || last === undefined ? 0 : Math.round((last.endMs - first.startMs) / DAY_MS);
    return { ...seen, reports: reports.length, days, windows: windows.length, judgedWindows };
  };
}

function lookAt(core: Core, model: Model, windows: readonly Window[]) {
  const { stores, clock } = core;
  const last = windows.findLast((window) => stores.statistics.window(model.id, window).some(({ rows }) => rows > 0));
  if (last === undefined) return { newest: [], newestWindow: '' };
  const rows = stores.statistics.window(model.id, last).filter(({ segment }) => segment === ALL_TRAFFIC);
  const report = stores.reports.latest(model.id);
  const drawn = windows.filter(({ startMs }) => startMs <= last.startMs).slice(-DRAWN_WINDOWS[model.granularity]);
  const chart = overviewChart({ stores }, { model, keys: watchedSeries(stores, model, last), windows: drawn });
  return {
    newest: rows.slice(0, TOLD_COLUMNS).map(columnLine),
    newestWindow: formatWindow(last, model.zone),
    ...(report === undefined
      ? {}
      : { latest: `The newest: ${plainSentence(summarySentence(presentReport({ stores }, report, clock.now())))}` }),
    ...(chart.panels.length === 0 ? {} : { chart }),
  };
}

/** `age: mean 41.2, coverage 99 %`. */
function columnLine({ column, role, rows, statistics, problems }: ColumnStatistics): string {
  if (role === 'traffic') return `\`rows\`: ${rows.toLocaleString('en-US')}`;
  const { mean, coverage, distinct_count: distinct } = statistics;
  const parts = [
    ...(typeof mean === 'number' ? [`mean ${formatNumber(mean)}`] : []),
    ...(typeof coverage === 'number' ? [`coverage ${formatCompactShare(coverage)}`] : []),
    ...(typeof distinct === 'number' ? [`${formatNumber(distinct)} distinct`] : []),
    ...problems.map(({ text }) => text),
  ];
  return `\`${column}\`: ${parts.join(', ') || 'nothing could be read'}`;
}
