import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deliverDue } from '../src/alerting/index.ts';
import type { Model } from '../src/domain/model.ts';
import { parseWindow, windowsBetween } from '../src/domain/window.ts';
import { backfillStatistics, judgeWindow } from '../src/jobs/index.ts';
import { type Core, createCore } from '../src/main.ts';
import { createSeededRandom } from '../src/platform/random.ts';
import { parseDeclaration } from '../src/registry/index.ts';
import { USER } from './builders/reports.ts';
import { fakeClock } from './builders/stores.ts';
import { recordingChat, silentLogger } from './doubles/recording-chat.ts';

const ZONE = 'America/New_York';
/** The clocks go forward on 8 March 2026, within this history. */
const FIRST_DAY = '2026-02-01';
const FAULT_DAY = '2026-03-10';
const LAST_DAY = '2026-03-16';
const ROWS_PER_DAY = 200;
const DAY_MS = 86_400_000;

/** Real SQLite, DuckDB, TensorFlow.js and charts; only the chat is a double. */
describe('the path from rows to a report', () => {
  const folder = mkdtempSync(join(tmpdir(), 'driftbell-pipeline-'));
  const clock = fakeClock(Date.parse('2026-03-17T12:00:00Z'));
  const chat = recordingChat();
  let core: Core;
  let model: Model;

  beforeAll(async () => {
    writeFileSync(join(folder, 'scored.csv'), scoredRows());
    core = await createCore({
      databasePath: join(folder, 'driftbell.sqlite'),
      memoryLimit: '1GB',
      clock,
      logger: silentLogger(),
    });
    const settings = parseDeclaration({
      slug: 'churn',
      source: { location: join(folder, 'scored.csv') },
      timeColumn: 'scored_at',
      scoreColumn: 'score',
      zone: ZONE,
      channel: 'C0MODELS1',
    });
    ({ model } = await core.register(settings, USER));
  });

  afterAll(async () => {
    await core.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const windows = () =>
    windowsBetween(parseWindow(FIRST_DAY, ZONE, 'day').startMs, parseWindow(LAST_DAY, ZONE, 'day').endMs, ZONE, 'day');

  async function judgeAll(): Promise<string[]> {
    const steps: string[] = [];
    for (const window of windows()) {
      const outcome = await judgeWindow(core.checks, model, window);
      steps.push(`${window.key} ${outcome?.step}`);
    }
    return steps.filter((step) => !step.endsWith(' quiet'));
  }

  it('watches the columns that are worth it, and says why the others are left out', () => {
    expect(core.stores.models.columns(model.id).map(({ name, kind }) => `${name} ${kind ?? ''}`.trim())).toEqual([
      'age numeric',
      'plan categorical',
      'score numeric',
      '*',
    ]);
    expect(core.stores.models.leftOut(model.id).map(({ name }) => name)).toEqual(['scored_at', 'user_id']);
  });

  it('finds the fault on its first day and tells it in one report until it is over', async () => {
    await backfillStatistics(core.checks, model, windows());

    expect(await judgeAll()).toEqual([
      '2026-03-10 open',
      '2026-03-11 develop',
      '2026-03-12 develop',
      '2026-03-13 wait',
      '2026-03-14 resolve',
    ]);

    const [report, ...others] = core.stores.reports.list(model.id);
    expect(others).toEqual([]);
    expect(report).toMatchObject({ state: 'resolved', severity: 'high' });
    const lead = report?.findings[0];
    expect(lead).toMatchObject({
      series: { column: 'age', statistic: 'mean' },
      from: { key: FAULT_DAY },
      pattern: 'spike',
    });
    expect(lead?.worst.value).toBeGreaterThan(lead?.worst.forecast?.upper ?? Number.POSITIVE_INFINITY);
  });

  it('sends it once, with a picture that was really drawn', async () => {
    const { stores, charts, logger } = core;

    await deliverDue({ stores, chat, charts, clock, logger });
    await deliverDue({ stores, chat, charts, clock, logger });

    expect(chat.posts).toHaveLength(1);
    const id = core.stores.reports.latest(model.id)?.id;
    expect(chat.uploads).toEqual([`report-${id}.png`, `report-${id}-finding-1-1.png`, `report-${id}-finding-1-2.png`]);
    expect(chat.updates.at(-1)?.message.text).toContain(
      '✅ Resolved: churn. Back inside the expected band. Age mean was',
    );
  });

  it('gives the same rows and no second message when all of it is run again', async () => {
    const before = core.stores.detections.between(model.id, 0, Number.MAX_SAFE_INTEGER);

    await backfillStatistics(core.checks, model, windows());
    const steps = await judgeAll();
    await deliverDue({ stores: core.stores, chat, charts: core.charts, clock, logger: core.logger });

    expect(steps.every((step) => step.endsWith(' past'))).toBe(true);
    expect(core.stores.detections.between(model.id, 0, Number.MAX_SAFE_INTEGER)).toEqual(before);
    expect(chat.posts).toHaveLength(1);
  });
});

/** A feature in years that comes in months for three days; everything else as always. */
function scoredRows(): string {
  const random = createSeededRandom(7);
  const lines = ['scored_at,user_id,age,plan,score'];
  const first = parseWindow(FIRST_DAY, ZONE, 'day').startMs;
  const last = parseWindow(LAST_DAY, ZONE, 'day').endMs;
  const fault = parseWindow(FAULT_DAY, ZONE, 'day').startMs;
  const step = DAY_MS / ROWS_PER_DAY;
  for (let ms = first; ms < last; ms += step) {
    const isFaulty = ms >= fault && ms < fault + 3 * DAY_MS;
    const age = (40 + 10 * random.normal()) * (isFaulty ? 12 : 1);
    const plan = ['free', 'pro', 'team'][random.integer(0, 2)];
    const score = 0.5 + 0.1 * random.normal();
    lines.push(
      `${new Date(ms).toISOString()},u${random.integer(1, 1e9)},${age.toFixed(2)},${plan},${score.toFixed(4)}`,
    );
  }
  return `${lines.join('\n')}\n`;
}
