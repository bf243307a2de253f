import { DriftbellError } from '../domain/errors.ts';
import type { Finding, HeldFinding } from '../domain/finding.ts';
import type { EpochMs, ReportId } from '../domain/identifiers.ts';
import type { WindowLanding, WindowLook } from '../domain/landing.ts';
import type { Model } from '../domain/model.ts';
import type { Window } from '../domain/window.ts';
import type { Progress } from '../ports/progress.ts';
import type { Stores } from '../ports/stores.ts';
import { CHECK_JOB } from './check-job.ts';
import { countsOfLanding, newestReadyWindow, type ReadyWindowsDeps } from './ready-windows.ts';
import { type RunnerDeps, runJob } from './runner.ts';

export interface StatisticsCounts {
  /** Windows stored. */
  readonly ok: number;
  /** Windows that are waiting or late. */
  readonly skipped: number;
  /** Columns that could not be read; their other columns are stored. */
  readonly failed: readonly string[];
  /** What was found of every window, in time order. */
  readonly landings: readonly WindowLanding[];
}

/** What the filters left of a window. */
export interface FilteredWindow {
  readonly findings: readonly Finding[];
  /** Worth telling, and held by what people said: tracked, and not told. */
  readonly held: readonly HeldFinding[];
  readonly isFiring: boolean;
}

/** The steps in the paper's order, given by the composition root. */
export interface CheckSteps {
  readonly statistics: (
    model: Model,
    windows: readonly Window[],
    options: {
      readonly signal?: AbortSignal;
      readonly progress?: Progress;
      readonly lastMs?: EpochMs;
      /** Given windows as soon as they are stored, before later ones are computed. */
      readonly onStored?: (windows: readonly Window[]) => Promise<void>;
    },
  ) => Promise<StatisticsCounts>;
  /** Computes those of the windows again that late labels touch. */
  readonly lateLabels: (
    model: Model,
    windows: readonly Window[],
    options: { readonly signal?: AbortSignal },
  ) => Promise<StatisticsCounts>;
  /** True where a series that is made of labels is judged. */
  readonly watchesLabels: (model: Model, window: Window) => boolean;
  readonly detection: (
    model: Model,
    window: Window,
    signal?: AbortSignal,
  ) => Promise<{ readonly judged: number; readonly anomalies: number }>;
  readonly postprocessing: (model: Model, window: Window) => FilteredWindow;
  readonly alerting: (
    model: Model,
    window: Window,
    judged: FilteredWindow & { readonly isNewest: boolean },
  ) => { readonly step: string; readonly report?: { readonly id: ReportId } };
}

export interface CheckDeps extends RunnerDeps, ReadyWindowsDeps {
  readonly stores: Pick<Stores, 'runs' | 'statistics' | 'looks' | 'retention'>;
  readonly steps: CheckSteps;
}

export interface CheckOutcome {
  readonly window: Window;
  /** What is known of its rows; absent where nobody has looked. */
  readonly landing?: WindowLook | WindowLanding;
  readonly unreadColumns: number;
  readonly judgedSeries: number;
  readonly anomalies: number;
  readonly step: string;
  readonly reportId?: ReportId;
}

/** What a check says of a window that is judged later. */
const NOT_LANDED = 'not landed';
/** One window of one model: minutes even for wide tables. */
const CHECK_TIMEOUT_MS = 15 * 60_000;

/** Statistics and judgement of one window. Undefined when the same check is under way elsewhere. */
export function checkWindow(
  deps: CheckDeps,
  model: Model,
  window: Window,
  signal?: AbortSignal,
): Promise<CheckOutcome | undefined> {
  return runCheck(deps, model, window, {
    signal,
    work: async (stop) => {
      const { ok, failed, landings } = await deps.steps.statistics(model, [window], { signal: stop });
      const [landing] = landings;
      if (ok === 0) {
        const none = { window, unreadColumns: 0, judgedSeries: 0, anomalies: 0, step: NOT_LANDED };
        return { ...none, ...(landing === undefined ? {} : { landing }) };
      }
      return { ...(await judge(deps, model, window, stop)), unreadColumns: failed.length };
    },
  });
}

/** Judgement of one window whose statistics are there. */
export function judgeWindow(
  deps: CheckDeps,
  model: Model,
  window: Window,
  signal?: AbortSignal,
): Promise<CheckOutcome | undefined> {
  return runCheck(deps, model, window, { signal, work: (stop) => judge(deps, model, window, stop) });
}

/** The check that a person asked for. Throws `usage.invalid` when the same one is under way already. */
export async function checkNow(deps: CheckDeps, model: Model, asked: Window | undefined): Promise<CheckOutcome> {
  const window = asked ?? newestReadyWindow(model, deps.clock.now());
  const outcome = await checkWindow(deps, model, window);
  if (outcome !== undefined) return outcome;
  throw new DriftbellError('usage.invalid', {
    expected: 'one check of a window at a time',
    received: `a second one of ${model.slug} ${window.key}`,
    remedy: 'wait for the first to end',
  });
}

function runCheck(
  deps: CheckDeps,
  model: Model,
  window: Window,
  check: { readonly work: (signal: AbortSignal) => Promise<CheckOutcome>; readonly signal: AbortSignal | undefined },
): Promise<CheckOutcome | undefined> {
  return runJob(
    deps,
    {
      name: CHECK_JOB,
      modelId: model.id,
      windowStartMs: window.startMs,
      timeoutMs: CHECK_TIMEOUT_MS,
      work: check.work,
      counts: countsOf,
      isSkipped: ({ step }) => step === NOT_LANDED,
    },
    check.signal,
  );
}

async function judge(deps: CheckDeps, model: Model, window: Window, signal: AbortSignal): Promise<CheckOutcome> {
  // Before the judgement: rows that come meanwhile were not judged.
  const [look] = deps.stores.looks.between(model.id, window.startMs, window.endMs);
  const { judged, anomalies } = await deps.steps.detection(model, window, signal);
  const { findings, held, isFiring } = deps.steps.postprocessing(model, window);
  const newest = deps.stores.runs.newestDone(CHECK_JOB, model.id);
  const isNewest = newest === undefined || window.startMs >= newest;
  const { step, report } = deps.steps.alerting(model, window, { findings, held, isFiring, isNewest });
  return {
    window,
    ...(look === undefined ? {} : { landing: look }),
    unreadColumns: 0,
    judgedSeries: judged,
    anomalies,
    step,
    ...(report === undefined ? {} : { reportId: report.id }),
  };
}

function countsOf({ unreadColumns, judgedSeries, anomalies, landing }: CheckOutcome): Record<string, number> {
  return { unreadColumns, judgedSeries, anomalies, ...countsOfLanding(landing) };
}
