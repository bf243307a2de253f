import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deliverDue } from '../src/alerting/index.ts';
import type { Model } from '../src/domain/model.ts';
import { parseWindow, shiftWindow, type Window } from '../src/domain/window.ts';
import { checkWindow, fillHistory } from '../src/jobs/index.ts';
import { type Core, createCore } from '../src/main.ts';
import { parseDeclaration } from '../src/registry/index.ts';
import { USER } from './builders/reports.ts';
import { fakeClock } from './builders/stores.ts';
import { recordingChat, silentLogger } from './doubles/recording-chat.ts';

/** Days are numbered from the first; 30 of them are there when the model is registered. */
const HISTORY_DAYS = 30;
const ROWS_PER_DAY = 200;
const FIRST = parseWindow('2026-01-01', 'UTC', 'day');

const EVERY_COLUMN = {
  scored_at: 'moment AS scored_at',
  age: '(40 + 10 * sin(i * 7 + d))::DOUBLE AS age',
  plan: "['free', 'pro', 'team'][1 + (i * 7 + d) % 3] AS plan",
  score: '(0.5 + 0.1 * sin(i * 3 + d * 5))::DOUBLE AS score',
};

/** Real SQLite, DuckDB, TensorFlow.js and charts; only the chat is a double. The source is one Parquet file. */
describe('columns that go, come and change', () => {
  const folder = mkdtempSync(join(tmpdir(), 'driftbell-columns-'));
  const location = join(folder, 'scored.parquet');
  const clock = fakeClock(dayAt(HISTORY_DAYS).startMs + 4 * 3_600_000);
  const chat = recordingChat();
  let core: Core;
  let model: Model;

  beforeAll(async () => {
    await write(location, { days: HISTORY_DAYS });
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
  }, 60_000);

  afterAll(async () => {
    await core.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function live(day: number, source: Partial<SourceOptions> = {}): Promise<string | undefined> {
    await write(location, { days: day + 1, ...source });
    clock.set(dayAt(day + 1).startMs + 4 * 3_600_000);
    const outcome = await checkWindow(core.checks, model, dayAt(day));
    await deliverDue({ stores: core.stores, chat, charts: core.charts, clock, logger: core.logger });
    return outcome?.step;
  }

  it('reports a column that has vanished, once, and resolves when it is back', async () => {
    const steps = [
      await live(30),
      await live(31, { columns: { ...EVERY_COLUMN, age: undefined } }),
      await live(32),
      await live(33),
    ];

    expect(steps).toEqual(['quiet', 'open', 'wait', 'resolve']);
    expect(core.stores.reports.latest(model.id)?.findings).toMatchObject([
      { series: { column: 'age', statistic: 'coverage' }, rule: 'column_vanished', worst: { value: null } },
    ]);
    expect(chat.posts.map(({ message }) => message.text)).toEqual([
      '🛑 Critical: churn. `age` is gone from the source, since Sun 1 Feb 2026; the score has not moved.',
    ]);
    expect(chat.updates.at(-1)?.message.text).toBe(
      '✅ Resolved: churn. Back in the source. `age` was gone, Sun 1 Feb 2026; the score has not moved.',
    );
  });
});

function dayAt(number: number): Window {
  return shiftWindow(FIRST, number, 'UTC', 'day');
}

interface SourceOptions {
  readonly days: number;
  readonly columns: Readonly<Record<string, string | undefined>>;
}

async function write(
  location: string,
  { days, columns = EVERY_COLUMN }: { days: number } & Partial<SourceOptions>,
): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const selected = Object.values(columns).filter((sql) => sql !== undefined);
  await connection.run(
    `COPY (
       SELECT ${selected.join(', ')}
       FROM (
         SELECT i, d, TIMESTAMP '2026-01-01' + INTERVAL 1 DAY * d + INTERVAL 5 MINUTE * i AS moment
         FROM range(${days}) days(d), range(${ROWS_PER_DAY}) rows(i)
       )
     ) TO '${location}' (FORMAT parquet)`,
  );
  connection.closeSync();
  instance.closeSync();
}
