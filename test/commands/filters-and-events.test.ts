import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CommandDeps, runCommand } from '../../commands/index.ts';
import type { Database } from '../../src/db/index.ts';
import { filterSettingNames, settingFlag } from '../../src/domain/filter-settings.ts';
import type { Model } from '../../src/domain/model.ts';
import { runPostprocessing } from '../../src/postprocessing/index.ts';
import { accessOf } from '../builders/access.ts';
import { commandDeps } from '../builders/command-deps.ts';
import { day, detectionsOf } from '../builders/detections.ts';
import { NOW, USER } from '../builders/reports.ts';
import { memoryDatabase, registeredModel } from '../builders/stores.ts';

let database: Database;
let deps: CommandDeps;
let churn: Model;

beforeEach(() => {
  database = memoryDatabase();
  deps = commandDeps(database.stores);
  churn = registeredModel(database.stores, { slug: 'churn', zone: 'UTC' });
});

afterEach(() => database.close());

const type = async (typed: string): Promise<string> =>
  (await runCommand(deps, typed, { user: USER, channel: 'C0MODELS1' })).message.text;

describe('/drift filters', () => {
  it('shows every number and whose word it is', async () => {
    await type('filters churn minimum-severity 2');
    database.stores.models.setBudget(churn.id, {
      reportsPerMonth: 1,
      calibrated: { setting: 'minimumSeverity', value: 4, at: NOW, windows: 60, replayedPerMonth: 1 },
    });

    const shown = await type('filters churn');

    for (const name of filterSettingNames) expect(shown).toContain(` ${settingFlag(name)} `);
    expect(shown).toContain('minimum-severity 2 (set by hand)');
    expect(shown).toContain('minimum-traffic-ratio 0.03 (the detector’s)');
    expect(shown).toContain('minimum-rarity not asked');
    expect(await type('filters churn minimum-severity default')).toContain('is 4 (learned from the budget)');
  });

  it('keeps what was set, with who did it, and takes it back', async () => {
    expect(await type('filters churn minimum-rows 200')).toBe(
      'churn: “minimum-rows” is 200 (set by hand); it counts from the next window on.',
    );
    await type('filters churn duration-windows 5');
    await type('filters churn minimum-rows default');

    expect(database.stores.models.byId(churn.id)?.filters).toEqual({ durationWindows: 5 });
    expect(database.stores.audit.of('model:churn').map(({ facts }) => facts)).toEqual([
      { setting: 'minimumRows', before: null, value: 200 },
      { setting: 'durationWindows', before: null, value: 5 },
      { setting: 'minimumRows', before: 200, value: null },
    ]);
  });

  it('refuses what is no setting, no number or out of range, and those who may not', async () => {
    await expect(type('filters churn minimum-row 1')).rejects.toThrow('Did you mean `minimum-rows`');
    await expect(type('filters churn minimum-rows few')).rejects.toThrow('a whole number of at least 0');
    await expect(type('filters churn minimum-rows')).rejects.toThrow('Expected <value>');
    deps = commandDeps(database.stores, { access: accessOf('responder') });
    await expect(type('filters churn minimum-rows 1')).rejects.toThrow('the role owner');
    expect(await type('filters churn')).toContain('Filters of churn');
  });
});

describe('/drift event', () => {
  const declared = () => database.stores.events.overlapping(churn.id, 0, Number.MAX_SAFE_INTEGER);

  it.each([
    ['expected 2026-01-02 "spring sale"', '2026-01-02T00:00Z', '2026-01-03T00:00Z', 'spring sale'],
    ['expected 2026-01-02 2026-01-04 sale', '2026-01-02T00:00Z', '2026-01-05T00:00Z', 'sale'],
    ['expected 2026-01-02T08:00 backfill', '2026-01-02T08:00Z', '2026-01-03T00:00Z', 'backfill'],
    ['expected 2026-01-02T08:00 2026-01-02T09:30', '2026-01-02T08:00Z', '2026-01-02T09:30Z', 'expected'],
    ['deploy now v2 of the features', '2026-02-01T09:00Z', '2026-02-01T09:01Z', 'v2 of the features'],
    ['note 2026-01-02 moved', '2026-01-02T00:00Z', '2026-01-03T00:00Z', 'moved'],
  ])('understands %s', async (typed, from, to, text) => {
    await type(`event churn ${typed}`);

    expect(declared()).toEqual([
      { modelId: churn.id, kind: typed.split(' ')[0], startMs: Date.parse(from), endMs: Date.parse(to), text },
    ]);
  });

  it('holds what falls into something expected, until that is withdrawn', async () => {
    const firesOnTheThird = (): boolean => {
      for (const detection of detectionsOf([0, 5, 5])) {
        database.stores.detections.replaceWindow(churn.id, detection.window, [detection], 'd');
      }
      const input = { model: churn, window: day(2), now: NOW };
      return runPostprocessing({ stores: database.stores, settings: deps.filterSettings(churn) }, input).isFiring;
    };
    expect(firesOnTheThird()).toBe(true);

    expect(await type('event churn expected 2026-01-03 sale')).toContain('What falls in it is tracked and not told.');

    expect(firesOnTheThird()).toBe(false);
    expect(await type('event churn expected 2026-01-03 --withdraw')).toContain('Withdrawn: “expected” from 3 Jan 2026');
    expect(firesOnTheThird()).toBe(true);
    expect(await type('event churn expected 2026-01-03 --withdraw')).toContain('has no event');
  });

  it('lists what was declared, with who may see it', async () => {
    expect(await type('event churn')).toBe('Nothing is declared for churn in the last 90 days or ahead.');
    await type('event churn deploy 2026-01-05T10:00 v2');
    deps = commandDeps(database.stores, { access: accessOf('viewer') });

    expect(await type('event churn')).toContain('“deploy” 5 Jan 2026, 10:00 UTC to 5 Jan 2026, 10:01 UTC: v2');
    await expect(type('event churn deploy now v3')).rejects.toThrow('the role responder');
  });

  it.each([
    ['holiday 2026-01-02', 'one of deploy, expected, note'],
    ['expected', 'a day or a time, or `now`'],
    ['expected soon', 'a date such as 2026-03-01'],
    ['expected 2026-01-04 2026-01-02 sale', 'an end after the beginning'],
    [`note 2026-01-04 ${'x'.repeat(201)}`, 'a text of at most 200 characters'],
  ])('refuses %s', async (typed, expected) => {
    await expect(type(`event churn ${typed}`)).rejects.toThrow(expected);
  });
});
