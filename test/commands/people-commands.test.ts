import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CommandDeps, createModelPresses, runCommand } from '../../commands/index.ts';
import type { Database } from '../../src/db/index.ts';
import { SYSTEM_USER, type UserId } from '../../src/domain/identifiers.ts';
import type { Model } from '../../src/domain/model.ts';
import type { Report } from '../../src/domain/report.ts';
import { parseModelsFile, retire } from '../../src/registry/index.ts';
import { accessOf } from '../builders/access.ts';
import { commandDeps } from '../builders/command-deps.ts';
import { day } from '../builders/detections.ts';
import { finding, NOW, USER } from '../builders/reports.ts';
import { memoryDatabase, registeredModel } from '../builders/stores.ts';

const BEN = 'U0BEN' as UserId;

let database: Database;
let deps: CommandDeps;
let model: Model;
let report: Report;

beforeEach(() => {
  database = memoryDatabase();
  const { stores } = database;
  deps = commandDeps(stores, { retire: (given, by) => retire(deps, { model: given, by }) });
  model = registeredModel(stores);
  report = stores.reports.insert({ modelId: model.id, severity: 'high', opened: day(30), findings: [finding()] });
  stores.reports.setPosted(report.id, { channel: model.channel, ts: '1.000100' });
});

afterEach(() => database.close());

async function type(typed: string, user = USER, inThread = false): Promise<string> {
  const caller = { user, channel: model.channel, ...(inThread ? { report } : {}) };
  return (await runCommand(deps, typed, caller)).message.text;
}

const notes = () =>
  database.stores.outbox.due(NOW + 1, 50).flatMap((entry) => (entry.kind === 'note' ? [entry.message.text] : []));
const inForce = () => database.stores.mutes.inForce(model.id, NOW + 1);

describe('a mute of a part of a model', () => {
  it.each(['mute churn age 7d backfill', 'mute churn AGE 7d backfill', 'mute churn ag 7d backfill'])(
    'is of one column: %s',
    async (typed) => {
      expect(await type(typed)).toBe(
        'age of churn is muted until 8 Feb 2026, 09:00 UTC. Undo with “/drift unmute churn age”.',
      );
      expect(inForce()).toMatchObject([{ scope: { column: 'age' }, reason: 'backfill' }]);
      expect(notes()).toContain('🔕 Muted: age until 8 Feb 2026, 09:00 UTC: backfill.');
    },
  );

  it('is understood in the thread of a report without the model', async () => {
    await type('mute age 7d', USER, true);
    await type('mute traffic until fri 09:00', USER, true);
    await type('mute 4h', USER, true);

    expect(inForce().map(({ scope }) => scope?.column)).toEqual(['age', '*', undefined]);
  });

  it('replaces one of the same part and leaves the others', async () => {
    await type('mute churn age 7d');
    await type('mute churn plan 7d');
    await type('mute churn age 1h');

    expect(inForce().map(({ scope, untilMs }) => [scope?.column, untilMs - NOW])).toEqual([
      ['plan', 7 * 86_400_000],
      ['age', 3_600_000],
    ]);
    expect(await type('unmute churn age')).toBe('age of churn is no longer muted.');
    expect(await type('unmute churn age')).toBe('age of churn was not muted.');
    expect(inForce().map(({ scope }) => scope?.column)).toEqual(['plan']);
  });

  it('may last until it changes, from where it stands now', async () => {
    expect(await type('mute churn age until it changes')).toContain('is muted until it changes, at most until');
    expect(inForce()[0]?.untilChange?.levels.map(({ series }) => series.column)).toEqual(['age']);
    await expect(type('mute churn plan until it changes')).rejects.toThrow('a finding of report #1 that may change');
  });

  it.each([
    ['mute churn agee 7d', 'Did you mean `age`'],
    ['mute churn nosuch 7d', 'Choose one of traffic, age, plan, score'],
    ['mute churn age soon', 'a duration from 1m to 30d'],
    ['mute churn age', 'a duration from 1m to 30d'],
  ])('is refused kindly: %s', async (typed, words) => {
    await expect(type(typed)).rejects.toThrow(words);
    expect(inForce()).toEqual([]);
  });

  it('is undone by the button in the thread, once', async () => {
    await type('mute churn age 7d');
    const press = { muteId: inForce()[0]?.id as never, user: BEN };

    const presses = createModelPresses(deps);

    expect((await presses.endMute(press)).text).toBe('The mute of churn has ended.');
    expect((await presses.endMute(press)).text).toBe('This mute had ended already.');
    expect(notes().at(-1)).toMatch(/mute|Mute/);
    expect(database.stores.audit.of('model:churn').at(-1)).toMatchObject({ action: 'model.unmute', by: BEN });
  });
});

describe('/drift ack', () => {
  it('says who looks after the report; of two people the second is told', async () => {
    expect(await type('ack churn')).toContain('Report #1 on churn is yours');
    await expect(type('ack', BEN, true)).rejects.toThrow('which is acknowledged already');
  });

  it('is taken back by the button, and the thread says by whom', async () => {
    await type('ack churn');

    await createModelPresses(deps).unacknowledge({ reportId: report.id, user: BEN });

    expect(database.stores.reports.byId(report.id)).toMatchObject({ state: 'firing' });
    expect(database.stores.reports.byId(report.id)).not.toHaveProperty('acknowledgedBy');
    expect(notes()).toContain('Released: nobody looks after it now.');
    await expect(createModelPresses(deps).unacknowledge({ reportId: report.id, user: BEN })).rejects.toThrow(
      'which is firing',
    );
  });

  it('says so when there is nothing to look after', async () => {
    registeredModel(database.stores, { slug: 'calm' });

    await expect(type('ack calm')).rejects.toThrow('an open report on calm');
  });
});

describe('/drift retire', () => {
  it('asks first, and its button retires the model once', async () => {
    const presses = createModelPresses(deps);

    expect(await type('retire churn')).toContain('Retire churn?');
    expect(database.stores.models.list()).toHaveLength(1);

    expect((await presses.retire({ modelId: model.id, user: USER })).text).toBe('churn is retired.');
    expect((await presses.retire({ modelId: model.id, user: USER })).text).toContain('retired already');
    expect(database.stores.models.list()).toEqual([]);
    expect(database.stores.audit.of('model:churn').filter(({ action }) => action === 'model.retire')).toHaveLength(1);
  });

  it('checks the role again when the button is pressed', async () => {
    const presses = createModelPresses({ ...deps, access: accessOf('responder') });

    await expect(presses.retire({ modelId: model.id, user: BEN })).rejects.toThrow('the role owner for churn');
    expect(database.stores.models.list()).toHaveLength(1);
  });
});

describe('/drift settings', () => {
  it('shows and exports the declaration as a file that can be imported', async () => {
    const { message } = await runCommand(deps, 'settings export churn', { user: USER, channel: model.channel });

    const file = message.blocks.flatMap((block) => (block.type === 'preformatted' ? [block.text] : [])).join('\n');
    expect(parseModelsFile(file, 'models.yaml')).toMatchObject([
      { settings: { slug: 'churn', timeColumn: 'scored_at' } },
    ]);
    expect(await type('settings show churn')).toBe('Settings of churn');
    await expect(type('settings shew churn')).rejects.toThrow('show, set or export');
  });

  it('changes what is named, for owners', async () => {
    const changed: unknown[] = [];
    deps = {
      ...deps,
      edit: async (given, settings) => {
        changed.push(settings.latenessMinutes);
        return { model: given, changed: ['latenessMinutes'] };
      },
    };

    expect(await type('settings set churn lateness=180')).toBe('churn is changed: lateness minutes.');
    deps = { ...deps, access: accessOf('responder') };
    await expect(type('settings set churn lateness=1')).rejects.toThrow('the role owner for churn');
    expect(changed).toEqual([180]);
    deps = { ...deps, access: accessOf('owner') };
    await expect(type('settings set churn')).rejects.toThrow('name=value of what is to change');
  });
});

describe('quiet hours', () => {
  it('are set and ended as words, and what is none is refused with what it takes', async () => {
    const saved: unknown[] = [];
    deps = {
      ...deps,
      edit: async (given, settings) => {
        saved.push(settings.quietHours);
        return { model: given, changed: ['quietHours'] };
      },
    };

    expect(await type('settings set churn quiet-hours="22:00-07:00 weekends unless high"')).toBe(
      'churn is changed: quiet hours.',
    );
    await type('edit churn --quiet-hours off');
    await expect(type('edit churn --quiet-hours nightly')).rejects.toThrow('22:00-07:00 weekends unless high');

    expect(saved).toEqual([{ night: { from: '22:00', to: '07:00' }, weekends: true, unless: 'high' }, undefined]);
  });

  it('are told by status, list and export', async () => {
    const night = { night: { from: '08:00', to: '10:00' }, weekends: false, unless: 'critical' } as const;
    database.stores.models.update(model.id, { ...model, quietHours: night }, model.revision);

    expect(await type('status churn')).toContain('quiet hours 08:00-10:00, except for critical reports (UTC)');
    expect(await type('list')).toContain('quiet hours until 1 Feb 2026, 10:00 UTC');
    expect((await runCommand(deps, 'settings export', { user: USER, channel: 'C0' })).message.blocks).toMatchObject([
      {},
      { text: expect.stringContaining('quiet-hours: 08:00-10:00') },
    ]);
  });
});

describe('/drift unmute', () => {
  it('says of a model of which only a part was muted which part it was', async () => {
    await type('mute churn age 7d');

    expect(await type('unmute churn')).toBe('age of churn is no longer muted.');
    expect(await type('unmute churn')).toBe('churn was not muted.');
  });
});

describe('/drift settings set', () => {
  it('works on a model with filters and a budget of its own, and leaves these as they are', async () => {
    database.stores.models.setFilters(model.id, { minimumRows: 200 });
    database.stores.models.setBudget(model.id, { reportsPerMonth: 2 });
    const given: unknown[] = [];
    deps = {
      ...deps,
      edit: async (before, settings) => {
        given.push(settings);
        return { model: before, changed: ['latenessMinutes'] };
      },
    };

    expect(await type('settings set churn lateness=120')).toContain('churn is changed: lateness minutes');
    expect(given).toMatchObject([{ slug: 'churn', latenessMinutes: 120 }]);
    expect(given[0]).not.toHaveProperty('filters');
    expect(given[0]).not.toHaveProperty('budget');
  });
});

describe('owners of /drift settings set', () => {
  it('are people and user groups, not names', async () => {
    await expect(type('settings set churn owners=bob')).rejects.toThrow(
      'Expected --owners to be people or user groups',
    );
  });
});

describe('holidays of /drift settings set', () => {
  it.each([
    ['DE-BY', 'DE-BY'],
    ['off', undefined],
    ['none', undefined],
    ['', undefined],
  ])('take %j', async (typed, kept) => {
    database.stores.models.update(model.id, { ...model, holidays: 'US' }, model.revision);
    const given: unknown[] = [];
    deps = {
      ...deps,
      edit: async (before, settings) => {
        given.push(settings.holidays);
        return { model: before, changed: ['holidays'] };
      },
    };

    await type(`settings set churn holidays=${typed}`);

    expect(given).toEqual([kept]);
  });
});

describe('/drift audit', () => {
  it('shows who did what and who was denied what, the newest first', async () => {
    await type('mute churn 4h');
    deps = { ...deps, access: accessOf('viewer') };
    await expect(type('mute churn 4h', BEN)).rejects.toThrow('the role responder');
    deps = { ...deps, access: accessOf('admin') };

    expect(await type('audit')).toBe(
      `The newest 2 entries of the audit: 1 Feb 2026, 09:00 UTC: @${BEN} was refused: /drift mute on churn takes the role responder, theirs is viewer; 1 Feb 2026, 09:00 UTC: @${USER} muted churn until 1 Feb 2026, 13:00 UTC.`,
    );
    expect(await type(`audit churn --by <@${BEN}|ben> --action access.denied`)).toContain('The one entry of the audit');
    expect(await type('audit nosuch')).toBe('Nothing of that kind is in the audit.');
  });

  it('of a model tells what was done with its reports as well, votes among it, and nothing of another model', async () => {
    const other = registeredModel(database.stores, { slug: 'fraud' });
    database.stores.reports.insert({ modelId: other.id, severity: 'high', opened: day(30), findings: [finding()] });
    await type('mute churn 4h');
    await type(`vote ${report.id} real`);
    await type(`vote ${report.id + 1} false-alarm`);
    await type(`vote ${report.id} not-important`, BEN);

    const done = '1 Feb 2026, 09:00 UTC: ';
    expect(await type('audit churn')).toBe(
      [
        `The newest 3 entries of the audit: ${done}@${BEN} voted 👎 not useful (not important) on report #1 of churn`,
        `${done}@${USER} voted 👍 real on report #1 of churn`,
        `${done}@${USER} muted churn until 1 Feb 2026, 13:00 UTC.`,
      ].join('; '),
    );
    expect(await type('audit churn --action vote.cast')).toContain('The newest 2 entries of the audit');
    expect(await type('audit fraud')).toContain('on report #2 of fraud');
  });

  it('gives the entries as they are kept where that is asked, with times that a machine reads', async () => {
    await type('mute churn age 4h backfill');

    const { message } = await runCommand(deps, 'audit --raw', { user: USER, channel: model.channel });

    const block = message.blocks.find((one) => one.type === 'preformatted');
    expect(JSON.parse(block?.text ?? '')).toMatchObject({
      at: '2026-02-01T09:00:00.000Z',
      action: 'model.mute',
      facts: { scope: { column: 'age' }, reason: 'backfill' },
    });
  });

  it('is for admins', async () => {
    deps = { ...deps, access: accessOf('owner') };

    await expect(type('audit')).rejects.toThrow('the role admin');
  });
});

describe('a refusal for the role', () => {
  it.each([
    ['viewer', 'doctor', 'ask a responder to do it, or an admin of Driftbell'],
    ['viewer', 'audit', 'ask an admin of Driftbell'],
    ['responder', 'audit', '`/drift doctor` names the settings'],
  ] as const)('sends a %s who typed “%s” only where the role may go', async (role, typed, words) => {
    deps = { ...deps, access: accessOf(role) };

    const refusal = await type(typed).catch((thrown: Error) => thrown.message);

    expect(refusal.toLowerCase()).toContain(words.toLowerCase());
    expect(refusal.includes('doctor')).toBe(role !== 'viewer');
  });
});

describe('a name that is no id', () => {
  it.each([
    ['audit --by nobody', 'Expected a person as @mention or id such as `U024BE7LH`, got "nobody".'],
    ['audit --by @anna', 'got "@anna". Type @ and pick the person'],
    ['digest #nowhere', 'Expected a channel as #mention or id such as `C024BE7LR`, got "#nowhere".'],
  ])('is said to be none: %s', async (typed, words) => {
    await expect(type(typed)).rejects.toThrow(words);
  });

  it('is no mistake where something acted under it, nor is an id of which nothing is known', async () => {
    database.stores.audit.add({
      at: NOW,
      by: SYSTEM_USER,
      action: 'detector.promote',
      subject: 'driftbell',
      facts: {},
    });

    expect(await type(`audit --by ${SYSTEM_USER}`)).toContain('The one entry of the audit');
    expect(await type(`audit --by ${SYSTEM_USER} --action model.mute`)).toBe('Nothing of that kind is in the audit.');
    expect(await type('audit --by <@U0NOBODY1|nobody>')).toBe('Nothing of that kind is in the audit.');
    expect(await type('digest <#C0NOWHERE1|nowhere>')).toContain('No model reports to this channel');
  });
});
