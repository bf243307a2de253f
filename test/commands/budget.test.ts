import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CommandDeps, runCommand } from '../../commands/index.ts';
import type { Database } from '../../src/db/index.ts';
import type { Model } from '../../src/domain/model.ts';
import { relearnBudgets, runPostprocessing } from '../../src/postprocessing/index.ts';
import { accessOf } from '../builders/access.ts';
import { commandDeps } from '../builders/command-deps.ts';
import { day, days, detectionsOf } from '../builders/detections.ts';
import { finding, NOW, USER } from '../builders/reports.ts';
import { memoryDatabase, registeredModel } from '../builders/stores.ts';

/** Sixty days with four incidents of two days each: of 2, 3.5, 7 and 20 widths of the band. */
const VALUES = Array.from({ length: 60 }, (_, at) =>
  at % 15 === 10 || at % 15 === 11 ? ([2, 3.5, 7, 20][Math.floor(at / 15)] ?? 0) : 0,
);

let database: Database;
let deps: CommandDeps;
let churn: Model;

beforeEach(() => {
  database = memoryDatabase();
  deps = commandDeps(database.stores);
  churn = registeredModel(database.stores, { slug: 'churn', zone: 'UTC' });
});

afterEach(() => database.close());

function storeHistory(values: readonly number[] = VALUES): void {
  const { stores } = database;
  const traffic = { segment: '', column: '*', role: 'traffic', rows: 10, problems: [] } as const;
  const windows = days(values.length);
  stores.statistics.replaceWindows(
    churn.id,
    windows,
    windows.map((window) => ({ ...traffic, window, statistics: { traffic: 10 } })),
  );
  for (const detection of detectionsOf(values)) {
    stores.detections.replaceWindow(churn.id, detection.window, [detection], 'd');
  }
}

function check(places: readonly number[]): void {
  for (const at of places) {
    const { startMs: windowStartMs } = day(at);
    const id = database.stores.runs.begin({ job: 'check', modelId: churn.id, windowStartMs, at: NOW, leaseMs: 1 });
    if (id !== undefined) database.stores.runs.end(id, 'ok', NOW, {});
  }
}

const type = async (typed: string): Promise<string> =>
  (await runCommand(deps, typed, { user: USER, channel: 'C0MODELS1' })).message.text;

describe('/drift budget', () => {
  it('learns a threshold from history, keeps it, and shows the wish beside what came', async () => {
    storeHistory();
    check(Array.from({ length: 30 }, (_, at) => at + 30));
    database.stores.reports.insert({ modelId: churn.id, severity: 'high', opened: day(41), findings: [finding()] });

    const said = await type('budget churn 1');

    expect(said).toContain('welcome: at most 1 report a month');
    expect(said).toContain('really came: 1 report a month: 1 report in 30 checked days of the last 90');
    expect(said).toContain('threshold: 4 widths of the band, learned');
    expect(said).toContain('from 60 judged windows');
    expect(said).toContain('history would have had: 1 report a month; 2 reports a month with the detector’s own');
    expect(database.stores.audit.of('model:churn').at(-1)).toMatchObject({ action: 'model.budget', by: USER });
    expect(await type('budget churn')).toContain('threshold: 4 widths of the band');
  });

  it('tells a rarity in whole windows', async () => {
    const calibrated = {
      setting: 'minimumRarity',
      value: 1 / 0.003,
      at: NOW,
      windows: 60,
      replayedPerMonth: 1,
    } as const;
    database.stores.models.setBudget(churn.id, { reportsPerMonth: 1, calibrated });

    expect(await type('budget churn')).toContain(
      'threshold: as rare as one in 333 healthy windows of its kind, learned',
    );
  });

  it('names the reports that the stricter threshold would not send any more, the newest first', async () => {
    storeHistory();
    const told = { modelId: churn.id, severity: 'high', opened: day(26), findings: [finding()] } as const;
    const { id } = database.stores.reports.insert(told);

    const said = await type('budget churn 1');

    expect(said).toContain(`no longer sent: report #${id}, Tue 27 Jan 2026: Age mean was 3.5 above`);
    expect(said).toMatch(/; Mon 12 Jan 2026: Age mean was 2 above what was expected\.$/);
    expect(await type('budget churn 30')).toContain('no longer sent: none of those reports');
  });

  it('is what the filters ask from then on, until it is taken away', async () => {
    storeHistory();
    const firesOn = (at: number): boolean => {
      const model = database.stores.models.byId(churn.id) ?? churn;
      const input = { model, window: day(at), now: NOW };
      return runPostprocessing({ stores: database.stores, settings: deps.filterSettings(model) }, input).isFiring;
    };
    expect(firesOn(26)).toBe(true);

    await type('budget churn 1');

    expect(firesOn(26)).toBe(false);
    expect(firesOn(41)).toBe(true);
    expect(await type('budget churn off')).toContain('no alert budget any more');
    expect(firesOn(26)).toBe(true);
    expect(await type('budget churn off')).toContain('had no alert budget');
  });

  it('says that it cannot learn from a short history', async () => {
    storeHistory(VALUES.slice(0, 20));

    expect(await type('budget churn 1')).toContain(
      'threshold: the detector’s own: fewer than 28 judged days are stored',
    );
  });

  it('says so when no threshold keeps the wish', async () => {
    storeHistory();
    for (const { window } of detectionsOf(VALUES).filter(({ isAnomaly }) => isAnomaly)) {
      const [outage] = detectionsOf([1], undefined, 'all_missing');
      if (outage) database.stores.detections.replaceWindow(churn.id, window, [{ ...outage, window }], 'd');
    }

    expect(await type('budget churn 1')).toContain('No threshold keeps the wish');
  });

  it('says above the wish where more came', async () => {
    storeHistory();
    check(Array.from({ length: 20 }, (_, at) => at + 30));
    check([40, 41, 42]);
    database.stores.reports.insert({ modelId: churn.id, severity: 'high', opened: day(41), findings: [finding()] });

    expect(await type('budget churn 1')).toContain(
      '1.5 reports a month: 1 report in 20 checked days of the last 90, above the wish',
    );
  });

  it('is learned anew, as the history has become, and shown by the status', async () => {
    storeHistory(VALUES.map((value) => value / 10));
    await type('budget churn 1');
    expect(await type('budget churn')).toContain('threshold: 1.3 widths');
    storeHistory();

    const relearned = await relearnBudgets({
      ...{ stores: database.stores, clock: deps.clock, settings: deps.filterSettings, recoveryWindows: 2 },
    });

    expect(relearned).toBe(1);
    expect(await type('budget churn')).toContain('threshold: 4 widths');
    expect(await type('status churn')).toContain('alert budget at most 1 report a month; really came nothing yet');
  });

  it('makes no rate of a few days', async () => {
    storeHistory();
    check([58, 59]);

    expect(await type('budget churn 1')).toContain('0 reports in 2 checked days of the last 90, too few for a rate;');
  });

  it('may be looked at by everybody and set by owners only', async () => {
    deps = commandDeps(database.stores, { access: accessOf('viewer') });

    expect(await type('budget churn')).toContain('no budget; set one with');
    await expect(type('budget churn 2')).rejects.toThrow('the role owner');
  });

  it.each(['-1', 'many', '31', '2/week', 'NaN'])('refuses %s', async (wish) => {
    await expect(type(`budget churn ${wish}`)).rejects.toThrow('reports a month, from 0 to 30, or `off`');
  });

  it.each(['2/month', '0.5', '0'])('understands %s', async (wish) => {
    expect(await type(`budget churn ${wish}`)).toContain(`at most ${Number.parseFloat(wish)} reports a month`);
  });
});
