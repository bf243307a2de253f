/** Renders the pictures of the README from the demonstration: node --import tsx scripts/render-docs.ts (wants Chromium). */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import {
  findingCharts,
  modelStrips,
  newestWindow,
  overviewChart,
  reportChart,
  windowsUntil,
} from '../src/alerting/index.ts';
import { runDemo } from '../src/demo/run-demo.ts';
import type { ChartRequest } from '../src/domain/chart-request.ts';
import { createPinoLogger } from '../src/platform/pino-logger.ts';
import { createSystemClock } from '../src/platform/system-clock.ts';
import { watchedSeries } from '../src/statistics/index.ts';

/** The storm of 5–6 March is told in this month: a real incident, seen by its numbers alone. */
const SHOWN_MONTH = '2001-03';

const output = mkdtempSync(join(tmpdir(), 'driftbell-docs-'));
const demo = await runDemo({
  port: 0,
  output,
  memoryLimit: '2GB',
  threads: 2,
  clock: createSystemClock(),
  logger: createPinoLogger('error'),
  progress: () => undefined,
  announce: () => undefined,
  signal: new AbortController().signal,
});
const { reports } = demo.core.stores;
const shown = reports.list(demo.model.id).find(({ opened }) => opened.key.startsWith(SHOWN_MONTH));
const posted = shown && reports.posted(shown.id);
if (shown === undefined || posted === undefined) throw new Error(`no report of ${SHOWN_MONTH} was posted`);
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});
const page = await browser.newPage({ viewport: { width: 1080, height: 900 } });
await page.goto(demo.local.workspace.pageUrl);
await page.getByTestId('channel-model-health').click();
const message = page.locator(`[data-ts="${posted.ts}"]`);
await message.waitFor();
await message.evaluate((element) =>
  (element as unknown as { scrollIntoView(top: boolean): void }).scrollIntoView(true),
);
await page.waitForTimeout(1_000);
await page.screenshot({ path: 'docs/page.png' });
await browser.close();
await drawCharts();
process.stdout.write(`${demo.summaryTable}\n`);
await demo.close();
rmSync(output, { recursive: true, force: true });

/** One picture of each kind, of what the demonstration has stored. */
async function drawCharts(): Promise<void> {
  const { core, model } = demo;
  const { stores } = core;
  const found = reports
    .list(model.id)
    .flatMap((report) => report.findings.flatMap((finding) => findingCharts({ stores }, report, finding)));
  const last = newestWindow(stores, model);
  if (shown === undefined || last === undefined) throw new Error('the demonstration has judged no window');
  const keys = watchedSeries(stores, model, last);
  const overview = overviewChart({ stores }, { model, keys, windows: windowsUntil(last, 56, model) });
  const [strip] = modelStrips({ stores }, [model], last.endMs);
  const pictures: readonly (readonly [name: string, request: ChartRequest | undefined])[] = [
    ['report', reportChart({ stores }, shown)],
    ['chart-histogram', found.find(({ kind }) => kind === 'histogram')],
    ['chart-shares', found.find(({ kind }) => kind === 'shares')],
    ['chart-overview', overview],
    ['chart-strip', strip],
  ];
  for (const [name, request] of pictures) {
    if (request === undefined) throw new Error(`the demonstration has nothing for ${name}`);
    const { png, altText } = await core.charts.render(request);
    writeFileSync(join('docs', `${name}.png`), png);
    process.stdout.write(`${name}.png\n${altText}\n\n`);
  }
}
