import type { HomeView } from '@slack/types';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { chromiumNote, hasChromium, launchBrowser } from '../e2e/browser.ts';
import { violations } from './axe.ts';
import { anna } from './bolt-app.ts';
import { postReport, readyPicture, registerSample } from './page-app.ts';
import { openPage, type PageBench } from './page-bench.ts';

const text = (value: string) => ({ type: 'plain_text', text: value }) as const;
const homeView: HomeView = {
  type: 'home',
  blocks: [
    { type: 'header', text: text('My models') },
    {
      type: 'section',
      text: { type: 'mrkdwn', text: '*delay-v3* · well' },
      accessory: { type: 'button', action_id: 'report.vote', text: text('Status') },
    },
    {
      type: 'actions',
      elements: [
        { type: 'timepicker', action_id: 'report.when', initial_time: '09:00' },
        { type: 'multi_users_select', action_id: 'report.menu' },
      ],
    },
  ],
};

describe.skipIf(!hasChromium)(`axe ${chromiumNote}`, () => {
  let browser: Browser;
  let bench: PageBench;

  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser?.close());
  beforeEach(async () => {
    bench = await openPage(browser, registerSample, {
      shortcuts: [{ type: 'message', name: 'Mute this', callbackId: 'mute', description: 'Mutes the model' }],
    });
  });
  afterEach(async () => {
    await bench.close();
    expect(bench.faults).toEqual([]);
  });

  it.each(['light', 'dark'] as const)('finds nothing in channel, thread, modal and home, %s', async (colorScheme) => {
    const { page, app, workspace } = bench;
    await page.emulateMedia({ colorScheme });
    await postReport(app, workspace, await readyPicture(app, workspace));
    await page.getByTestId('message').first().getByTestId('image').waitFor();
    await page.getByTestId('composer-input').fill('/e');
    expect(await violations(page), 'channel with suggestions').toEqual([]);
    await page.getByTestId('composer-input').fill('');

    await page.getByTestId('thread-link').click();
    await page.getByTestId('thread').getByText('first seen on').waitFor();
    expect(await violations(page), 'thread').toEqual([]);
    await page.getByTestId('messages').getByTestId('message-menu').press('Enter');
    await page.getByTestId('menu').waitFor();
    expect(await violations(page), 'menu').toEqual([]);
    await page.keyboard.press('Escape');

    await page.getByTestId('messages').getByRole('button', { name: 'Mute …' }).click();
    await page.getByTestId('modal').waitFor();
    await page.getByTestId('modal-submit').click();
    await page.getByText('Please complete this required field.').waitFor();
    expect(await violations(page), 'modal with an error').toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByTestId('modal').waitFor({ state: 'detached' });

    await app.client.views.publish({ user_id: anna, view: homeView });
    await page.getByTestId('app-home').click();
    await page.getByTestId('home').waitFor();
    expect(await violations(page), 'home').toEqual([]);
  });
});
