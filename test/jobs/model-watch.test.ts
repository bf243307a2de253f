import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Database, openDatabase } from '../../src/db/index.ts';
import type { Model } from '../../src/domain/model.ts';
import {
  createModelWatch,
  createSchedule,
  MODELS_JOB,
  MODELS_SCHEDULE,
  type ModelWatch,
  type Schedule,
} from '../../src/jobs/index.ts';
import { NOW } from '../builders/reports.ts';
import { registeredModel } from '../builders/stores.ts';
import { silentLogger } from '../doubles/recording-chat.ts';

const MINUTE_MS = 60_000;
const migrationsFolder = join(import.meta.dirname, '..', '..', 'drizzle');
let folder: string;
/** Two connections to one file, as two processes have them. */
let bot: Database;
let other: Database;
let schedule: Schedule;
let watch: ModelWatch;
let onTime: string[];

const label = ({ slug, revision }: Model) => `${slug} ${revision}`;

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
  folder = mkdtempSync(join(tmpdir(), 'driftbell-watch-'));
  const path = join(folder, 'driftbell.sqlite');
  bot = openDatabase({ path, migrationsFolder });
  other = openDatabase({ path, migrationsFolder });
  onTime = [];
  schedule = createSchedule(silentLogger());
  watch = createModelWatch({
    ...{ schedule, expression: '5 * * * *', models: bot.stores.models.list },
    turn: async (model) => onTime.push(label(model)),
  });
  registeredModel(bot.stores, { slug: 'churn' });
  watch.reconcile();
  schedule.put({ name: MODELS_JOB, expression: MODELS_SCHEDULE, zone: 'UTC', run: async () => watch.reconcile() });
});

afterEach(async () => {
  await schedule.stop();
  bot.close();
  other.close();
  rmSync(folder, { recursive: true, force: true });
  vi.useRealTimers();
});

const timers = () =>
  schedule
    .next()
    .map(({ name }) => name)
    .filter((name) => name.startsWith('check '))
    .toSorted();

describe('a running bot', () => {
  it('takes up within a minute what another process registers, and looks at it once, at its time', async () => {
    registeredModel(other.stores, { slug: 'fraud' });
    expect(timers()).toEqual(['check churn']);

    await vi.advanceTimersByTimeAsync(MINUTE_MS);
    expect(timers()).toEqual(['check churn', 'check fraud']);
    expect(onTime).toEqual([]);
    await vi.advanceTimersByTimeAsync(10 * MINUTE_MS);

    expect(onTime).toEqual(['churn 1', 'fraud 1']);
  });

  it('looks at what another process has edited as it is now, in its new zone', async () => {
    const model = other.stores.models.bySlug('churn') as Model;
    const before = schedule.next().find(({ name }) => name === 'check churn')?.at;

    other.stores.models.update(model.id, { ...model, zone: 'Asia/Kolkata' }, model.revision);
    await vi.advanceTimersByTimeAsync(MINUTE_MS);

    // Five past the hour in India is 35 past it in UTC.
    expect(schedule.next().find(({ name }) => name === 'check churn')?.at).toBe((before ?? 0) + 30 * MINUTE_MS);
    await vi.advanceTimersByTimeAsync(60 * MINUTE_MS);
    expect(onTime).toEqual(['churn 2']);
  });

  it('leaves alone what another process has retired, even before it has noticed', async () => {
    await vi.advanceTimersByTimeAsync(4 * MINUTE_MS + 30_000);
    const { id } = other.stores.models.bySlug('churn') as Model;
    other.stores.models.retire(id, NOW);

    await vi.advanceTimersByTimeAsync(MINUTE_MS);

    expect(onTime).toEqual([]);
    expect(timers()).toEqual([]);
  });

  it('does nothing more for what was registered, changed or retired by itself', async () => {
    const fraud = registeredModel(bot.stores, { slug: 'fraud' });
    watch.put(fraud);
    bot.stores.models.retire((bot.stores.models.bySlug('churn') as Model).id, NOW);
    watch.remove({ slug: 'churn' });

    await vi.advanceTimersByTimeAsync(10 * MINUTE_MS);

    expect(timers()).toEqual(['check fraud']);
    expect(onTime).toEqual(['fraud 1']);
  });
});
