import type { App } from '@slack/bolt';
import type { KnownBlock, ModalView } from '@slack/types';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { chromiumNote, hasChromium, launchBrowser } from '../e2e/browser.ts';
import { violations } from './axe.ts';
import { anna, bruno, channelId, eventually } from './bolt-app.ts';
import { openPage, type PageBench } from './page-bench.ts';
import { call } from './raw-client.ts';

const text = (value: string) => ({ type: 'plain_text', text: value }) as const;
const option = (value: string) => ({ text: text(value), value });

const registerView: ModalView = {
  type: 'modal',
  callback_id: 'register',
  title: text('Register a model'),
  submit: text('Next'),
  blocks: [
    {
      type: 'input',
      block_id: 'table',
      label: text('Table'),
      element: { type: 'external_select', action_id: 'tables', min_query_length: 1 },
    },
    {
      type: 'input',
      block_id: 'owners',
      label: text('Owners'),
      optional: true,
      element: { type: 'multi_users_select', action_id: 'pick' },
    },
    { type: 'input', block_id: 'at', label: text('At'), element: { type: 'timepicker', action_id: 'pick' } },
    { type: 'actions', elements: [{ type: 'button', action_id: 'look', text: text('Look') }] },
  ],
};
const secondView: ModalView = {
  type: 'modal',
  callback_id: 'confirm',
  title: text('Columns'),
  submit: text('Register'),
  notify_on_close: true,
  blocks: [{ type: 'section', text: text('41 columns were found') }],
};

describe.skipIf(!hasChromium)(`the page ${chromiumNote}, in use`, () => {
  let browser: Browser;
  let bench: PageBench;
  let heard: unknown[];

  function registerApp(app: App): void {
    app.command('/drift', async ({ ack, body, client }) => {
      heard.push(body.text);
      await ack();
      await client.views.open({ trigger_id: body.trigger_id, view: registerView });
    });
    app.options('tables', async ({ ack, payload }) => {
      const tables = ['flights', 'fares', 'bags'].filter((name) => name.startsWith(payload.value));
      await ack({ options: tables.map(option) });
    });
    app.action({ type: 'block_actions', action_id: 'look' }, async ({ ack, body }) => {
      heard.push(body.view?.state.values);
      await ack();
    });
    app.view('register', async ({ ack, view }) => {
      heard.push(view.state.values);
      await ack({ response_action: 'push', view: secondView });
    });
    app.view('confirm', async ({ ack }) => ack({ response_action: 'clear' }));
    app.view({ type: 'view_closed', callback_id: 'confirm' }, async ({ ack }) => {
      heard.push('closed');
      await ack();
    });
    app.shortcut(/.*/, async ({ ack, payload }) => {
      heard.push(payload.type === 'message_action' ? payload.message_ts : payload.callback_id);
      await ack();
    });
    app.action('go', async ({ ack }) => {
      heard.push('go');
      await ack();
    });
    app.event('app_mention', async ({ event }) => void heard.push(event.text));
  }

  const reportBlocks = (said: string): KnownBlock[] => [
    { type: 'section', text: text(said) },
    { type: 'actions', elements: [{ type: 'button', action_id: 'go', text: text('Go') }] },
  ];
  async function postWithButton(): Promise<string> {
    const channel = channelId(bench.workspace, 'ml-health');
    const { ts } = await call(bench.workspace, 'chat.postMessage', {
      channel,
      text: 't',
      blocks: reportBlocks('Report'),
    });
    await bench.page.getByText('Report').waitFor();
    return String(ts);
  }
  /** Edits the message and posts another; the page has heard of both. */
  async function changeMeanwhile(ts: string): Promise<void> {
    const channel = channelId(bench.workspace, 'ml-health');
    await call(bench.workspace, 'chat.update', { channel, ts, text: 't', blocks: reportBlocks('Report, edited') });
    await call(bench.workspace, 'chat.postMessage', { channel, text: 'Another' });
    await bench.page.getByText('Another').waitFor();
  }

  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser?.close());
  beforeEach(async () => {
    heard = [];
    bench = await openPage(browser, registerApp, {
      users: [
        { id: anna, name: 'anna', realName: 'Anna Ash' },
        { id: bruno, name: 'bruno', isExternal: true },
      ],
      userGroups: [{ id: 'S0OWNERS', handle: 'model-owners', name: 'Model owners', users: [anna] }],
      commands: [{ command: '/drift', description: 'Model health', usageHint: 'help | list | mute <model> 4h' }],
      shortcuts: [
        { type: 'message', name: 'Mute this', callbackId: 'mute', description: 'Mutes the model' },
        { type: 'global', name: 'Register', callbackId: 'register', description: 'Adds a model' },
      ],
    });
  });
  afterEach(async () => {
    await bench.close();
    expect(bench.faults).toEqual([]);
  });

  it('completes the words of a command as the usage hint has them, and people, groups and channels', async () => {
    const { page } = bench;
    const input = page.getByTestId('composer-input');
    const offers = () => page.getByTestId('command-option').allTextContents();

    await input.fill('/drift ');
    await expect.poll(offers).toEqual(['/drift help', '/drift list', '/drift mute<model> 4h']);
    await page.keyboard.type('m');
    await page.keyboard.press('Tab');
    expect(await input.inputValue()).toBe('/drift mute ');
    await expect.poll(offers).toEqual(['/driftmute <model> 4hModel health']);
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByTestId('command-list').first().isHidden()).toBe(true);

    await input.fill('look @mo');
    await page.keyboard.press('Enter');
    expect(await input.inputValue()).toBe('look @model-owners ');
    await page.keyboard.type('@ech');
    await page.keyboard.press('Enter');
    await page.keyboard.type('#ml');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');

    await eventually(() => heard[0]);
    expect(heard[0]).toMatch(/^look <!subteam\^S0OWNERS\|@model-owners> <@U\w+> #ml-health$/);
    const message = page.getByTestId('message').last();
    await message.waitFor();
    expect(await message.locator('.mention').allTextContents()).toEqual(['@model-owners', '@echobot']);
  });

  it('walks a stack of dialogs by keyboard: search, pick, next, back, close', async () => {
    const { page, workspace } = bench;
    await page.getByTestId('composer-input').fill('/drift register');
    await page.keyboard.press('Enter');
    const modal = page.getByTestId('modal');
    await modal.getByLabel('Table').pressSequentially('f');
    await page.getByTestId('external-option').nth(1).waitFor();
    expect(await page.getByTestId('external-option').allTextContents()).toEqual(['flights', 'fares']);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    for (const _ of ['bruno', 'echobot', 'the time']) await page.keyboard.press('Tab');
    await page.keyboard.type('0930AM');
    await modal.getByTestId('modal-submit').click();

    await modal.getByText('41 columns were found').waitFor();
    expect(heard[1]).toMatchObject({
      table: { tables: { selected_option: { value: 'fares' } } },
      owners: { pick: { selected_users: [anna] } },
      at: { pick: { selected_time: '09:30' } },
    });
    expect(workspace.state.views(anna)).toHaveLength(2);
    await page.keyboard.press('Escape');
    await modal.getByText('Register a model').waitFor();
    await eventually(() => heard[2]);
    await modal.getByTestId('modal-submit').click();
    await modal.getByText('41 columns were found').waitFor();
    await modal.getByTestId('modal-submit').click();
    await modal.waitFor({ state: 'detached' });
    expect(workspace.state.views(anna)).toEqual([]);
  });

  it('sends what is filled in with a button that is pressed in a dialog', async () => {
    const { page } = bench;
    await page.getByTestId('composer-input').fill('/drift register');
    await page.keyboard.press('Enter');
    const modal = page.getByTestId('modal');
    await modal.getByLabel('At').fill('09:30');

    await modal.getByRole('button', { name: 'Look' }).click();

    await eventually(() => heard[1]);
    expect(heard[1]).toMatchObject({ at: { pick: { selected_time: '09:30' } } });
  });

  it('keeps the focus inside a dialog', async () => {
    const { page } = bench;
    await page.getByTestId('composer-input').fill('/drift register');
    await page.keyboard.press('Enter');
    await page.getByTestId('modal').waitFor();

    for (let step = 0; step < 20; step += 1) {
      await page.keyboard.press('Tab');
      const place = await page.evaluate(
        "document.activeElement.closest('dialog') ? 'dialog' : document.activeElement.tagName",
      );
      // The browser itself may hold the focus between the last and the first field.
      expect(['dialog', 'BODY']).toContain(place);
    }
  });

  it('runs shortcuts of a message and of none', async () => {
    const { page, workspace } = bench;
    const channel = channelId(workspace, 'ml-health');
    const { ts } = await call(workspace, 'chat.postMessage', { channel, text: 'Report' });
    await page.getByTestId('message').hover();
    await page.getByTestId('message-menu').click();
    await page.getByRole('menuitem', { name: 'Mute this' }).click();
    await eventually(() => heard[0]);

    await page.getByTestId('shortcuts').click();
    await page.keyboard.press('Enter');

    await eventually(() => heard[1]);
    expect(heard).toEqual([ts, 'register']);
  });

  it('keeps a menu open, and its place, while the message is edited and others come; then shows the edit', async () => {
    const { page, workspace } = bench;
    const message = page.getByTestId('message').first();
    const ts = await postWithButton();
    await message.hover();
    await page.getByTestId('message-menu').click();
    const item = page.getByRole('menuitem', { name: 'Mute this' });
    await item.waitFor();
    await changeMeanwhile(ts);

    expect(await item.evaluate((node) => node.matches(':focus'))).toBe(true);
    expect(await message.textContent()).not.toContain('edited');
    await page.keyboard.press('Enter');

    await eventually(() => heard[0]);
    expect(heard).toEqual([ts]);
    await message.getByText('Report, edited').waitFor();
    const menu = message.getByTestId('message-menu');
    expect(await menu.evaluate((node) => node.matches(':focus'))).toBe(true);
    await call(workspace, 'chat.delete', { channel: channelId(workspace, 'ml-health'), ts });
    await message.getByText('Report, edited').waitFor({ state: 'detached' });
  });

  it.each(['the pointer', 'the space bar'])(
    'takes a press with %s that an edit of the message interrupts',
    async (by) => {
      const { page } = bench;
      const ts = await postWithButton();
      const button = page.getByRole('button', { name: 'Go' });
      if (by === 'the pointer') await button.hover();
      else await button.focus();
      await (by === 'the pointer' ? page.mouse.down() : page.keyboard.down(' '));
      await changeMeanwhile(ts);

      await (by === 'the pointer' ? page.mouse.up() : page.keyboard.up(' '));

      await eventually(() => heard[0]);
      expect(heard).toEqual(['go']);
      await page.getByText('Report, edited').waitFor();
    },
  );

  it('keeps what was typed in the home when the app publishes it anew', async () => {
    const { page, workspace } = bench;
    const publish = (title: string) =>
      call(workspace, 'views.publish', {
        user_id: anna,
        view: {
          type: 'home',
          blocks: [
            { type: 'header', text: text(title) },
            {
              type: 'input',
              block_id: 'search',
              label: text('Search'),
              element: { type: 'plain_text_input', action_id: 'typed' },
            },
          ],
        },
      });
    await publish('Models');
    await page.getByTestId('app-home').click();
    await page.getByLabel('Search').fill('delay');

    await publish('More models');

    await page.getByRole('heading', { name: 'More models' }).waitFor();
    expect(await page.getByLabel('Search').inputValue()).toBe('delay');
  });

  it('draws common pictograms, and keeps them as characters where nothing can be drawn', async () => {
    const { page, workspace } = bench;
    const channel = channelId(workspace, 'ml-health');
    const button = { type: 'button', action_id: 'go', text: text('Go ✅') };
    await call(workspace, 'chat.postMessage', {
      channel,
      text: 't',
      blocks: [
        { type: 'header', text: text('🛑 Critical') },
        { type: 'section', text: text('🗓️ a week, 🌙 a night, ⚠️ a warning') },
        { type: 'actions', elements: [button] },
      ],
    });

    await page.getByRole('img', { name: '🛑' }).waitFor();
    const drawn = page.getByTestId('block-section').locator('svg');
    const names: unknown[] = [];
    for (const one of await drawn.all()) names.push(await one.getAttribute('aria-label'));
    expect(names).toEqual(['🗓️', '🌙', '⚠️']);
    expect(await page.getByRole('heading', { name: 'Critical' }).textContent()).toBe('🛑 Critical');
    await page.getByRole('button', { name: 'Go ✅' }).waitFor();
    await page.getByTestId('composer-input').fill('👍 good');
    expect(await page.getByTestId('composer-input').inputValue()).toBe('👍 good');
  });

  it('says to a person of another organisation what they may not do', async () => {
    const { page } = bench;
    await page.getByTestId('user-switch').selectOption(bruno);
    await page.getByTestId('composer-input').fill('/drift list');
    await page.keyboard.press('Enter');

    await page.getByTestId('ephemeral').getByText('not a valid command').waitFor();
    expect(heard).toEqual([]);
  });

  it('draws the newer blocks, the numbers of a chart included', async () => {
    const { page, workspace } = bench;
    const channel = channelId(workspace, 'ml-health');
    const raw = (value: string) => ({ type: 'raw_text', text: value });
    const point = (label: string, value: number) => ({ label, value });
    const blocks = [
      {
        type: 'data_visualization',
        title: 'Score mean',
        chart: {
          type: 'line',
          series: [
            { name: 'actual', data: [point('Mon', 3), point('Tue', 9)] },
            { name: 'expected', data: [point('Mon', 3), point('Tue', 4)] },
          ],
          axis_config: { categories: ['Mon', 'Tue'] },
        },
      },
      {
        type: 'container',
        title: text('More findings'),
        is_collapsible: true,
        default_collapsed: true,
        child_blocks: [{ type: 'section', text: text('finding 6') }],
      },
      {
        type: 'data_table',
        caption: 'PSI',
        page_size: 1,
        rows: [[raw('Feature')], [raw('distance')], [raw('origin')]],
      },
      {
        type: 'card',
        title: { type: 'mrkdwn', text: '*delay-v3*' },
        body: { type: 'mrkdwn', text: `in <#${channel}> drifts` },
      },
    ];
    await call(workspace, 'chat.postMessage', { channel, text: 't', blocks });
    const message = page.getByTestId('message');

    await message.getByRole('img', { name: 'Score mean' }).waitFor();
    expect(await message.locator('figure td').allTextContents()).toEqual(['3', '3', '9', '4']);
    expect(await message.getByText('finding 6').isVisible()).toBe(false);
    await message.getByText('More findings').click();
    await message.getByText('finding 6').waitFor();
    await message.getByRole('button', { name: 'Next' }).click();
    await message.getByText('origin').waitFor();
    expect(await page.getByText('cannot show').count()).toBe(0);
    expect(await violations(page)).toEqual([]);
  });
});
