import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dayOfWeek, type Window } from '../../src/domain/window.ts';
import { catchUp, computeHistory, historyWindows } from '../../src/jobs/index.ts';
import { type WatchedSource, watchedSource } from '../builders/watched-source.ts';

const ROWS = 30;
const DAYS = 49;

function started(): Promise<WatchedSource> {
  return watchedSource({
    registeredAt: '2026-03-09T12:00',
    isHistoryLeft: true,
    history: ({ fillFrom }) => fillFrom('2026-01-19', DAYS, (window) => (dayOfWeek(window, 'UTC') === 6 ? 0 : ROWS)),
  });
}

/** Real SQLite, DuckDB and TensorFlow.js. Seven weeks without rows on Sundays. */
describe('computing the history of a model', () => {
  let clean: WatchedSource;

  beforeAll(async () => {
    clean = await started();
  });

  afterAll(() => clean.close());

  const windowsOf = ({ core, model, range }: WatchedSource): Window[] => historyWindows(core.checks, model, range);
  const all = ({ core, model, range }: WatchedSource, options: Parameters<typeof computeHistory>[3] = {}) =>
    computeHistory(core.checks, model, historyWindows(core.checks, model, range), { lastMs: range.lastMs, ...options });
  const stored = (source: WatchedSource) => ({
    statistics: windowsOf(source).map((window) => source.core.stores.statistics.window(source.model.id, window)),
    detections: source.core.stores.detections.between(source.model.id, 0, Number.MAX_SAFE_INTEGER),
    looks: source.core.stores.looks
      .between(source.model.id, 0, Number.MAX_SAFE_INTEGER)
      .map(({ window, state, text }) => `${window.key} ${state}: ${text}`),
  });

  it('computes and forecasts all windows, and reports nothing of the past', async () => {
    const steps: string[] = [];

    const counts = await all(clean, { progress: (_done, _total, text) => steps.push(text) });

    expect(counts).toEqual({ computed: DAYS, skipped: 0, forecast: DAYS });
    expect(steps.at(-1)).toBe('forecasting 2026-03-08');
    expect(clean.core.stores.reports.list(clean.model.id)).toEqual([]);
  });

  it('computes nothing twice', async () => {
    const before = stored(clean);

    expect(await all(clean)).toEqual({ computed: 0, skipped: 0, forecast: DAYS });
    expect(stored(clean)).toEqual(before);
  });

  it('gives the same as one clean run when it is killed and run again', async () => {
    const killed = await started();
    const stopping = new AbortController();
    let progress = 0;
    await expect(
      all(killed, {
        signal: stopping.signal,
        progress: (done, total) => {
          progress = done / total;
          if (progress > 0.5) stopping.abort(new Error('SIGINT'));
        },
      }),
    ).rejects.toThrow();
    const half = killed.core.stores.statistics.windowStarts(killed.model.id).length;

    const counts = await all(killed);

    expect(half).toBeGreaterThan(0);
    expect(counts).toEqual({ computed: DAYS - half, skipped: 0, forecast: DAYS });
    expect(stored(killed)).toEqual(stored(clean));
    await killed.close();
  });

  it('computes a span only, and again when it is asked to', async () => {
    const { core, model, range, window } = clean;
    const span = { fromMs: window('2026-02-02').startMs, toMs: window('2026-02-05').startMs };
    const windows = historyWindows(core.checks, model, range, span);
    const before = toTwelveDigits(stored(clean));

    expect(windows.map(({ key }) => key)).toEqual(['2026-02-02', '2026-02-03', '2026-02-04']);
    expect(await computeHistory(core.checks, model, windows, { again: true })).toMatchObject({ computed: 3 });
    expect(toTwelveDigits(stored(clean))).toEqual(before);
  });

  it('leaves the window that was due at registration to be judged', async () => {
    const outcomes = await catchUp(clean.core.checks, clean.model);

    expect(outcomes.map(({ window, step }) => `${window.key} ${step}`)).toEqual(['2026-03-08 quiet']);
  });
});

/** A scan of other windows may add up the rows of one in another order. */
function toTwelveDigits<T>(value: T): T {
  const text = JSON.stringify(value, (_key, each) => (typeof each === 'number' ? Number(each.toPrecision(12)) : each));
  return JSON.parse(text) as T;
}
