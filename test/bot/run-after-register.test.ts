import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { UserId } from '../../src/domain/identifiers.ts';
import { windowAt } from '../../src/domain/window.ts';
import { LOCAL_CHANNEL, type LocalBot, startLocalBot } from '../../src/local-bot.ts';
import { type Core, createCore } from '../../src/main.ts';
import { createSystemClock } from '../../src/platform/system-clock.ts';
import type { Clock } from '../../src/ports/clock.ts';
import { silentLogger } from '../doubles/recording-chat.ts';
import { waitFor } from '../wait-for.ts';

const OWNER = 'U0OWNER' as UserId;
const DAY_MS = 86_400_000;
const DAYS = 60;
const ROWS = 20;
/** Days without the column, the last of them yesterday. */
const EMPTY_DAYS = 3;

const system = createSystemClock();
/** Of the bot: shows long work again after this long, and a history is computed in less. */
const PAUSE_MS = 3_000;
let aheadMs = 0;
const clock: Clock = { ...system, now: () => system.now() + aheadMs };
const folder = mkdtempSync(join(tmpdir(), 'driftbell-run-'));
const source = join(folder, 'scored.jsonl');
const today = windowAt(clock.now(), 'UTC', 'day');
let core: Core;
let local: LocalBot;

function lines(): string[] {
  return Array.from({ length: DAYS }, (_, place) => {
    const startMs = today.startMs - (DAYS - place) * DAY_MS;
    const isEmpty = place >= DAYS - EMPTY_DAYS;
    return Array.from({ length: ROWS }, (_, row) => {
      const scored_at = new Date(startMs + row * 3_600_000).toISOString();
      return JSON.stringify({ scored_at, age: isEmpty ? null : 30 + ((row * 7 + place * 3) % 11) });
    });
  }).flat();
}

beforeAll(async () => {
  writeFileSync(source, `${lines().join('\n')}\n`);
  const options = { memoryLimit: '1GB', threads: 1, clock, logger: silentLogger() };
  core = await createCore({ databasePath: join(folder, 'bot.sqlite'), ...options });
  local = await startLocalBot(core, { port: 0 });
});

afterAll(async () => {
  await local?.stop();
  await core?.close();
  rmSync(folder, { recursive: true, force: true });
});

it('a run right after the registration waits for the history, and its report begins where the fault did', async () => {
  const { workspace } = local;
  const channel = workspace.state.channelNamed(LOCAL_CHANNEL)?.id ?? '';
  const type = (text: string) => workspace.issueCommand({ user: OWNER, channel, text });
  const answers = () => workspace.state.ephemerals(channel).map(({ text }) => text);
  const until = <T>(look: () => T | undefined | false, what: string) =>
    waitFor(look, what, { seconds: 40, shown: () => answers().join('\n') });

  await type(`/drift register churn --source ${source} --time-column scored_at --lateness 0 --zone UTC`);
  const model = await until(() => core.stores.models.bySlug('churn'), 'the model');
  await type('/drift run churn');
  await until(() => answers().some((text) => text.startsWith('Working on “/drift run”')), 'that it works');
  aheadMs = PAUSE_MS;
  await until(() => answers().some((text) => /history is still being computed/.test(text)), 'that it waits');
  await until(() => answers().some((text) => /series judged/.test(text)), 'the answer of the run');

  const [report, ...others] = core.stores.reports.list(model.id);
  const found = report?.findings.find(({ series }) => series.column === 'age');
  expect(others).toEqual([]);
  expect(found?.from.startMs).toBe(today.startMs - EMPTY_DAYS * DAY_MS);
});
