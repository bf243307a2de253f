import { existsSync } from 'node:fs';
import type { App } from '@slack/bolt';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Workspace } from '../../src/workspace/index.ts';
import { channelId, startApp, startWorkspace } from './bolt-app.ts';
import { postReport, readyPicture, registerSample } from './page-app.ts';

const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const shotsDirectory = process.env.WORKSPACE_SHOTS;
const hasChromium = existsSync(executablePath);
const suite = hasChromium
  ? 'the page in Chromium'
  : `the page (skipped: no Chromium at ${executablePath}, set CHROMIUM_PATH)`;

describe.skipIf(!hasChromium)(suite, () => {
  let browser: Browser;
  let workspace: Workspace;
  let app: App;
  let page: Page;
  let faults: string[];

  beforeAll(async () => {
    const args = [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--no-first-run',
    ];
    browser = await chromium.launch({ executablePath, args });
  });
  afterAll(() => browser.close());

  beforeEach(async () => {
    workspace = await startWorkspace({
      title: 'Driftbell local workspace',
      commands: [
        { command: '/echo', description: 'Says it again', usageHint: 'text' },
        { command: '/other', description: 'Does nothing', usageHint: '' },
      ],
      limits: { fileReadyDelayMs: 20 },
    });
    app = await startApp(workspace, registerSample);
    page = await browser.newPage({ viewport: { width: 1280, height: 860 } });
    faults = [];
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('request', (request) => {
      if (!request.url().startsWith(workspace.url)) faults.push(`foreign request ${request.url()}`);
    });
    await page.goto(workspace.pageUrl);
    await page.getByTestId('channel-ml-health').click();
  });
  afterEach(async () => {
    await page.close();
    await app.stop();
    await workspace.close();
    expect(faults).toEqual([]);
  });

  it('completes a typed command and shows the answer to its person only', async () => {
    await page.getByTestId('composer-input').fill('/e');
    await page.keyboard.press('Tab');
    await page.keyboard.type('hello');
    await page.keyboard.press('Enter');

    const answer = page.getByTestId('ephemeral');
    await answer.waitFor();
    expect(await answer.locator('strong').textContent()).toBe('hello');
    await page.getByTestId('user-switch').selectOption('bruno');
    expect(await answer.count()).toBe(0);
    await page.getByTestId('user-switch').selectOption('anna');
    await page.getByTestId('dismiss').click();
    await expect.poll(() => answer.count()).toBe(0);
  });

  it('shows a report with its picture and the change after a press', async () => {
    await postReport(app, workspace, await readyPicture(app, workspace));
    const message = page.getByTestId('message').first();
    const image = message.getByTestId('image');
    await image.waitFor();
    await expect
      .poll(() => image.evaluate((node) => (node as unknown as { naturalWidth: number }).naturalWidth))
      .toBe(640);
    expect(await message.locator('img[src=x]').count()).toBe(0);
    expect(await message.textContent()).toContain('<b>not markup</b>');
    if (shotsDirectory) await shoot(page, shotsDirectory);

    await message.getByRole('button', { name: 'Acknowledge' }).click();

    await message.getByText('Acknowledged by').waitFor();
    expect(await message.getByTestId('edited').count()).toBe(1);
  });

  it('keeps a vote pressed, asks before a risky choice, and opens the thread', async () => {
    await postReport(app, workspace, await readyPicture(app, workspace));
    await page.getByRole('button', { name: 'Real' }).click();
    await expect.poll(() => page.getByRole('button', { name: 'Real' }).getAttribute('aria-pressed')).toBe('true');

    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Details' }).click();
    await page.getByTestId('confirm-yes').click();
    await page.getByTestId('confirm-dialog').waitFor({ state: 'detached' });
    await page.getByTestId('thread-link').click();
    await page.getByTestId('thread').getByText('first seen on').waitFor();
    await page.getByTestId('thread-composer-input').fill('@echobot why');
    await page.keyboard.press('Enter');

    await page.getByTestId('thread').getByText('why').waitFor();
  });

  it('shows a modal, its errors, and closes it when the app is content', async () => {
    await postReport(app, workspace, await readyPicture(app, workspace));
    await page.getByRole('button', { name: 'Mute …' }).click();
    const modal = page.getByTestId('modal');
    await modal.getByTestId('modal-submit').click();
    await modal.getByText('Please complete this required field.').waitFor();

    await modal.getByLabel('Reason').fill('hm');
    await modal.getByTestId('modal-submit').click();
    await modal.getByText('Say a little more.').waitFor();
    if (shotsDirectory) await page.screenshot({ path: `${shotsDirectory}/modal.png` });
    await modal.getByLabel('Reason').fill('planned backfill');
    await modal.getByTestId('modal-submit').click();

    await modal.waitFor({ state: 'detached' });
    expect(workspace.state.views()).toEqual([]);
  });

  it('says when the app is not connected and names a failed command', async () => {
    await app.stop();
    await page.getByText('echobot is not connected').first().waitFor();

    await page.getByTestId('composer-input').fill('/echo hello');
    await page.getByTestId('composer-send').click();

    await page.getByTestId('ephemeral').getByText('dispatch_failed').waitFor();
    expect(workspace.state.ephemerals(channelId(workspace, 'ml-health'))).toHaveLength(1);
  });
});

async function shoot(page: Page, directory: string): Promise<void> {
  await page.getByTestId('composer-input').fill('/');
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    for (const [width, height] of [
      [1280, 1700],
      [390, 844],
    ] as const) {
      await page.setViewportSize({ width, height });
      await page.getByTestId('messages').evaluate((node) => ((node as unknown as { scrollTop: number }).scrollTop = 0));
      await page.screenshot({ path: `${directory}/workspace-${width}-${scheme}.png` });
    }
  }
  await page.setViewportSize({ width: 1280, height: 860 });
  await page.emulateMedia({ colorScheme: 'light' });
  await page.getByTestId('composer-input').fill('');
}
