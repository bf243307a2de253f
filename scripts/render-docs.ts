/** Renders the pictures of the README from the demonstration: node --import tsx scripts/render-docs.ts (wants Chromium). */
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { runDemo } from '../src/demo/run-demo.ts';
import { createPinoLogger } from '../src/platform/pino-logger.ts';
import { createSystemClock } from '../src/platform/system-clock.ts';

const output = mkdtempSync(join(tmpdir(), 'driftbell-docs-'));
const demo = await runDemo({
  port: 0,
  output,
  memoryLimit: '2GB',
  clock: createSystemClock(),
  logger: createPinoLogger('error'),
  progress: () => undefined,
  announce: () => undefined,
  signal: new AbortController().signal,
});
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});
const page = await browser.newPage({ viewport: { width: 1080, height: 900 } });
await page.goto(demo.local.workspace.pageUrl);
await page.getByTestId('channel-model-health').click();
const message = page.getByTestId('message').first();
await message.waitFor();
await message.evaluate((element) =>
  (element as unknown as { scrollIntoView(top: boolean): void }).scrollIntoView(true),
);
await page.waitForTimeout(1_000);
await page.screenshot({ path: 'docs/page.png' });
await browser.close();
copyFileSync(join(output, 'report-1.png'), 'docs/report.png');
process.stdout.write(`${demo.summaryTable}\n`);
await demo.close();
rmSync(output, { recursive: true, force: true });
