/**
 * Screenshots of the bot in the local workspace, for docs/: node --import tsx scripts/capture-screenshots.ts [FOLDER]
 * A model of real flights is registered by dialog, a fault is found, and its report, thread and home are taken in light,
 * dark and on a phone.
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { startBotBench } from '../test/e2e/bot-bench.ts';
import { launchBrowser } from '../test/e2e/browser.ts';
import { FAULT_DAY, SECOND_FAULT_DAY, writeFlightsSlice } from '../test/e2e/flights-slice.ts';
import { fillRegisterForm, waitForHistory } from '../test/e2e/register-form.ts';

const looks = [
  { name: 'light', colorScheme: 'light', width: 1280, height: 900 },
  { name: 'dark', colorScheme: 'dark', width: 1280, height: 900 },
  { name: 'phone', colorScheme: 'light', width: 390, height: 844 },
] as const;

const folder = process.argv[2] ?? join(import.meta.dirname, '../docs/screenshots');
const scratch = await mkdtemp(join(tmpdir(), 'driftbell-screenshots-'));
const source = join(scratch, 'flights.parquet');
await mkdir(folder, { recursive: true });
await writeFlightsSlice(source);
const browser = await launchBrowser();
const bench = await startBotBench(browser, 'socket');
const { page } = bench;

await fillRegisterForm(page, { name: 'flights', source });
await page.getByTestId('modal').getByText('It would have fired').waitFor();
await take(page, 'modal', async () => undefined);
await page.getByTestId('modal-submit').click();
await page.getByTestId('modal').getByRole('heading', { name: 'Saved' }).waitFor();
await page.keyboard.press('Escape');
await waitForHistory(page, 'flights');
for (const day of [FAULT_DAY, SECOND_FAULT_DAY]) await bench.command(`/drift run flights ${day}`);
await bench.local.bot.outbox.drain();
for (let left = await page.getByTestId('dismiss').count(); left > 0; left -= 1) {
  await page.getByTestId('dismiss').first().click();
  await page
    .getByTestId('dismiss')
    .nth(left - 1)
    .waitFor({ state: 'detached' });
}

const report = page.getByTestId('messages').getByTestId('message').filter({ hasText: 'Critical: flights' }).first();
await report.getByTestId('image').first().waitFor();
await take(page, 'message', () => report.evaluate((node) => (node as unknown as Scrollable).scrollIntoView(true)));
await report.getByTestId('thread-link').click();
await bench.mention('chart distance');
await take(page, 'thread', async () => undefined);
await page.getByTestId('thread-close').click();
await page.getByTestId('app-home').click();
await page.getByTestId('home').waitFor();
// The strip of the models is drawn after the home is shown.
await page.getByTestId('home').getByRole('img').first().waitFor();
await take(page, 'home', async () => undefined);

await bench.close();
await browser.close();
await rm(scratch, { recursive: true, force: true });

interface Scrollable {
  scrollIntoView(alignToTop: boolean): void;
}

async function take(shown: Page, name: string, arrange: () => Promise<unknown>): Promise<void> {
  for (const { name: look, colorScheme, width, height } of looks) {
    await shown.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await shown.setViewportSize({ width, height });
    await shown.mouse.move(0, 0);
    await arrange();
    await shown.waitForLoadState('networkidle');
    await shown.screenshot({ path: join(folder, `${name}-${look}.png`) });
  }
  await shown.setViewportSize({ width: looks[0].width, height: looks[0].height });
  await shown.emulateMedia({ colorScheme: 'light' });
}
