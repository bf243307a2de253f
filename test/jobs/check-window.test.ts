import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../src/db/index.ts';
import type { Model } from '../../src/domain/model.ts';
import type { Window } from '../../src/domain/window.ts';
import {
  type CheckDeps,
  catchUp,
  checkWindow,
  fillHistory,
  newestReadyWindow,
  windowsBehind,
} from '../../src/jobs/index.ts';
import { createSystemClock } from '../../src/platform/system-clock.ts';
import { fakeClock, memoryDatabase, registeredModel } from '../builders/stores.ts';
import { silentLogger } from '../doubles/recording-chat.ts';

const HOUR_MS = 3_600_000;
/** Monday 9 March 2026, 12:00 UTC: New York has had its 23-hour day the day before. */
const NOW = Date.UTC(2026, 2, 9, 12);

let database: Database;
let model: Model;
let clock: ReturnType<typeof fakeClock>;
let log: string[];
let deps: CheckDeps;

beforeEach(() => {
  database = memoryDatabase();
  clock = fakeClock(NOW);
  model = registeredModel(database.stores, {}, NOW);
  log = [];
  deps = {
    stores: database.stores,
    clock,
    logger: silentLogger(),
    steps: {
      statistics: async (_model, windows) => {
        log.push(`statistics ${windows.map(({ key }) => key).join(' ')}`);
        return landed(windows);
      },
      lateLabels: async () => landed([]),
      watchesLabels: () => false,
      detection: async (_model, window) => {
        log.push(`detection ${window.key}`);
        return { judged: 3, anomalies: 1 };
      },
      postprocessing: (_model, window) => {
        log.push(`filters ${window.key}`);
        return { findings: [], held: [], isFiring: false };
      },
      alerting: (_model, window) => {
        log.push(`alerting ${window.key}`);
        return { step: 'quiet' };
      },
    },
  };
});

afterEach(() => database.close());

function landed(windows: readonly Window[]) {
  const landings = windows.map(
    (window) => ({ window, state: 'landed', text: '9 rows', rows: 9, isJudgeable: true }) as const,
  );
  return { ok: windows.length, skipped: 0, failed: [], landings };
}

function late(windows: readonly Window[]) {
  const { landings, ...counts } = landed(windows);
  const notYet = { state: 'late', text: '1 of about 9 rows so far', rows: 1, isJudgeable: false } as const;
  return { ...counts, ok: 0, skipped: windows.length, landings: landings.map((each) => ({ ...each, ...notYet })) };
}

const keys = (windows: readonly Window[]): string[] => windows.map(({ key }) => key);

describe('the newest window that has landed', () => {
  it('ended before the lateness', () => {
    expect(newestReadyWindow(model, Date.UTC(2026, 2, 9, 0, 59)).key).toBe('2026-03-07');
    expect(newestReadyWindow(model, Date.UTC(2026, 2, 9, 1)).key).toBe('2026-03-08');
  });

  it('is cut in the zone of the model, through the change of clocks', () => {
    const newYork = registeredModel(database.stores, { slug: 'ny', zone: 'America/New_York' });
    const midnight = Date.UTC(2026, 2, 9, 4);

    expect(newestReadyWindow(newYork, midnight + HOUR_MS - 1).key).toBe('2026-03-07');
    const window = newestReadyWindow(newYork, midnight + HOUR_MS);
    expect(window).toMatchObject({ key: '2026-03-08', endMs: midnight });
    expect(window.endMs - window.startMs).toBe(23 * HOUR_MS);
  });

  it('is an hour for an hourly model', () => {
    const hourly = registeredModel(database.stores, { slug: 'hourly', granularity: 'hour', latenessMinutes: 30 });

    expect(newestReadyWindow(hourly, NOW + HOUR_MS / 2).key).toBe('2026-03-09T11:00Z');
  });
});

describe('catching up', () => {
  it('begins with the newest window of a model that was never checked', async () => {
    await catchUp(deps, model);

    expect(log).toEqual(['statistics 2026-03-08', 'detection 2026-03-08', 'filters 2026-03-08', 'alerting 2026-03-08']);
  });

  it('does nothing while no further window has landed', async () => {
    await catchUp(deps, model);
    log.length = 0;

    expect(await catchUp(deps, model)).toEqual([]);
    expect(log).toEqual([]);
  });

  it('computes the missed windows in one scan and judges them in order', async () => {
    await catchUp(deps, model);
    log.length = 0;
    clock.set(NOW + 3 * 24 * HOUR_MS);

    await catchUp(deps, model);

    expect(log.filter((line) => line.startsWith('statistics'))).toEqual([
      'statistics 2026-03-09 2026-03-10 2026-03-11',
    ]);
    expect(log.filter((line) => line.startsWith('alerting'))).toEqual([
      'alerting 2026-03-09',
      'alerting 2026-03-10',
      'alerting 2026-03-11',
    ]);
  });

  it('goes on where it failed', async () => {
    await catchUp(deps, model);
    clock.set(NOW + 2 * 24 * HOUR_MS);
    const failing: CheckDeps = {
      ...deps,
      steps: { ...deps.steps, detection: () => Promise.reject(new Error('out of memory')) },
    };

    await expect(catchUp(failing, model)).rejects.toThrow('out of memory');

    expect(keys(windowsBehind(deps, model, clock.now()))).toEqual(['2026-03-09', '2026-03-10']);
    expect(database.stores.runs.latest('check', model.id)).toMatchObject({ outcome: 'failed', error: 'out of memory' });
  });

  it('lets no window that fails for ever keep the later ones from being judged', async () => {
    await catchUp(deps, model);
    clock.set(NOW + 2 * 24 * HOUR_MS);
    log.length = 0;
    const steps: CheckDeps['steps'] = {
      ...deps.steps,
      detection: async (of, window) => {
        if (window.key === '2026-03-09') throw new Error('broken');
        return deps.steps.detection(of, window);
      },
    };

    await expect(catchUp({ ...deps, steps }, model)).rejects.toThrow('broken');
    await expect(catchUp({ ...deps, steps }, model)).rejects.toThrow('broken');

    expect(log.filter((line) => line.startsWith('alerting'))).toEqual(['alerting 2026-03-10']);
    expect(keys(windowsBehind(deps, model, clock.now()))).toEqual(['2026-03-09']);
  });

  it('judges the windows that somebody jumped over, and opens no report for them', async () => {
    clock.set(NOW + 3 * 24 * HOUR_MS);
    const newest: string[] = [];
    const steps: CheckDeps['steps'] = {
      ...deps.steps,
      alerting: (_model, window, { isNewest }) => {
        newest.push(`${window.key} ${isNewest}`);
        return { step: 'quiet' };
      },
    };

    await checkWindow({ ...deps, steps }, model, newestReadyWindow(model, clock.now()));
    await catchUp({ ...deps, steps }, model);

    expect(newest).toEqual([
      '2026-03-11 true',
      '2026-03-08 false',
      '2026-03-09 false',
      '2026-03-10 false',
      '2026-03-11 true',
    ]);
    expect(windowsBehind(deps, model, clock.now())).toEqual([]);
  });

  it('looks at the newest window alone where the common scan fails', async () => {
    await catchUp(deps, model);
    clock.set(NOW + 3 * 24 * HOUR_MS);
    log.length = 0;
    const steps: CheckDeps['steps'] = {
      ...deps.steps,
      statistics: async (of, windows, options) => {
        if (windows.some(({ key }) => key === '2026-03-10')) throw new Error('a damaged file');
        return deps.steps.statistics(of, windows, options);
      },
    };

    await expect(catchUp({ ...deps, steps }, model)).rejects.toThrow('a damaged file');

    expect(log.filter((line) => line.startsWith('alerting'))).toEqual(['alerting 2026-03-11']);
    expect(keys(windowsBehind(deps, model, clock.now()))).toEqual(['2026-03-09', '2026-03-10']);
  });

  it('does not look back beyond what is kept', async () => {
    clock.set(NOW + 200 * 24 * HOUR_MS);

    expect(windowsBehind({ ...deps, retentionDays: 100 }, model, clock.now())).toHaveLength(99);
  });

  it('stops between windows when it is asked to', async () => {
    await catchUp(deps, model);
    clock.set(NOW + 5 * 24 * HOUR_MS);
    const stopping = new AbortController();
    const steps = {
      ...deps.steps,
      alerting: () => {
        stopping.abort();
        return { step: 'quiet' };
      },
    };

    await expect(catchUp({ ...deps, steps }, model, { signal: stopping.signal })).rejects.toThrow('a request to stop');
    expect(keys(windowsBehind(deps, model, clock.now()))[0]).toBe('2026-03-10');
  });
});

describe('a long catching up', () => {
  it('lets the process answer others between two windows', async () => {
    await catchUp(deps, model);
    const realClock = { ...createSystemClock(), now: () => NOW + 5 * 24 * HOUR_MS };
    let turns = 0;
    const timer = setInterval(() => {
      turns += 1;
    }, 0);

    await catchUp({ ...deps, clock: realClock }, model);
    clearInterval(timer);

    expect(turns).toBeGreaterThanOrEqual(4);
  });
});

describe('a check', () => {
  it('does not judge a window that has not landed', async () => {
    const steps = { ...deps.steps, statistics: async (_model: Model, windows: readonly Window[]) => late(windows) };

    const outcome = await checkWindow({ ...deps, steps }, model, newestReadyWindow(model, NOW));

    expect(outcome?.step).toBe('not landed');
    expect(log).toEqual([]);
    expect(database.stores.runs.latest('check', model.id)?.outcome).toBe('skipped');
    expect(windowsBehind(deps, model, NOW), 'it is still to be judged').toHaveLength(1);
  });

  it('is never done twice at once', async () => {
    const window = newestReadyWindow(model, NOW);

    const outcomes = await Promise.all([checkWindow(deps, model, window), checkWindow(deps, model, window)]);

    expect(outcomes.filter((outcome) => outcome === undefined)).toHaveLength(1);
    expect(log.filter((line) => line.startsWith('statistics'))).toHaveLength(1);
  });
});

describe('the first look at a model', () => {
  it('forecasts its history and reports nothing of it', async () => {
    const range = { firstMs: Date.UTC(2026, 2, 7, 3), lastMs: Date.UTC(2026, 2, 9, 11) };

    await fillHistory(deps, model, range);

    expect(log).toEqual(['statistics 2026-03-07 2026-03-08', 'detection 2026-03-07', 'detection 2026-03-08']);
  });
});
