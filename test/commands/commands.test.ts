import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CheckSummary, type CommandDeps, commands, runCommand } from '../../commands/index.ts';
import type { Database } from '../../src/db/index.ts';
import type { ModelSettings } from '../../src/domain/model.ts';
import { requireUntil } from '../../src/domain/until.ts';
import type { Message } from '../../src/messages/message.ts';
import { commandDeps } from '../builders/command-deps.ts';
import { day } from '../builders/detections.ts';
import { finding, NOW, USER } from '../builders/reports.ts';
import { memoryDatabase, registeredModel } from '../builders/stores.ts';

let database: Database;
let deps: CommandDeps;
let registered: ModelSettings | undefined;
const invocation = { user: USER, channel: 'C0MODELS1' };

beforeEach(() => {
  database = memoryDatabase();
  registered = undefined;
  deps = commandDeps(database.stores, {
    check: async (_model, window) => ({
      window: window ?? day(0),
      unreadColumns: 0,
      judgedSeries: 12,
      anomalies: 3,
      step: 'open',
      reportId: 1,
    }),
    register: async (settings) => {
      registered = settings;
      const model = registeredModel(database.stores, { slug: settings.slug });
      return {
        model,
        columns: database.stores.models.columns(model.id),
        leftOut: [{ name: 'user_id', type: 'VARCHAR', reason: 'looks like an identifier' }],
        rows: 1234,
        range: { firstMs: NOW, lastMs: NOW },
      };
    },
  });
});

afterEach(() => database.close());

const type = async (typed: string): Promise<Message> => (await runCommand(deps, typed, invocation)).message;

describe('/drift', () => {
  it('shows help for nothing and for help, with every command in it', async () => {
    const help = await type('');

    expect(await type('help')).toEqual(help);
    for (const { name } of commands) expect(help.text).toContain(name);
  });

  it.each([
    { name: 'label', taken: ['--statistic <name>', '--healthy'] },
    {
      name: 'vote',
      taken: ['real', 'false-alarm', 'expected-once', 'new-normal', 'not-important', '--finding <number>'],
    },
  ])('lists every word and option of $name in its help', async ({ name, taken }) => {
    const list = (await type(`help ${name}`)).blocks.find((block) => block.type === 'list');

    expect(list?.items.map(([first]) => first)).toMatchObject(taken.map((words) => ({ style: 'code', text: words })));
  });

  it('has a usage that begins with the name, and examples that parse, for every command', () => {
    for (const command of commands) {
      expect(command.usage.split(' ')[0]).toBe(command.name);
      expect(command.examples.length).toBeGreaterThan(0);
      for (const example of command.examples) expect(example.split(' ')[0]).toBe(command.name);
    }
  });

  it('shows every option of a command that help is asked about', async () => {
    const help = JSON.stringify((await type('help Register')).blocks);

    const options = commands.find(({ name }) => name === 'register')?.options ?? [];
    expect(options.length).toBeGreaterThan(10);
    for (const { name, value, summary } of options) {
      expect(help).toContain(`--${name} <${value}>`);
      expect(help).toContain(summary);
    }
  });

  it('refuses help about a command that there is not, with the nearest', async () => {
    await expect(type('help regster')).rejects.toThrow('got "regster". Did you mean `/drift register`');
    await expect(type('help nosuch')).rejects.toThrow('See them with `/drift help`');
  });

  it('offers the nearest command for a typing error', async () => {
    await expect(type('regster x')).rejects.toThrow('Did you mean `/drift register`');
    await expect(type('xyzzy')).rejects.toThrow('See them with `/drift help`');
  });

  it('offers the nearest model for a typing error', async () => {
    registeredModel(database.stores, { slug: 'flight-delay' });

    await expect(type('status flght-delay')).rejects.toThrow('Did you mean `flight-delay`');
  });

  it.each(['status', 'mute', 'mute churn', 'unmute', 'run', 'report', 'register'])(
    'says what %s lacks',
    async (typed) => {
      registeredModel(database.stores);

      await expect(type(typed)).rejects.toThrow(/^Expected (<|--)/);
    },
  );

  it('refuses words and options that it does not know', async () => {
    await expect(type('list everything')).rejects.toThrow('the extra word "everything"');
    await expect(type('status churn --json yes')).rejects.toThrow('the option --json');
  });
});

describe('/drift list', () => {
  it('says what to do while there is no model', async () => {
    expect((await type('list')).text).toContain('Register one with “/drift register”');
  });

  it('tells how each model is', async () => {
    const model = registeredModel(database.stores);
    expect((await type('list')).text).toBe('1 watched model: churn (not judged yet).');

    database.stores.reports.insert({ modelId: model.id, severity: 'high', opened: day(30), findings: [finding()] });

    expect((await type('list')).text).toContain('churn (firing, high, report #');
  });
});

describe('/drift mute and unmute', () => {
  it('mutes until a time that it echoes, writes who did it, and undoes it', async () => {
    const model = registeredModel(database.stores);

    const answer = await type('mute churn 4h backfill is running');

    expect(answer.text).toBe('churn is muted until 1 Feb 2026, 13:00 UTC. Undo with “/drift unmute churn”.');
    expect(database.stores.mutes.active(model.id, NOW + 1)).toMatchObject({ by: USER, reason: 'backfill is running' });
    expect(database.stores.audit.of('model:churn').map(({ action }) => action)).toContain('model.mute');
    expect((await type('unmute churn')).text).toBe('churn is no longer muted.');
    expect((await type('unmute churn')).text).toBe('churn was not muted.');
  });

  it('repeats the whole of a duration that it cannot read', async () => {
    registeredModel(database.stores);

    await expect(type('mute churn 5 bananas')).rejects.toThrow('"5 bananas"');
  });

  it('replaces an older mute, also a longer one', async () => {
    const model = registeredModel(database.stores);
    await type('mute churn 3d');
    await type('mute churn 1h shorter');

    expect(database.stores.mutes.active(model.id, NOW + 1)).toMatchObject({ untilMs: NOW + 3_600_000 });
    expect((await type('status churn')).text).toContain('mute until 1 Feb 2026, 10:00 UTC (shorter)');
  });

  it.each(['5', '0m', '31d', 'soon', '-3h', '1e9d'])('refuses the duration %s', async (duration) => {
    registeredModel(database.stores);

    await expect(type(`mute churn ${duration}`)).rejects.toThrow('a duration from 1m to 30d');
  });

  it.each([
    { duration: '31d', words: 'Expected at most 30d' },
    { duration: '99999999d', words: 'Expected at most 30d' },
    { duration: '0m', words: 'Expected at least 1m' },
    { duration: '-3h', words: 'no negative one: ' },
  ])('says why $duration is refused', ({ duration, words }) => {
    expect(() => requireUntil([duration])).toThrow(words);
  });

  it('shows the whole text where a duration cannot be read', () => {
    expect(() => requireUntil(['5', 'bananas'])).toThrow('got "5 bananas"');
  });
});

describe('/drift run', () => {
  it('judges the window that was named', async () => {
    registeredModel(database.stores);

    expect((await type('run churn 2026-01-31')).text).toBe(
      'churn, Sat 31 Jan 2026: 12 series judged, 3 anomalous. A report was opened (#1).',
    );
  });

  it.each<{ summary: Partial<CheckSummary>; words: string }>([
    { summary: { step: 'not landed' }, words: 'the window has not landed yet' },
    {
      summary: { step: 'not landed', landing: { state: 'late', text: '3 of about 9 rows so far', rows: 3 } },
      words: 'not judged. The window is late: 3 of about 9 rows so far; it is judged when its rows are there',
    },
    {
      summary: { step: 'not landed', landing: { state: 'waiting', text: 'rows may come until noon', rows: null } },
      words: 'not judged. The window is waiting: rows may come until noon; it is judged after that.',
    },
    {
      summary: {
        step: 'quiet',
        landing: { state: 'missing', text: 'no rows, though there are rows after it', rows: 0 },
      },
      words: 'missing: no rows, though there are rows after it; ',
    },
    {
      summary: { step: 'quiet', judgedSeries: 0, anomalies: 0 },
      words: 'no series has the unbroken history that a band needs. Quiet',
    },
    {
      summary: { step: 'open', judgedSeries: 0, anomalies: 2 },
      words: 'that a band needs, 2 broke a rule that needs none.',
    },
    { summary: { step: 'past' }, words: 'later windows have been judged' },
    { summary: { step: 'quiet', unreadColumns: 2 }, words: '2 columns could not be read' },
  ])('says $words', async ({ summary, words }) => {
    registeredModel(database.stores);
    const { check } = deps;
    deps = { ...deps, check: async (model, window) => ({ ...(await check(model, window)), ...summary }) };

    expect((await type('run churn')).text).toContain(words);
  });

  it('names the newest window with rows when the source has ended', async () => {
    const model = registeredModel(database.stores);
    const row = {
      segment: '',
      column: '*',
      role: 'traffic',
      rows: 9,
      statistics: { traffic: 9 },
      problems: [],
    } as const;
    database.stores.statistics.replaceWindows(model.id, [day(0)], [{ ...row, window: day(0) }]);
    const { check } = deps;
    deps = { ...deps, check: async (...asked) => ({ ...(await check(...asked)), judgedSeries: 0, step: 'quiet' }) };

    expect((await type('run churn 2026-02-03')).text).toContain(
      'The newest window whose rows were counted is Thu 1 Jan 2026: “/drift run churn 2026-01-01” judges it.',
    );
  });

  it('says that a muted model posts nothing', async () => {
    registeredModel(database.stores);
    await type('mute churn 1h');

    expect((await type('run churn')).text).toContain('The model is muted: nothing is posted.');
  });

  it('refuses what is no day', async () => {
    registeredModel(database.stores);

    await expect(type('run churn tomorrow')).rejects.toThrow('a date such as 2026-03-01');
  });
});

describe('/drift report', () => {
  it('shows the newest report, or says that there was none', async () => {
    const model = registeredModel(database.stores);
    expect((await type('report churn')).text).toBe('churn has had no report yet.');

    database.stores.reports.insert({ modelId: model.id, severity: 'high', opened: day(30), findings: [finding()] });

    expect((await type('report churn')).text).toContain('🔶 High: churn. Age mean is 29 %');
  });
});

describe('/drift register', () => {
  it('declares a model in the channel and for the person that typed it', async () => {
    const answer = await type(
      'register demand --source "/data/a b/*.parquet" --time-column ts —score-column s --query-column q --features age,plan --kind plan=categorical --default age=-1',
    );

    expect(registered).toMatchObject({
      slug: 'demand',
      source: { location: '/data/a b/*.parquet' },
      timeColumn: 'ts',
      scoreColumn: 's',
      queryColumn: 'q',
      features: ['age', 'plan'],
      declaredKinds: { plan: 'categorical' },
      defaults: { age: -1 },
      owners: [USER],
      channel: 'C0MODELS1',
      zone: 'UTC',
      granularity: 'day',
    });
    expect(answer.text).toContain('demand is watched: 3 columns, 1,234 rows');
    expect(JSON.stringify(answer.blocks)).toContain('looks like an identifier');
  });

  it('shows what each feature is worth, and which of the table are not watched', async () => {
    const { register } = deps;
    deps = {
      ...deps,
      register: async (settings, by) => ({
        ...(await register(settings, by)),
        columns: [
          { name: 'age', role: 'feature', kind: 'numeric', importance: 0.31 },
          { name: 'plan', role: 'feature', kind: 'categorical', importance: 0.0004567 },
          { name: 'city', role: 'feature', kind: 'categorical' },
        ],
        importancePassedOver: ['ghost'],
      }),
    };

    const answer = await type('register demand --source a.csv --time-column t --importance "/data/by gain.csv"');

    expect(registered?.importanceSource).toEqual({ location: '/data/by gain.csv' });
    const shown = JSON.stringify(answer.blocks);
    for (const words of [
      ' numeric feature, importance 31 %',
      'importance 0.0457 %',
      ' categorical feature"',
      'ghost',
    ]) {
      expect(shown).toContain(words);
    }
  });

  it.each(['<#C024BE7LR|general>', '<#C024BE7LR>', 'C024BE7LR'])('takes the channel %s', async (channel) => {
    await type(`register demand --source a.csv --time-column t --channel ${channel}`);

    expect(registered?.channel).toBe('C024BE7LR');
  });

  it.each([
    {
      typed: 'register Bad!Slug --source a.csv --time-column t',
      words: 'the model name to be small letters, digits, dashes and underscores, 2 to 63, begin',
    },
    { typed: 'register ok --source a.csv --time-column t --zone Mars/Base', words: 'an IANA zone' },
    {
      typed: 'register ok --source a.csv --time-column t --granularity week',
      words: 'Expected --granularity to be one of day, hour',
    },
    { typed: 'register ok --source a.csv', words: '--time-column' },
    { typed: 'register ok --source a.csv --time-column t --importance ""', words: '--importance' },
    { typed: 'register ok --source a.csv --time-column t --lateness -5', words: '--lateness to be at least 0, got -5' },
    {
      typed: 'register ok --source a.csv --time-column t --lateness abc',
      words: '--lateness to be a number, got "abc"',
    },
    { typed: 'register ok --source a.csv --time-column t --lateness 1.5', words: '--lateness to be a whole number' },
    { typed: 'register ok --source a.csv --time-column t --lateness 99999', words: '--lateness to be at most 20160' },
    { typed: 'register ok --source a.csv --time-column t --kind plan=x', words: '--kind plan to be one of numeric' },
    { typed: 'register ok --source a.csv --time-column t --format xml', words: '--format to be one of parquet' },
    { typed: 'register ok --source a.csv --time-column t --kind plan', words: '--kind column=value' },
    { typed: 'register ok --source a.csv --time-column t --colour red', words: 'the option --colour' },
  ])('refuses $typed', async ({ typed, words }) => {
    await expect(type(typed)).rejects.toThrow(words);
    expect(registered).toBeUndefined();
  });
});

describe('/drift status', () => {
  it('tells the report, the checks, the mute and what is watched', async () => {
    const model = registeredModel(database.stores);
    database.stores.reports.insert({ modelId: model.id, severity: 'high', opened: day(30), findings: [finding()] });

    const { text } = await type('status churn');

    expect(text).toContain('firing: Age mean is 29 %');
    expect(text).toContain('last check none yet');
    expect(text).toContain('watched 3 columns');
    expect(text).not.toContain('column faults');
    expect(text).not.toContain('new columns');
  });

  it('names the columns that are gone or of another type, and those that have come', async () => {
    const model = registeredModel(database.stores);
    const { models, statistics } = database.stores;
    models.putNewColumns(model.id, [{ name: 'city', type: 'VARCHAR', reason: 'new since 2026-01-30, not watched' }]);
    const row = { window: day(30), segment: '', role: 'feature', rows: 9, statistics: {} } as const;
    statistics.replaceWindows(
      model.id,
      [day(30)],
      [
        { ...row, column: 'age', problems: [{ code: 'column_vanished', text: 'is gone from the source' }] },
        { ...row, column: 'plan', problems: [{ code: 'type_changed', text: '1 of 9 values is no number', rows: 1 }] },
      ],
    );

    const { text } = await type('status churn');

    expect(text).toContain(
      'column faults “age” is gone from the source; new columns “city” new since 2026-01-30, not watched;',
    );
  });
});
