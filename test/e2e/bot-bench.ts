import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { createPreviewTable } from '../../src/bot/preview-table.ts';
import { LOCAL_CHANNEL, type LocalBot, startLocalBot } from '../../src/local-bot.ts';
import { type Core, createCore } from '../../src/main.ts';
import { createSystemClock } from '../../src/platform/system-clock.ts';
import { silentLogger } from '../doubles/recording-chat.ts';

export type Person = 'owner' | 'responder' | 'guest' | 'partner';

/** The whole bot in the local workspace, and a browser tab in its channel. */
export interface BotBench {
  readonly core: Core;
  readonly local: LocalBot;
  readonly page: Page;
  actAs(person: Person): Promise<void>;
  /** Types into the message box of the channel; the final answer to the person, however long it takes. */
  command(text: string): Promise<string>;
  /** Types into the open thread; the answer there. */
  mention(text: string): Promise<string>;
  close(): Promise<void>;
}

const ANSWER_TIMEOUT_MS = 60_000;
/** What is shown until the result of long work takes its place. */
const INTERIM = /^Working on/;

export async function startBotBench(browser: Browser, mode: 'socket' | 'http'): Promise<BotBench> {
  const folder = await mkdtemp(join(tmpdir(), 'driftbell-e2e-'));
  const options = { memoryLimit: '1GB', threads: 2, clock: createSystemClock(), logger: silentLogger() };
  const core = await createCore({ databasePath: join(folder, 'e2e.sqlite'), ...options });
  const local = await startLocalBot(core, { port: 0, mode, previewTable: createPreviewTable(options) });
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  page.setDefaultTimeout(ANSWER_TIMEOUT_MS);
  await page.goto(local.workspace.pageUrl);
  await page.getByTestId(`channel-${LOCAL_CHANNEL}`).click();

  /** The text of the newest ephemeral that came after `act` and is no interim. */
  async function answerTo(place: string, act: () => Promise<unknown>): Promise<string> {
    const answers = page.getByTestId(place).getByTestId('ephemeral');
    const before = await answers.count();
    await act();
    await answers.nth(before).waitFor();
    const body = answers.last().locator('.blocks, .text').first();
    await answers.last().locator('.blocks, .text').filter({ hasNotText: INTERIM }).first().waitFor();
    return (await body.textContent()) ?? '';
  }
  async function type(box: string, text: string): Promise<void> {
    await page.getByTestId(box).fill(text);
    await page.getByTestId(box).press('Enter');
  }

  return {
    core,
    local,
    page,
    async actAs(person) {
      await page.getByTestId('user-switch').selectOption(`U0${person.toUpperCase()}`);
    },
    command: (text) => answerTo('messages', () => type('composer-input', text)),
    mention: (text) => answerTo('thread', () => type('thread-composer-input', `@driftbell ${text}`)),
    async close() {
      await page.close();
      await local.stop();
      await core.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
