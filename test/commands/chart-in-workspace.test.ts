import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { IN_MEMORY } from '../../src/db/index.ts';
import { LOCAL_CHANNEL, type LocalBot, startLocalBot } from '../../src/local-bot.ts';
import { type Core, createCore } from '../../src/main.ts';
import { createSystemClock } from '../../src/platform/system-clock.ts';
import { days, detectionsOf, seriesKey } from '../builders/detections.ts';
import { registeredModel } from '../builders/stores.ts';
import { silentLogger } from '../doubles/recording-chat.ts';

const USER = 'U0RESPONDER';
let core: Core;
let local: LocalBot;
let channel: string;

/** The whole bot over a real socket, with a model of thirty days. */
beforeEach(async () => {
  core = await createCore({
    ...{ databasePath: IN_MEMORY, memoryLimit: '100MB', clock: createSystemClock(), logger: silentLogger() },
  });
  const { stores } = core;
  const model = registeredModel(stores);
  for (const [index, window] of days(30).entries()) {
    const row = {
      window,
      segment: '',
      column: 'age',
      role: 'feature',
      kind: 'numeric',
      rows: 100,
      problems: [],
    } as const;
    stores.statistics.replaceWindows(
      model.id,
      [window],
      [{ ...row, statistics: { mean: 40 + (index % 3), coverage: 1 } }],
    );
    const [detection] = detectionsOf([0], seriesKey());
    if (detection !== undefined) stores.detections.replaceWindow(model.id, window, [{ ...detection, window }], 'paper');
  }
  local = await startLocalBot(core, { port: 0 });
  channel = local.workspace.state.channelNamed(LOCAL_CHANNEL)?.id ?? '';
});

afterEach(async () => {
  await local.stop();
  await core.close();
});

const type = (text: string) => local.workspace.issueCommand({ user: USER, channel, text });
/** The worker that draws has to start first, which takes seconds on a busy machine. */
const PATIENCE = { timeout: 30_000, interval: 50 } as const;
const pictures = () =>
  local.workspace.state
    .ephemerals(channel)
    .flatMap(({ blocks }) => blocks)
    .filter(({ type: kind }) => kind === 'image' || kind === 'data_visualization');
const shown = (count: number) => vi.waitFor(() => expect(pictures()).toHaveLength(count), PATIENCE);

describe('/drift chart in a workspace', { timeout: 90_000 }, () => {
  it('shows its picture to the person who asked, from a private file that is drawn and uploaded once', async () => {
    await type('/drift chart churn age 14d');
    await shown(1);

    expect(pictures()[0]).toMatchObject({ type: 'image', alt_text: expect.stringContaining('age mean: 42 on') });
    const [file] = local.workspace.state.files();
    expect(file).toMatchObject({ mimetype: 'image/png', shares: [] });

    await type('/drift chart churn age 14d');
    await shown(2);
    expect(local.workspace.state.files()).toHaveLength(1);
  });

  it('lets Slack draw the numbers when the upload is refused', async () => {
    local.workspace.inject({ method: 'files.getUploadURLExternal', kind: 'error', error: 'file_uploads_disabled' });

    await type('/drift chart churn age');

    await shown(1);
    expect(pictures()[0]).toMatchObject({ type: 'data_visualization', chart: { type: 'line' } });
  });
});
