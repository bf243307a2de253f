import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Team } from '../../src/workspace/index.ts';
import { chromiumNote, hasChromium, launchBrowser } from '../e2e/browser.ts';
import { violations } from './axe.ts';
import { anna, bruno, channelId } from './bolt-app.ts';
import { readyPicture, registerSample } from './page-app.ts';
import { openPage, type PageBench } from './page-bench.ts';
import { call } from './raw-client.ts';

const carla = 'U0CARLA';

describe.skipIf(!hasChromium)(`the page ${chromiumNote}, with two workspaces`, () => {
  let browser: Browser;
  let bench: PageBench;
  let page: Page;
  let second: Team;

  beforeAll(async () => {
    browser = await launchBrowser();
    bench = await openPage(browser, registerSample, {
      teamName: 'Airline',
      channels: ['general', 'ml-health', { name: 'owners', isPrivate: true, members: [anna] }],
      otherTeams: [{ teamName: 'Railway', channels: ['trains'], users: [{ id: carla, name: 'carla' }] }],
    });
    page = bench.page;
    const [other] = bench.workspace.otherTeams;
    if (!other) throw new Error('expected a second workspace, got none');
    second = other;
  });
  afterAll(async () => {
    await bench?.close();
    await browser?.close();
    expect(bench?.faults ?? []).toEqual([]);
  });

  const here = (id: string) => page.getByTestId(`team-${id}`).getAttribute('aria-current');
  const channels = () => page.getByTestId('sidebar').locator('[data-testid^="channel-"]').allTextContents();

  it('tells of news in the other, goes there by keyboard, and acts there as its people', async () => {
    const trains = second.state.channelNamed('trains')?.id ?? '';
    await call(bench.workspace, 'chat.postMessage', { channel: trains, text: 'A train is late' }, second.botToken);
    const row = page.getByTestId(`team-${second.teamId}`);
    await row.getByText('new messages').waitFor();
    await row.focus();
    await page.keyboard.press('Enter');

    await page.getByTestId('message').getByText('A train is late').waitFor();
    expect(await channels()).toEqual(['#trains']);
    expect(await page.getByTestId('user-switch').locator('option').allTextContents()).toEqual(['carla']);
    expect(await row.evaluate((node) => node.matches(':focus'))).toBe(true);
    expect([await here(second.teamId), await here(bench.workspace.teamId)]).toEqual(['page', null]);
    expect(await page.title()).toBe('# trains · Railway · Local workspace');
    await page.getByTestId('composer-input').fill('/echo hello');
    await page.keyboard.press('Enter');
    await page.getByTestId('ephemeral').getByText('hello').waitFor();
    expect(second.state.ephemerals(trains)).toMatchObject([{ recipient: carla }]);
    expect(bench.workspace.state.ephemerals()).toEqual([]);
  });

  it('finds each workspace as it was left, after a reload too, with what was typed and who one was', async () => {
    await page.getByTestId('composer-input').fill('half a sentence');
    await page.getByTestId(`team-${bench.workspace.teamId}`).click();
    await page.getByTestId('channel-general').click();
    await page.getByTestId('user-switch').selectOption('bruno');
    expect(await page.getByTestId('composer-input').inputValue()).toBe('');

    await page.getByTestId(`team-${second.teamId}`).click();
    await expect.poll(() => page.getByTestId('composer-input').inputValue()).toBe('half a sentence');
    await page.getByTestId('composer-input').fill('');
    await page.reload();
    await page.getByTestId('channel-trains').waitFor();
    await page.getByTestId(`team-${bench.workspace.teamId}`).click();
    await page.getByTestId('channel-general').waitFor();

    expect(await page.getByTestId('user-switch').inputValue()).toBe(bruno);
  });

  it('lists files with size, person, place and time, opens them large, and goes to where one stands', async () => {
    const { workspace, app } = bench;
    const channel = channelId(workspace, 'ml-health');
    const file = await readyPicture(app, workspace);
    await readyPicture(app, workspace);
    const image = { type: 'image', slack_file: { id: file }, alt_text: 'Score mean falls' };
    await call(workspace, 'chat.postMessage', { channel, text: 'The report', blocks: [image] });
    for (let day = 1; day <= 20; day += 1) await call(workspace, 'chat.postMessage', { channel, text: `Later ${day}` });
    await page.getByTestId('user-switch').selectOption('anna');
    await page.getByTestId('files-row').click();

    const files = page.getByTestId('file');
    await files.nth(1).waitFor();
    const size = workspace.state.file(file)?.size ?? 0;
    expect(await files.nth(0).textContent()).toContain('In no message');
    expect(await files.nth(1).textContent()).toMatch(
      new RegExp(
        `^chart\\.png${(size / 1000).toFixed(1)} kB · echobot · \\d+ \\w+ \\d{4}, \\d\\d:\\d\\dIn # ml-healthDownload`,
      ),
    );
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await violations(page), colorScheme).toEqual([]);
    }
    await files.nth(1).getByRole('button', { name: 'Enlarge' }).press('Enter');
    await page.getByTestId('lightbox').getByRole('img').waitFor();
    await page.keyboard.press('Escape');
    await files.nth(1).getByTestId('file-place').press('Enter');

    await expect.poll(() => page.getByTestId('place-name').textContent()).toBe('# ml-health');
    const post = page.getByTestId('message').filter({ has: page.getByRole('img', { name: 'Score mean falls' }) });
    await expect.poll(() => isInView(post)).toBe(true);
    await page.getByTestId('channel-files').click();
    await expect.poll(() => page.getByTestId('place-name').textContent()).toBe('Files in # ml-health');
    expect(await files.count()).toBe(1);
    await page.getByTestId('files-all').click();
    await expect.poll(() => files.count()).toBe(2);
  });

  it('keeps from a person the files of what only others see', async () => {
    const { workspace, app } = bench;
    const channel = channelId(workspace, 'ml-health');
    const file = await readyPicture(app, workspace);
    const image = { type: 'image', slack_file: { id: file }, alt_text: 'For bruno' };
    await call(workspace, 'chat.postEphemeral', { channel, user: bruno, text: 't', blocks: [image] });
    await page.getByTestId('files-row').click();
    const own = page.getByTestId('file').filter({ hasText: 'only visible to you' });

    await page.getByTestId('user-switch').selectOption(bruno);
    await own.waitFor();
    await page.getByTestId('user-switch').selectOption(anna);

    await own.waitFor({ state: 'detached' });
  });

  it('shows a private channel to its members, and its mention as plain text to others', async () => {
    const owners = channelId(bench.workspace, 'owners');
    const channel = channelId(bench.workspace, 'ml-health');
    await call(bench.workspace, 'chat.postMessage', { channel, text: `Ask in <#${owners}>` });
    await page.getByTestId('channel-owners').click();
    await expect.poll(() => page.getByTestId('place-name').textContent()).toBe('# owners');

    await page.getByTestId('user-switch').selectOption(bruno);

    await expect.poll(() => page.getByTestId('place-name').textContent()).toBe('# general');
    expect(await page.getByTestId('channel-owners').count()).toBe(0);
    await page.getByTestId('channel-ml-health').click();
    await page.getByTestId('message').getByText('Ask in').waitFor();
    expect(await page.getByRole('link', { name: '#owners' }).count()).toBe(0);
    await page.getByTestId('user-switch').selectOption(anna);
    await page.getByRole('link', { name: '#owners' }).waitFor();
  });

  it('opens the address of a message in its workspace, and follows the mention of a channel in the same tab', async () => {
    const trains = second.state.channelNamed('trains')?.id ?? '';
    const say = (text: string) => call(bench.workspace, 'chat.postMessage', { channel: trains, text }, second.botToken);
    const { ts } = await say('The one that is meant');
    for (let day = 1; day <= 20; day += 1) await say(`Later <#${trains}> ${day}`);
    const asked = { channel: trains, message_ts: ts };
    const { permalink } = await call(bench.workspace, 'chat.getPermalink', asked, second.botToken);

    await page.goto(String(permalink));
    await expect.poll(() => isInView(page.getByText('The one that is meant'))).toBe(true);
    expect(await here(second.teamId)).toBe('page');
    const home = { type: 'home', blocks: [{ type: 'section', text: { type: 'mrkdwn', text: `In <#${trains}>` } }] };
    await call(bench.workspace, 'views.publish', { user_id: carla, view: home }, second.botToken);
    await page.getByTestId('app-home').click();
    await page.getByRole('link', { name: '#trains' }).click();

    await expect.poll(() => page.getByTestId('place-name').textContent()).toBe('# trains');
    expect(page.context().pages()).toHaveLength(1);
    await page.goto(String(permalink).replace(/p\d+$/, 'p1700000000000001'));
    await page.getByTestId('toast').getByText('This message is gone').waitFor();
  });
});

/** Wholly inside the scrolling list it stands in. */
function isInView(post: Locator): Promise<boolean> {
  return post.evaluate((node) => {
    const frame = node.closest('.messages').getBoundingClientRect();
    const box = node.getBoundingClientRect();
    return box.top >= frame.top && box.bottom <= frame.bottom;
  });
}
