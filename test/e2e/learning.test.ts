import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Model } from '../../src/domain/model.ts';
import { parseWindow, shiftWindow, type Window } from '../../src/domain/window.ts';
import { backfillStatistics, checkNow, historyWindows, learnNow } from '../../src/jobs/index.ts';
import { type LocalBot, startLocalBot } from '../../src/local-bot.ts';
import { type Core, createCore } from '../../src/main.ts';
import { packageRoot } from '../../src/platform/package-root.ts';
import { createSeededRandom } from '../../src/platform/random.ts';
import { createSystemClock } from '../../src/platform/system-clock.ts';
import { parseDeclaration } from '../../src/registry/index.ts';
import { USER } from '../builders/reports.ts';
import { silentLogger } from '../doubles/recording-chat.ts';

const COLUMNS = ['age', 'income', 'clicks', 'visits', 'basket', 'tenure', 'rating', 'stock'] as const;
const FIRST = '2026-01-01';
const DAYS = 120;
/** Four columns are off for two days, one after the other, and then again: a harmless habit of the source. */
const FIRST_FAULT = 45;
const FAULT_EVERY = 7;
const FAULTS = 8;
const ODD_COLUMNS = 4;
/** Between the rounds, so that no history of the second has a fault of the first in it. */
const PAUSE = 14;
const ROWS = 60;
const OWNER = 'U0OWNER';
const MINUTE_MS = 60_000;

describe('a night after votes, in the local workspace', () => {
  const folder = mkdtempSync(join(tmpdir(), 'driftbell-learning-'));
  const clock = createSystemClock();
  let core: Core;
  let local: LocalBot;
  let model: Model;

  beforeAll(async () => {
    const location = join(folder, 'rows.jsonl');
    writeFileSync(location, rows());
    const databasePath = join(folder, 'driftbell.sqlite');
    const detectorFolder = join(packageRoot(), 'detectors', 'paper');
    core = await createCore({ databasePath, detectorFolder, memoryLimit: '500MB', clock, logger: silentLogger() });
    // What is learned is the subject, not the pace at which a channel takes posts.
    local = await startLocalBot(core, { port: 0, takesAnyPace: true });
    const declaration = parseDeclaration({
      ...{ slug: 'churn', source: { location }, timeColumn: 'scored_at', features: [...COLUMNS], zone: 'UTC' },
      ...{ channel: 'model-health', owners: [OWNER] },
    });
    const registration = await core.register(declaration, USER);
    model = registration.model;
    const windows = historyWindows(core.checks, model, registration.range);
    await backfillStatistics(core.checks, model, windows, { lastMs: registration.range.lastMs });
  }, 2 * MINUTE_MS);

  afterAll(async () => {
    await local?.stop();
    await core?.close();
    rmSync(folder, { recursive: true, force: true });
  }, MINUTE_MS);

  const day = (at: number): Window => shiftWindow(parseWindow(FIRST, 'UTC', 'day'), at, 'UTC', 'day');
  const channel = () => local.workspace.state.channelNamed('model-health')?.id ?? '';
  const messages = () => local.workspace.state.messages(channel());
  const anomaliesOf = async (window: Window) => (await core.checks.steps.detection(model, window)).anomalies;

  it(
    'is quieter after the votes of the owner, says so in the threads, and is as before after a rollback',
    async () => {
      for (let place = 0; place < FAULTS; place += 1) {
        const fault = faultAt(place);
        for (let at = fault; at < fault + 5; at += 1) await checkNow(core.checks, model, day(at));
        local.bot.outbox.kick();
      }
      const reports = core.stores.reports.list(model.id);
      expect(reports.length).toBeGreaterThanOrEqual(6);
      await expect.poll(() => core.stores.outbox.pending(), { timeout: MINUTE_MS }).toBe(0);

      for (const report of reports) {
        const posted = core.stores.reports.posted(report.id);
        const ts = posted?.ts ?? '';
        await local.workspace.press({
          user: OWNER,
          channel: channel(),
          ts,
          actionId: 'report.vote',
          value: `not_useful:${report.id}`,
        });
        const questions = () => local.workspace.state.ephemerals(channel()).filter(({ text }) => text.includes('Why?'));
        await expect.poll(() => questions().length, { timeout: MINUTE_MS }).toBe(1);
        await local.workspace.press({
          ...{ user: OWNER, channel: channel(), ts: questions()[0]?.ts ?? '', actionId: 'vote.reason' },
          value: `false_alarm:${report.id}`,
        });
        // The answer takes the place of the question.
        await expect.poll(() => questions().length, { timeout: MINUTE_MS }).toBe(0);
      }
      await expect.poll(() => core.stores.votes.count()).toBe(reports.length);
      const faults = reports.flatMap(({ findings }) =>
        findings.flatMap(({ anomalies }) => anomalies.map(({ window }) => window)),
      );
      const before = await countAll(faults);

      const outcome = await learnNow(core);
      expect(outcome).toMatchObject({ step: 'promoted', number: 1 });

      const after = await countAll(faults);
      expect(after).toBeLessThan(before);
      local.bot.outbox.kick();
      const receipts = () => messages().filter(({ text }) => text?.includes('Version 1 of the detector is in force'));
      await expect.poll(() => receipts().length, { timeout: MINUTE_MS }).toBe(reports.length);
      expect(receipts().every(({ threadTs }) => threadTs !== undefined)).toBe(true);

      await local.workspace.issueCommand({ user: OWNER, channel: channel(), text: '/drift detector rollback' });
      await expect.poll(() => core.stores.corrections.inForce(core.learning.detector.id)?.version?.number).toBe(0);
      expect(await countAll(faults)).toBe(before);
    },
    5 * MINUTE_MS,
  );

  async function countAll(windows: readonly Window[]): Promise<number> {
    let anomalies = 0;
    for (const window of new Map(windows.map((one) => [one.startMs, one])).values())
      anomalies += await anomaliesOf(window);
    return anomalies;
  }

  function faultAt(turn: number): number {
    return FIRST_FAULT + turn * FAULT_EVERY + (turn < ODD_COLUMNS ? 0 : PAUSE);
  }

  function rows(): string {
    const random = createSeededRandom(5);
    const lines: string[] = [];
    for (let at = 0; at < DAYS; at += 1) {
      const level = COLUMNS.map((_, place) => {
        const faults = [place, place + ODD_COLUMNS].map(faultAt);
        const isOff = place < ODD_COLUMNS && faults.some((fault) => at >= fault && at < fault + 2);
        return 100 + 2 * random.normal() + (isOff ? 14 : 0);
      });
      for (let row = 0; row < ROWS; row += 1) {
        const scored_at = new Date(day(at).startMs + row * 60_000).toISOString();
        const values = COLUMNS.map((name, place) => [name, Number(((level[place] ?? 0) + (row % 5)).toFixed(3))]);
        lines.push(JSON.stringify({ scored_at, ...Object.fromEntries(values) }));
      }
    }
    return `${lines.join('\n')}\n`;
  }
});
