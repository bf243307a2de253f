import type { Page } from 'playwright-core';

const HISTORY_TIMEOUT_MS = 60_000;

/** Opens the dialog of `/drift register`, fills it in and sends it off. */
export async function fillRegisterForm(
  page: Page,
  model: { readonly name: string; readonly source: string },
): Promise<void> {
  await page.getByTestId('composer-input').fill('/drift register');
  await page.getByTestId('composer-input').press('Enter');
  const form = page.getByTestId('modal');
  await form.getByLabel('Name').fill(model.name);
  await form.getByLabel('Source').fill(model.source);
  await form.getByLabel('Time column').fill('scored_at');
  await form.getByLabel('Score column').fill('expected_delay');
  await form.getByTestId('modal-submit').click();
}

/** Reads in the channel that the history of the model is there. */
export async function waitForHistory(page: Page, name: string): Promise<void> {
  const told = page.getByTestId('message').filter({ hasText: `${name} is watched` });
  await told.filter({ hasNotText: '⏳' }).waitFor({ timeout: HISTORY_TIMEOUT_MS });
}
