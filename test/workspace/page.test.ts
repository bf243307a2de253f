import { existsSync } from 'node:fs';
import type { App } from '@slack/bolt';
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Workspace } from '../../src/workspace/index.ts';
import { anna, bruno, channelId, startApp, startWorkspace } from './bolt-app.ts';
import { postOldReport, postReport, readyPicture, registerSample } from './page-app.ts';

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
    if (shotsDirectory) await page.screenshot({ path: `${shotsDirectory}/ephemeral.png` });
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
    const ts = await postReport(app, workspace, await readyPicture(app, workspace));
    await page.getByRole('button', { name: 'Real' }).click();
    await expect.poll(() => page.getByRole('button', { name: 'Real' }).getAttribute('aria-pressed')).toBe('true');
    const channel = channelId(workspace, 'ml-health');
    const blocks = workspace.state.message(channel, ts)?.blocks.map(({ block_id: _, ...rest }) => rest) ?? [];
    await app.client.apiCall('chat.update', { channel, ts, text: 'Report', blocks });
    await page.getByTestId('edited').waitFor();
    expect(await page.getByRole('button', { name: 'Real' }).getAttribute('aria-pressed')).toBe('true');

    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Details' }).click();
    await page.getByTestId('confirm-yes').click();
    await page.getByTestId('confirm-dialog').waitFor({ state: 'detached' });
    await page.getByTestId('thread-link').click();
    await page.getByTestId('thread').getByText('first seen on').waitFor();
    const isCut = (box: { scrollHeight: number; clientHeight: number }) => box.scrollHeight > box.clientHeight;
    expect(await page.getByTestId('thread-composer-input').evaluate(isCut)).toBe(false);
    await page.getByTestId('thread-composer-input').fill('@echobot why');
    await page.keyboard.press('Enter');

    await page.getByTestId('thread').getByText('why').waitFor();
    await page.getByTestId('messages').getByRole('button', { name: 'Mute for' }).click();
    if (shotsDirectory) await page.screenshot({ path: `${shotsDirectory}/thread.png` });
    await page.keyboard.press('3');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: '30 days' }).waitFor();
  });

  it.each([
    ['smoothly', 'no-preference'],
    ['at once for those who want no motion', 'reduce'],
  ] as const)('brings the answer to an old message into view below it, %s', async (_, reducedMotion) => {
    await page.emulateMedia({ reducedMotion });
    await postOldReport(app, workspace);
    await page.getByText('Later report 20').waitFor();
    const button = page.getByRole('button', { name: 'All findings' });
    await button.evaluate((node) => {
      node.focus();
      node.scrollIntoView({ block: 'end', behavior: 'instant' });
    });
    await page.keyboard.press('Enter');

    const answer = page.getByTestId('ephemeral');
    await expect.poll(() => isInView(answer)).toBe(true);
    expect(await isInView(button)).toBe(true);
    expect(await button.evaluate((node) => node.matches(':focus'))).toBe(true);
    const report = page.getByTestId('message').filter({ hasText: 'An old report' });
    expect(await report.evaluate((node) => node.nextElementSibling.dataset.testid)).toBe('ephemeral');
    if (shotsDirectory) await page.screenshot({ path: `${shotsDirectory}/answer-${reducedMotion}.png` });
    await app.client.chat.postMessage({ channel: channelId(workspace, 'ml-health'), text: 'Later report 21' });
    await page.getByText('Later report 21').waitFor();
    expect(await isInView(answer)).toBe(true);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    expect(await page.getByRole('button', { name: 'Show' }).evaluate((node) => node.matches(':focus'))).toBe(true);
  });

  it('goes to the end for the answer to a command, and stays there', async () => {
    await postOldReport(app, workspace);
    await page.getByText('Later report 20').waitFor();
    await page.getByTestId('messages').evaluate((node) => node.scrollTo(0, 0));
    await page.getByTestId('composer-input').fill('/echo hello');
    await page.keyboard.press('Enter');

    await expect.poll(() => isInView(page.getByTestId('ephemeral'))).toBe(true);
    await app.client.chat.postMessage({ channel: channelId(workspace, 'ml-health'), text: 'Later report 21' });
    await expect.poll(() => isInView(page.getByText('Later report 21'))).toBe(true);
  });

  it('remembers in the tab who one is, while that person exists', async () => {
    const me = page.getByTestId('user-switch');
    await me.selectOption('bruno');
    await page.reload();
    await page.getByTestId('channel-general').waitFor();
    expect(await me.inputValue()).toBe(bruno);

    await page.evaluate(`sessionStorage.setItem('workspace.person.${workspace.teamId}', 'U0GONE')`);
    await page.reload();
    await page.getByTestId('channel-general').waitFor();
    expect(await me.inputValue()).toBe(anna);
  });

  it('always lists the messages of the app, and opens them on the first look', async () => {
    const messages = page.getByTestId('app-messages');
    expect(await messages.count()).toBe(1);
    await page.getByTestId('user-switch').selectOption('bruno');
    expect(await messages.count()).toBe(1);

    await messages.click();

    await expect.poll(() => page.getByTestId('place-name').textContent()).toBe('echobot');
    expect(await messages.getAttribute('aria-current')).toBe('page');
    await page.getByTestId('composer-input').fill('hello');
    await page.keyboard.press('Enter');
    await page.getByTestId('message').getByText('hello').waitFor();
    expect(workspace.state.channels().filter((one) => one.directWith === bruno)).toHaveLength(1);
    await page.getByTestId('user-switch').selectOption('anna');
    await expect.poll(() => page.getByTestId('message').count()).toBe(0);
    expect(await messages.getAttribute('aria-current')).toBe('page');
  });

  it.each([
    ['a command', '/echo '],
    ['a message', ''],
  ])('keeps %s that is too long in the box and says how long it may be', async (_, start) => {
    const input = page.getByTestId('composer-input');
    const long = start + 'x'.repeat(200_000);
    await input.fill(long);
    await page.keyboard.press('Enter');

    await page
      .getByTestId('toast')
      .getByText(`at most 12,000 characters, got ${long.length.toLocaleString('en')}`)
      .waitFor();
    expect(await input.inputValue()).toBe(long);
    expect(workspace.state.messages(channelId(workspace, 'ml-health'))).toEqual([]);
  });

  it('gives an unsent command back when the workspace is gone', async () => {
    await page.route('**/page-api/compose', (route) => route.abort());
    await page.getByTestId('composer-input').fill('/echo hello');
    await page.keyboard.press('Enter');

    await page.getByTestId('toast').getByText('does not answer').waitFor();
    expect(await page.getByTestId('composer-input').inputValue()).toBe('/echo hello');
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

  it('renders mrkdwn with its own marks only', async () => {
    const html: string[] = [];
    for (const [source] of mrkdwnCases) html.push(await renderInPage(page, source));

    expect(html).toEqual(mrkdwnCases.map(([, expected]) => expected));
  });

  it('enlarges a picture and gives the focus back', async () => {
    await postReport(app, workspace, await readyPicture(app, workspace));
    const picture = page.getByRole('button', { name: 'Score mean by day' });
    await picture.focus();
    await page.keyboard.press('Enter');
    await page.getByTestId('lightbox').getByRole('img').waitFor();
    if (shotsDirectory) await page.screenshot({ path: `${shotsDirectory}/lightbox.png` });

    await page.keyboard.press('Escape');

    await page.getByTestId('lightbox').waitFor({ state: 'detached' });
    expect(await picture.evaluate((node) => node.matches(':focus'))).toBe(true);
  });

  it('can be used on a phone', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await postReport(app, workspace, await readyPicture(app, workspace));

    const placeholder = await page.getByTestId('composer-input').getAttribute('placeholder');
    expect(placeholder).toBe('Message, or / for commands');

    await page.getByRole('button', { name: 'Channels' }).click();
    await page.getByTestId('channel-general').click();
    await page.getByRole('button', { name: 'Channels' }).click();
    await page.getByTestId('channel-ml-health').click();
    await page.getByTestId('thread-link').click();
    await page.getByTestId('thread').getByText('first seen on').waitFor();

    const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
    expect(overflow).toBe(0);
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

/** Wholly inside the scrolling list it stands in. */
function isInView(post: Locator): Promise<boolean> {
  return post.evaluate((node) => {
    const frame = node.closest('.messages').getBoundingClientRect();
    const box = node.getBoundingClientRect();
    return box.top >= frame.top && box.bottom <= frame.bottom;
  });
}

const mrkdwnCases: readonly (readonly [string, string])[] = [
  ['*bold* _italic_ ~strike~ `code`', '<strong>bold</strong> <em>italic</em> <s>strike</s> <code>code</code>'],
  ['2*3*4 and snake_case_name', '2*3*4 and snake_case_name'],
  ['```a < b\n*raw*```', '<pre>a &lt; b\n*raw*</pre>'],
  ['&gt; quoted\nnot', '<blockquote>quoted</blockquote>not'],
  [
    '<@U0ANNA> in <#C0NOPE|ops>, <!here>',
    '<span class="mention">@anna</span> in <span class="mention">#ops</span>, <span class="mention">@here</span>',
  ],
  [
    '<https://e.org/?a=1&amp;b=2|site>',
    '<a href="https://e.org/?a=1&amp;b=2" target="_blank" rel="noopener noreferrer">site</a>',
  ],
  ['<javascript:alert(1)|click>', '&lt;javascript:alert(1)|click&gt;'],
  ['<script>alert(1)</script>', '&lt;script&gt;alert(1)&lt;/script&gt;'],
  [
    '<https://e.org/" onclick="alert(1)|x>',
    '<a href="https://e.org/&quot; onclick=&quot;alert(1)" target="_blank" rel="noopener noreferrer">x</a>',
  ],
  ['<!date^0^{date_num}|never>', '<time datetime="1970-01-01T00:00:00.000Z" title="never">01/01/1970</time>'],
];

/** Runs the page's own renderer inside the page, with a directory of one person. */
function renderInPage(page: Page, source: string): Promise<string> {
  return page.evaluate(`import('/page/mrkdwn.js').then(({ mrkdwn }) => {
    const box = document.createElement('div');
    const store = { users: new Map([['U0ANNA', { name: 'anna' }]]), channels: new Map() };
    box.append(...mrkdwn(store, ${JSON.stringify(source)}));
    return box.innerHTML;
  })`);
}

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
