import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { UserId } from '../../src/domain/identifiers.ts';
import { type LocalBot, startLocalBot } from '../../src/local-bot.ts';
import { type Core, createCore } from '../../src/main.ts';
import { createSystemClock } from '../../src/platform/system-clock.ts';
import { registeredModel } from '../builders/stores.ts';
import { silentLogger } from '../doubles/recording-chat.ts';

const clock = createSystemClock();
const TWO_TURNS_OF_THE_OUTBOX_MS = 2_500;
let folder: string;
let core: Core;
let local: LocalBot | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'driftbell-timers-'));
});

afterEach(async () => {
  await local?.stop();
  local = undefined;
  await core?.close();
  rmSync(folder, { recursive: true, force: true });
});

it('a bot with its schedules has a timer for each thing that it does by itself, and tells of the digest at home', async () => {
  const databasePath = join(folder, 'bot.sqlite');
  core = await createCore({ databasePath, memoryLimit: '100MB', clock, logger: silentLogger() });
  const owner = 'U0OWNER' as UserId;
  registeredModel(core.stores, { owners: [owner], channel: 'C0MODELS1' });
  local = await startLocalBot(core, { port: 0, schedule: '5 * * * *', digestSchedule: '0 9 * * 1' });

  expect(local.bot.schedule.next().map(({ name }) => name)).toEqual([
    'digest C0MODELS1',
    'digest channels',
    'housekeeping',
    'check churn',
    'models',
  ]);
  await local.workspace.openHome(owner);
  for (let tries = 0; tries < 500 && local.workspace.state.home(owner) === undefined; tries += 1) await clock.sleep(20);
  const home = JSON.stringify(local.workspace.state.home(owner)?.blocks);
  expect(home).toContain('*Weekly digest* of ');
  expect(home).toMatch(/ · next \d+ \w+ \d{4}, \d\d:05 UTC/);
});

it('a bot that cannot start stops what it has started, and leaves the database alone', async () => {
  const error = vi.fn();
  const logger = { ...silentLogger(), error };
  core = await createCore({ databasePath: join(folder, 'bot.sqlite'), memoryLimit: '100MB', clock, logger });
  registeredModel(core.stores, { owners: ['U0OWNER' as UserId], channel: 'C0MODELS1' });
  vi.spyOn(core.stores.runs, 'begin').mockImplementation(() => {
    throw new Error('the disk is full');
  });

  await expect(startLocalBot(core, { port: 0, schedule: '5 * * * *' })).rejects.toThrow('the disk is full');
  await core.close();
  await clock.sleep(TWO_TURNS_OF_THE_OUTBOX_MS);

  expect(error).not.toHaveBeenCalled();
});
