import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deliverDue } from '../src/alerting/index.ts';
import type { Model } from '../src/domain/model.ts';
import type { Report } from '../src/domain/report.ts';
import { parseWindow, shiftWindow, type Window } from '../src/domain/window.ts';
import { writeParquet } from '../src/engines/duckdb/index.ts';
import { catchUp, checkWindow, fillHistory } from '../src/jobs/index.ts';
import { type Core, createCore } from '../src/main.ts';
import { parseDeclaration } from '../src/registry/index.ts';
import { USER } from './builders/reports.ts';
import { fakeClock } from './builders/stores.ts';
import { plainRenderer, type RecordingChat, recordingChat, silentLogger } from './doubles/recording-chat.ts';

/** Days are numbered from 1 January 2026; this many are there when a model is registered. */
const HISTORY_DAYS = 30;
const ROWS_PER_DAY = 200;
const HOUR_MS = 3_600_000;

const USUAL: Columns = {
  scored_at: 'moment',
  age: '(40 + 10 * sin(i * 7 + d))::DOUBLE',
  plan: "['free', 'pro', 'team'][1 + (i * 7 + d) % 3]",
  score: '(0.5 + 0.1 * sin(i * 3 + d * 5))::DOUBLE',
};
const { age: AGE = '', ...WITHOUT_AGE } = USUAL;
const NEW: Columns = { ...USUAL, region: "['north', 'south'][1 + i % 2]" };
const RENAMED: Columns = { ...WITHOUT_AGE, customer_age: AGE };
const JUNK: Columns = { ...USUAL, age: `CASE WHEN i % 4 = 0 THEN 'n/a' ELSE (${AGE})::VARCHAR END` };

/** Real SQLite, DuckDB and TensorFlow.js; only the chat and its pictures are doubles. */
describe.each([
  { source: 'one Parquet file', location: (folder: string) => join(folder, 'scored.parquet') },
  { source: 'a folder with a Parquet file a day', location: (folder: string) => join(folder, 'days') },
])('columns of $source', ({ source, location }) => {
  const bot = runningBot(location, source.startsWith('one') ? writeWhole : writeDays);

  it('vanish: one finding on one series, over when the column is back', async () => {
    const steps = [await bot.live(30), await bot.live(31, WITHOUT_AGE), await bot.live(32), await bot.live(33)];

    expect(steps).toEqual(['quiet', 'open', 'wait', 'resolve']);
    expect(facts(bot.latest())).toEqual(['age coverage column_vanished 2026-02-01..2026-02-01 no value']);
    expect(bot.posted()).toBe(
      '🛑 Critical: churn. “age” is gone from the source, since Sun 1 Feb 2026; the score has not moved.',
    );
    expect(bot.shown()).toBe(
      '✅ Resolved: churn. Back in the source. “age” was gone, Sun 1 Feb 2026; the score has not moved.',
    );
  });

  it('become text with some junk: one finding that says so with an example', async () => {
    const steps = [await bot.live(34, JUNK), await bot.live(35, JUNK), await bot.live(36), await bot.live(37)];

    expect(steps).toEqual(['open', 'develop', 'wait', 'resolve']);
    expect(facts(bot.latest())).toEqual(['age coverage type_changed 2026-02-04..2026-02-05 0.75']);
    expect(bot.posted()).toBe(
      '🛑 Critical: churn. “age” has become text: DOUBLE is now VARCHAR; 50 of 200 values are no number, such as "n/a", ' +
        'since Wed 4 Feb 2026; the score has not moved.',
    );
    expect(bot.shown()).toContain('✅ Resolved: churn. Back to its type. “age” was of another type, 4–5 Feb 2026');
  });

  it('come: told once and quietly, then known and left out', async () => {
    const steps = [await bot.live(38, NEW), await bot.live(39, NEW), await bot.live(40, NEW), await bot.live(41, NEW)];

    expect(steps).toEqual(['open', 'wait', 'resolve', 'quiet']);
    expect(facts(bot.latest())).toEqual(['region coverage column_new 2026-02-08..2026-02-08 no value']);
    expect(bot.posted()).toBe(
      '🔹 Notable: churn. “region” is new in the source and is not watched yet (VARCHAR), since Sun 8 Feb 2026; ' +
        'the score has not moved.',
    );
    expect(bot.core.stores.models.newColumns(bot.model.id)).toEqual([
      { name: 'region', type: 'VARCHAR', reason: 'new since 2026-02-08, not watched' },
    ]);
  });

  it('are renamed: the note of the one that is gone names the one that is new', async () => {
    const steps = [await bot.live(42, RENAMED), await bot.live(43), await bot.live(44)];

    expect(steps).toEqual(['open', 'wait', 'resolve']);
    expect(facts(bot.latest())).toEqual([
      'age coverage column_vanished 2026-02-12..2026-02-12 no value',
      'customer_age coverage column_new 2026-02-12..2026-02-12 no value',
    ]);
    expect(bot.posted()).toContain(
      '🛑 Critical: churn. “age” is gone from the source; “customer_age” is new and of the same type, ' +
        'since Thu 12 Feb 2026; the score has not moved. Likely cause: 2 columns, one cause:',
    );
  });

  it('say the same, and nothing a second time, when all windows are computed and judged again', async () => {
    const { core, model } = bot;
    const days = Array.from({ length: 45 }, (_, day) => dayAt(day));
    const problems = () =>
      days
        .flatMap((day) => core.stores.statistics.window(model.id, day))
        .flatMap(({ window, column, problems: found }) => found.map(({ code }) => `${window.key} ${column} ${code}`));
    // One file has the columns of its newest day: computed again, the days before are healthy in it.
    const isOfItsDay = (problem: string) => source !== 'one Parquet file' || problem.endsWith('column_new');
    const before = problems().filter(isOfItsDay);
    const posts = bot.chat.posts.length;

    await core.checks.steps.statistics(model, days, {});
    for (const day of days) await checkWindow(core.checks, model, day);
    await bot.deliver();

    expect(problems()).toEqual(before);
    expect(bot.chat.posts).toHaveLength(posts);
  });
});

/** As many windows as passed while nobody looked. */
describe('a column that vanishes while the bot is down', () => {
  const bot = runningBot((folder) => join(folder, 'scored.parquet'), writeWhole);

  it('is gone in the windows that were never read, and still there in those that were', async () => {
    await bot.live(30);
    await bot.write(34, WITHOUT_AGE);
    bot.clock.set(dayAt(34).startMs + 4 * HOUR_MS);
    await catchUp(bot.core.checks, bot.model);
    await bot.core.checks.steps.statistics(bot.model, [dayAt(20)], {});

    const problemsOn = (day: number) =>
      bot.core.stores.statistics
        .window(bot.model.id, dayAt(day))
        .filter(({ column }) => column === 'age')
        .flatMap(({ problems }) => problems.map(({ code }) => code));
    expect([20, 30, 31, 32, 33].map(problemsOn)).toEqual([
      [],
      [],
      ['column_vanished'],
      ['column_vanished'],
      ['column_vanished'],
    ]);
    expect(facts(bot.latest())).toEqual(['age coverage column_vanished 2026-02-01..2026-02-03 no value']);
  });

  it('is told of for two weeks, then taken as usual, which the report says', async () => {
    const steps = new Map<number, string | undefined>();
    for (let day = 34; day < 52; day += 1) steps.set(day, await bot.live(day, WITHOUT_AGE));

    const resolved = [...steps].find(([, step]) => step === 'resolve')?.[0];
    expect(resolved).toBeGreaterThan(31 + 14);
    expect([...steps.values()].filter((step) => step === 'open')).toEqual([]);
    expect(bot.shown()).toMatch(
      /Resolved: churn\. Not over, but lasting so long that it is taken as usual\. “age” is gone from the source, /,
    );
  });
});

describe('columns of a CSV file, whose types are guessed', () => {
  const bot = runningBot((folder) => join(folder, 'scored.csv'), writeCsv);
  const odd = (every: number): Columns => ({
    ...USUAL,
    age: `CASE WHEN i % ${every} = 0 THEN 'n/a' ELSE (${AGE})::VARCHAR END`,
  });

  it('have not changed because all of a day is missing, or one value is odd', async () => {
    await bot.live(30, { ...USUAL, age: 'NULL' });
    const missing = facts(bot.latest());
    await bot.live(31);
    await bot.live(32);
    expect(await bot.live(33, odd(ROWS_PER_DAY))).toBe('quiet');

    expect(missing?.map((fact) => fact.split(' ')[2])).toEqual(['all_missing']);
  });

  it('have changed when enough of their values are of another type', async () => {
    expect(await bot.live(34, odd(4))).toBe('open');
    expect(facts(bot.latest())).toEqual(['age coverage type_changed 2026-02-04..2026-02-04 0.75']);
    expect(bot.posted()).toContain(
      '“age” has values of another type: 50 of 200 values are no number, such as "n/a", since',
    );
  });

  it('are gone and come as in any other source', async () => {
    await bot.live(35, RENAMED);

    expect(facts(bot.latest())?.map((fact) => fact.split(' ').slice(0, 3).join(' '))).toEqual([
      'age coverage column_vanished',
      'customer_age coverage column_new',
    ]);
  });
});

interface Bot {
  readonly core: Core;
  readonly model: Model;
  readonly chat: RecordingChat;
  readonly clock: ReturnType<typeof fakeClock>;
  /** Writes the days before a day, the last of them with these columns. */
  write(days: number, columns?: Columns): Promise<void>;
  /** A day with these columns, checked on the morning after; what it did to the report. */
  live(day: number, columns?: Columns): Promise<string | undefined>;
  deliver(): Promise<void>;
  latest(): Report | undefined;
  /** The newest message as it was posted, and as it stands now. */
  posted(): string | undefined;
  shown(): string | undefined;
}

type Columns = Readonly<Record<string, string>>;
type Writer = (location: string, days: number, columns: Columns) => Promise<void>;

/** A bot with a model that has a month of history; it lives as long as the tests of its block. */
function runningBot(locationIn: (folder: string) => string, writer: Writer): Bot {
  const folder = mkdtempSync(join(tmpdir(), 'driftbell-columns-'));
  const location = locationIn(folder);
  const clock = fakeClock(dayAt(HISTORY_DAYS).startMs + 4 * HOUR_MS);
  const chat = recordingChat();
  let core: Core;
  let model: Model;
  const write: Bot['write'] = (days, columns = USUAL) => writer(location, days, columns);

  beforeAll(async () => {
    for (let days = 1; days <= HISTORY_DAYS; days += 1)
      if (writer === writeDays || days === HISTORY_DAYS) await write(days);
    core = await createCore({
      databasePath: join(folder, 'driftbell.sqlite'),
      memoryLimit: '1GB',
      clock,
      logger: silentLogger(),
    });
    const settings = parseDeclaration({
      slug: 'churn',
      source: { location },
      timeColumn: 'scored_at',
      scoreColumn: 'score',
      zone: 'UTC',
      channel: 'C0MODELS1',
    });
    const registration = await core.register(settings, USER);
    model = registration.model;
    await fillHistory(core.checks, model, registration.range);
  });

  afterAll(async () => {
    await core.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const deliver = async () => {
    await deliverDue({ stores: core.stores, chat, charts: plainRenderer(), clock, logger: core.logger });
  };
  return {
    get core() {
      return core;
    },
    get model() {
      return model;
    },
    chat,
    clock,
    write,
    deliver,
    async live(day, columns) {
      await write(day + 1, columns);
      clock.set(dayAt(day + 1).startMs + 4 * HOUR_MS);
      const outcome = await checkWindow(core.checks, model, dayAt(day));
      await deliver();
      return outcome?.step;
    },
    latest: () => core.stores.reports.latest(model.id),
    posted: () => chat.posts.at(-1)?.message.text,
    shown: () => chat.updates.at(-1)?.message.text,
  };
}

function facts(report: Report | undefined): string[] | undefined {
  return report?.findings.map(({ series, rule, from, to, worst }) =>
    [series.column, series.statistic, rule, `${from.key}..${to.key}`, worst.value ?? 'no value'].join(' '),
  );
}

function dayAt(number: number): Window {
  return shiftWindow(parseWindow('2026-01-01', 'UTC', 'day'), number, 'UTC', 'day');
}

/** All days in one file, which has the columns of its newest day. */
async function writeWhole(location: string, days: number, columns: Columns): Promise<void> {
  await writeParquet(rowsSql(0, days, columns), location);
}

/** A file for the newest day; those of the days before stay as they were. */
async function writeDays(folder: string, days: number, columns: Columns): Promise<void> {
  mkdirSync(folder, { recursive: true });
  await writeParquet(rowsSql(days - 1, days, columns), join(folder, `${dayAt(days - 1).key}.parquet`));
}

/** All days in one file; the columns are those of the newest day, the values those of each day. */
async function writeCsv(location: string, days: number, columns: Columns): Promise<void> {
  const before = Object.entries(columns).map(([name]) => [name, USUAL[name] ?? 'NULL']);
  const parts = [rowsSql(0, days - 1, Object.fromEntries(before)), rowsSql(days - 1, days, columns)];
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(`COPY (${parts.join(' UNION ALL ')}) TO '${location}' (FORMAT csv)`);
  connection.closeSync();
  instance.closeSync();
}

function rowsSql(from: number, to: number, columns: Columns): string {
  const selected = Object.entries(columns).map(([name, sql]) => `${sql} AS ${name}`);
  return `SELECT ${selected.join(', ')} FROM (
    SELECT i, d, TIMESTAMP '2026-01-01' + INTERVAL 1 DAY * d + INTERVAL 5 MINUTE * i AS moment
    FROM range(${from}, ${to}) days(d), range(${ROWS_PER_DAY}) rows(i)
  )`;
}
