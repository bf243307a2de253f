import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BotBench, startBotBench } from './bot-bench.ts';
import { chromiumNote, hasChromium, launchBrowser } from './browser.ts';
import { FAULT_DAY, SECOND_FAULT_DAY, writeFlightsSlice } from './flights-slice.ts';
import { fillRegisterForm, waitForHistory } from './register-form.ts';

const MINUTE_MS = 60_000;
const PATIENCE = { timeout: 60_000 };
let folder: string;
let source: string;
let browser: Browser;

beforeAll(async () => {
  if (!hasChromium) return;
  folder = await mkdtemp(join(tmpdir(), 'driftbell-flights-'));
  source = join(folder, 'flights.parquet');
  [browser] = await Promise.all([launchBrowser(), writeFlightsSlice(source)]);
}, MINUTE_MS);
afterAll(async () => {
  await browser?.close();
  if (folder) await rm(folder, { recursive: true, force: true });
});

const suite = `a first morning ${chromiumNote}, by %s`;

describe.skipIf(!hasChromium).each(['socket', 'http'] as const)(suite, { timeout: MINUTE_MS }, (mode) => {
  let bench: BotBench;

  beforeAll(async () => {
    bench = await startBotBench(browser, mode);
  }, MINUTE_MS);
  afterAll(() => bench?.close(), MINUTE_MS);

  const report = () =>
    bench.page.getByTestId('messages').getByTestId('message').filter({ hasText: 'Critical: flights' }).first();
  const votes = () => bench.core.stores.votes.count();

  it('registers a model of real flights by dialog: a wrong field, what was found, and its history', async () => {
    const modal = bench.page.getByTestId('modal');
    await fillRegisterForm(bench.page, { name: 'flights', source: `${source}.gone` });
    await modal.locator('.field-error').filter({ hasText: 'flights.parquet.gone' }).waitFor();
    await modal.getByLabel('Source').fill(source);
    await modal.getByTestId('modal-submit').click();

    await modal.getByText('60,420 rows').waitFor();
    await modal.getByText(/It would have fired [1-9]/).waitFor();
    expect(bench.core.stores.models.list()).toEqual([]);
    await modal.getByTestId('modal-submit').click();
    await modal.getByRole('heading', { name: 'Saved' }).waitFor();
    await bench.page.keyboard.press('Escape');
    await modal.waitFor({ state: 'detached' });

    await bench.page.getByTestId('message').filter({ hasText: 'flights is watched' }).waitFor();
    await waitForHistory(bench.page, 'flights');
  });

  it('posts one report of the fault, with a picture that has its numbers', async () => {
    expect(await bench.command(`/drift run flights ${FAULT_DAY}`)).toContain('anomalous');
    await bench.command(`/drift run flights ${SECOND_FAULT_DAY}`);

    const image = report().getByTestId('image').first();
    await image.waitFor();
    expect(await image.getAttribute('alt')).toContain('distance coverage: 0 %');
    expect(await bench.page.getByTestId('message').filter({ hasText: 'Critical: flights' }).count()).toBe(1);
  });

  it('answers in the thread with a chart of one feature and with the reasons', async () => {
    await report().getByTestId('thread-link').click();

    expect(await bench.mention('chart distance')).toContain('flights, distance');
    const chart = bench.page.getByTestId('thread').getByTestId('ephemeral').last().getByTestId('image');
    expect(await chart.getAttribute('alt')).toContain('distance mean: 0 on');
    expect(await bench.mention('why distance')).toContain('distance');
  });

  it('keeps a vote', async () => {
    await report()
      .getByRole('button', { name: /is real/ })
      .click();

    await expect.poll(votes).toBe(1);
    await expect.poll(() => report().textContent(), PATIENCE).toContain('👍');
  });

  it('lets a responder mute, and says until when', async () => {
    await bench.actAs('responder');

    expect(await bench.command('/drift mute flights 4h')).toContain('flights is muted until');
    expect(await bench.command('/drift unmute flights')).toContain('no longer muted');
  });

  it('refuses a guest with what it takes, and people of other organisations altogether', async () => {
    await bench.actAs('guest');
    expect(await bench.command('/drift mute flights 4h')).toContain('role responder');

    await bench.actAs('partner');
    expect(await bench.command('/drift mute flights 4h')).toContain('not a valid command');
    const before = await votes();
    await report()
      .getByRole('button', { name: /not useful/i })
      .click();
    await bench.page.getByTestId('ephemeral').getByText('only people of its own workspace').waitFor();
    expect(await votes()).toBe(before);
  });

  it('shows the model with its open report in the home', async () => {
    await bench.actAs('owner');
    await bench.page.getByTestId('app-home').click();

    const home = bench.page.getByTestId('home');
    await home.getByText('1 model, 1 of them yours; 1 open report').waitFor();
    expect(await home.textContent()).toContain('flights');
  });

  it('sets quiet hours in a dialog of the home: half a night refused at its field, then kept and shown', async () => {
    const { page } = bench;
    await page.getByRole('button', { name: 'Quiet hours of flights' }).click();
    const modal = page.getByTestId('modal');
    await modal.getByLabel(/^From/).fill('22:00');
    await modal.getByTestId('modal-submit').click();
    const refusal = modal.locator('.field-error').filter({ hasText: /./ });
    await refusal.waitFor();
    expect(await refusal.textContent()).toBe('Expected both times, or neither.');
    expect(bench.core.stores.models.list()[0]?.quietHours).toBeUndefined();

    await modal.getByLabel(/^To/).fill('07:00');
    await modal.getByLabel('Whole Saturdays and Sundays').check();
    await modal.getByTestId('modal-submit').click();
    await modal.getByRole('heading', { name: 'Saved' }).waitFor();
    await page.keyboard.press('Escape');

    await page.getByTestId('home').getByText('🌙 quiet 22:00-07:00 and on weekends').waitFor();
    expect(bench.core.stores.models.list()[0]?.quietHours).toMatchObject({ weekends: true });
  });

  it('takes a shortcut from the menu of the report', async () => {
    await bench.page.getByTestId('channel-model-health').click();
    await report().hover();
    await report().getByTestId('message-menu').click();
    await bench.page.getByRole('menuitem', { name: /^Acknowledge report/ }).click();

    await expect.poll(() => report().textContent(), PATIENCE).toContain('acknowledged by @owner');
  });

  it('sums the week up in a digest', async () => {
    expect(await bench.command('/drift digest')).toContain('flights');
  });

  it('was acknowledged in time, all the way, by the transport it was asked for', () => {
    const sent = bench.local.workspace.sent();

    expect(sent.length).toBeGreaterThan(8);
    expect(sent.filter(({ outcome }) => outcome !== 'acknowledged')).toEqual([]);
    expect(new Set(sent.map(({ way }) => way))).toEqual(new Set([mode]));
  });
});
