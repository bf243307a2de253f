import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Demo, runDemo } from '../../src/demo/run-demo.ts';
import { createSystemClock } from '../../src/platform/system-clock.ts';
import { silentLogger } from '../doubles/recording-chat.ts';
import { chromiumNote, hasChromium, launchBrowser } from './browser.ts';

/** The injected unit change begins on this day: the walk stops before it, and the test goes on by hand. */
const FAULT_DAY = '2001-05-09';
const SECOND_FAULT_DAY = '2001-05-10';
const MINUTES_MS = 60_000;

describe.skipIf(!hasChromium)(`the demonstration ${chromiumNote}`, () => {
  let demo: Demo;
  let browser: Browser;
  let page: Page;
  const stopping = new AbortController();

  beforeAll(async () => {
    [demo, browser] = await Promise.all([
      runDemo({
        port: 0,
        until: FAULT_DAY,
        memoryLimit: '2GB',
        threads: 2,
        clock: createSystemClock(),
        logger: silentLogger(),
        progress: () => undefined,
        announce: () => undefined,
        signal: stopping.signal,
      }),
      launchBrowser(),
    ]);
    page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    await page.goto(demo.local.workspace.pageUrl);
    await page.getByTestId('channel-model-health').click();
  }, 2 * MINUTES_MS);

  afterAll(async () => {
    stopping.abort();
    await browser?.close();
    await demo?.close();
  }, MINUTES_MS);

  async function command(text: string): Promise<string> {
    const answers = page.getByTestId('ephemeral');
    const before = await answers.count();
    await page.getByTestId('composer-input').fill(text);
    await page.keyboard.press('Enter');
    await expect.poll(() => answers.count(), { timeout: 60_000 }).toBe(before + 1);
    // What takes longer than a moment says so first; the result takes its place.
    await expect.poll(() => answers.last().textContent(), { timeout: 60_000 }).not.toContain('Working on');
    return (await answers.last().textContent()) ?? '';
  }

  const posts = () => demo.local.workspace.state.messages(channelId()).filter(({ threadTs }) => threadTs === undefined);
  const channelId = () => demo.local.workspace.state.channelNamed('model-health')?.id ?? '';

  it('shows a report of the injected default, said to be injected, with its picture', async () => {
    const report = page.getByTestId('message').filter({ hasText: 'Injected on purpose' }).last();
    await report.waitFor();

    expect(await report.textContent()).toContain('distance mean');
    const image = report.getByTestId('image').first();
    await image.scrollIntoViewIfNeeded();
    await expect
      .poll(() => image.evaluate((element) => (element as unknown as { naturalWidth: number }).naturalWidth))
      .toBeGreaterThan(300);
    expect(await image.getAttribute('alt')).toMatch(/distance .*0/);
  });

  it('stores a thumb down, asks why, and shows it in the message', async () => {
    const report = page.getByTestId('message').filter({ hasText: 'Injected on purpose' }).last();

    await report.getByRole('button', { name: /not useful/i }).click();

    await expect.poll(() => demo.core.stores.votes.count()).toBe(1);
    await expect.poll(() => report.textContent(), { timeout: 60_000 }).toContain('👎 not useful');
    await expect.poll(() => page.getByTestId('ephemeral').last().textContent()).toContain('Why?');
  });

  it('answers /drift status with what it watches', async () => {
    expect(await command('/drift status flight-delay')).toContain('6 columns');
  });

  it('answers a mistyped command kindly', async () => {
    expect(await command('/drift regster')).toContain('Did you mean /drift register');
  });

  it('posts nothing new while it is muted, though the next fault is found', async () => {
    const before = posts().length;

    expect(await command('/drift mute flight-delay 4h')).toContain('is muted until');
    const answer = await command(`/drift run flight-delay ${FAULT_DAY}`);
    await command(`/drift run flight-delay ${SECOND_FAULT_DAY}`);
    await demo.local.bot.outbox.drain();

    expect(answer).toContain('A report was opened');
    expect(demo.core.stores.reports.open(demo.model.id)?.state).toBe('firing');
    expect(posts()).toHaveLength(before);
  });

  it('posts what fires once it is unmuted', async () => {
    const before = posts().length;

    expect(await command('/drift unmute flight-delay')).toContain('no longer muted');

    await expect.poll(() => posts().length, { timeout: 60_000 }).toBe(before + 1);
    expect(posts().at(-1)?.text).toContain('Injected on purpose');
  });
});
