import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumNote, hasChromium, launchBrowser } from '../e2e/browser.ts';
import { registerSample } from './page-app.ts';
import { openPage } from './page-bench.ts';

describe.skipIf(!hasChromium)(`the built page ${chromiumNote}`, () => {
  let browser: Browser;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'built-page-'));
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('works as the one that is served from its source, from three files and nothing else', async () => {
    await build({ configFile: join(import.meta.dirname, '../../vite.config.ts'), build: { outDir: folder } });
    const files = await readdir(join(folder, 'page/assets'));
    const bench = await openPage(browser, registerSample, { pageDirectory: join(folder, 'page') });

    await bench.page.getByTestId('composer-input').fill('/echo hello');
    await bench.page.keyboard.press('Enter');
    await bench.page.getByTestId('ephemeral').getByText('hello').waitFor();
    const colour = await bench.page.evaluate("getComputedStyle(document.getElementById('sidebar')).backgroundColor");

    expect(files.map((name) => name.split('.').at(-1)).sort()).toEqual(['css', 'js', 'svg']);
    expect(colour).toBe('rgb(16, 52, 61)');
    expect(bench.faults).toEqual([]);
    await bench.close();
  });
});
