import type { App } from '@slack/bolt';
import type { Browser, Page } from 'playwright-core';
import type { Workspace, WorkspaceOptions } from '../../src/workspace/index.ts';
import { startApp, startWorkspace } from './bolt-app.ts';

export interface PageBench {
  readonly workspace: Workspace;
  readonly app: App;
  readonly page: Page;
  /** Errors of the page and requests to other sites; a test expects none. */
  readonly faults: readonly string[];
  close(): Promise<void>;
}

/** Names the step that hangs, long before the time of the whole test is over. */
const ACTION_TIMEOUT_MS = 30_000;

/** A workspace, a real Bolt app connected to it, and its page in #ml-health. */
export async function openPage(
  browser: Browser,
  register: (app: App) => void,
  options: Partial<WorkspaceOptions> = {},
): Promise<PageBench> {
  const workspace = await startWorkspace({ ...options, limits: { fileReadyDelayMs: 20, ...options.limits } });
  const app = await startApp(workspace, register);
  const page = await browser.newPage({ viewport: { width: 1280, height: 860 } });
  page.setDefaultTimeout(ACTION_TIMEOUT_MS);
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('request', (request) => {
    if (!request.url().startsWith(workspace.url)) faults.push(`foreign request ${request.url()}`);
  });
  await page.goto(workspace.pageUrl);
  await page.getByTestId('channel-ml-health').click();
  return {
    workspace,
    app,
    page,
    faults,
    async close() {
      await page.close();
      await app.stop();
      await workspace.close();
    },
  };
}
