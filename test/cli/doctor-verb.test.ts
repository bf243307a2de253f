import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { runCommand } from '../../commands/index.ts';
import { ill, well } from '../../src/domain/examined.ts';
import type { ReportId, UserId } from '../../src/domain/identifiers.ts';
import { plainMessage } from '../../src/messages/message.ts';
import { commandDeps } from '../builders/command-deps.ts';
import { type WatchedSource, watchedSource } from '../builders/watched-source.ts';
import { objectsOf, runDriftbell } from './run-driftbell.ts';

describe('driftbell doctor', () => {
  let source: WatchedSource;
  let slack: Server;
  let granted = '';

  beforeAll(async () => {
    source = await watchedSource({
      registeredAt: '2026-03-09T12:00',
      isHistoryLeft: true,
      history: ({ fillFrom }) => fillFrom('2026-03-01', 8, 30),
    });
    // Slack as it answers: a good bot token with some scopes, and an app token that it does not know.
    slack = createServer((request, response) => {
      const isGood = request.url?.endsWith('auth.test') === true;
      response.setHeader('content-type', 'application/json');
      response.setHeader('x-oauth-scopes', granted);
      response.end(
        JSON.stringify(isGood ? { ok: true, user: 'driftbell', team: 'Acme' } : { ok: false, error: 'invalid_auth' }),
      );
    });
    await new Promise<void>((resolve) => slack.listen(0, '127.0.0.1', resolve));
  });

  beforeEach(() => {
    vi.stubEnv('DRIFTBELL_DATABASE', source.databasePath);
    vi.stubEnv('DRIFTBELL_LOG_LEVEL', 'silent');
  });

  afterEach(() => vi.unstubAllEnvs());
  afterAll(async () => {
    slack.close();
    await source.close();
  });

  const doctor = (...args: string[]) => runDriftbell(['doctor', ...args], source.clock);
  async function states(): Promise<Record<string, unknown>> {
    return Object.fromEntries(objectsOf(await doctor('--json')).map(({ part, state }) => [String(part), state]));
  }

  it('finds a bot well whose parts are there, and says what is doubtful', async () => {
    expect(await doctor()).toMatchObject({ code: 0, err: '' });
    expect(await states()).toEqual({
      ...{ settings: 'well', database: 'well', detector: 'well', Slack: 'well', 'source of churn': 'well' },
      ...{ bot: 'doubtful', outbox: 'well' },
    });
  });

  it('tells a source that ended, a check that failed and a message that does not go out', async () => {
    const { stores } = source.core;
    source.at('2026-03-12T12:00');
    const run = stores.runs.begin({
      job: 'check',
      modelId: source.model.id,
      windowStartMs: 1,
      at: source.clock.now(),
      leaseMs: 1,
    });
    if (run !== undefined) stores.runs.end(run, 'failed', source.clock.now(), {}, 'the disk is full');
    const report = stores.reports.insert({
      ...{ modelId: source.model.id, severity: 'high', opened: source.window('2026-03-08'), findings: [] },
    });
    stores.outbox.add({
      key: 'k',
      kind: 'report',
      reportId: report.id as ReportId,
      revision: 1,
      at: source.clock.now(),
    });
    for (let attempt = 0; attempt < 9; attempt += 1)
      stores.outbox.retry('k', { notBefore: source.clock.now(), error: 'channel_not_found', isSure: true });

    const { code, out, err } = await doctor();

    expect(code).toBe(1);
    expect(err).toMatch(/^driftbell: Expected nothing to be ill, got checks of churn, outbox\. .*\[doctor\.ill\]\n$/);
    expect(out).toMatch(/doubtful +source of churn +.* has rows until 8 Mar 2026, .*To mend it: look whether/);
    expect(out).toMatch(/ill +checks of churn +The last one, 12 Mar 2026, .*, failed: the disk is full/);
    expect(out).toMatch(
      /ill +outbox +1 message waits; one was tried 9 times\. 1 message to C0MODELS1 \(churn\), tried 9 times: channel_not_found\. To mend it: .*`\/drift edit churn --channel #other`/,
    );
  });

  it('tells what was given up', async () => {
    const { stores } = source.core;
    const channel = source.model.channel;
    const at = source.clock.now();
    stores.outbox.add({ key: 'lost', kind: 'channel', channel, message: plainMessage('a digest'), at });
    stores.outbox.fail('lost', at, 'is_archived');

    const { code, out } = await doctor();

    expect(code).toBe(1);
    expect(out).toMatch(
      /ill +outbox +1 message was given up(, 1 message waits)?\. 1 message to C0MODELS1 \(churn\), given up after 1 try: is_archived\. .*To mend it: .*`\/drift report churn` shows/,
    );
  });

  it('asks Slack for its tokens and scopes', async () => {
    granted = 'commands,chat:write';
    vi.stubEnv('SLACK_API_URL', `http://127.0.0.1:${(slack.address() as AddressInfo).port}/api/`);
    vi.stubEnv('SLACK_BOT_TOKEN', 'xoxb-1');
    vi.stubEnv('SLACK_APP_TOKEN', 'xapp-1');

    const { code, out } = await doctor();

    expect(code).toBe(1);
    expect(out).toContain('It is driftbell of the workspace Acme.');
    expect(out).toMatch(/ill +Slack scopes +Not granted: .*files:write.*To mend it: paste manifest\.json/);
    expect(out).toMatch(/ill +Slack app token +Slack refused it: .*invalid_auth/);
  });

  it('goes on where one part is broken, and makes and changes nothing', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'driftbell-doctor-'));
    vi.stubEnv('DRIFTBELL_DETECTOR', folder);
    expect(await states()).toMatchObject({ detector: 'ill', database: 'well', 'source of churn': 'doubtful' });

    vi.stubEnv('DRIFTBELL_DATABASE', join(folder, 'none.sqlite'));
    expect(await states()).toMatchObject({ detector: 'ill', database: 'doubtful' });
    expect(existsSync(join(folder, 'none.sqlite'))).toBe(false);

    writeFileSync(join(folder, 'text.sqlite'), 'this is no database, whatever its name says');
    vi.stubEnv('DRIFTBELL_DATABASE', join(folder, 'text.sqlite'));
    expect(await states()).toMatchObject({ detector: 'ill', database: 'ill' });

    vi.stubEnv('DRIFTBELL_LEARNING_SCHEDULE', '13 3 32 * *');
    expect(objectsOf(await doctor('--json'))).toEqual([
      expect.objectContaining({ state: 'ill', text: expect.stringContaining('DRIFTBELL_LEARNING_SCHEDULE') }),
    ]);
    vi.stubEnv('DRIFTBELL_LEARNING_SCHEDULE', undefined);

    vi.stubEnv('SLACK_MODE', 'pigeon');
    expect(objectsOf(await doctor('--json'))).toEqual([
      expect.objectContaining({ part: 'settings', state: 'ill', text: expect.stringContaining('SLACK_MODE') }),
    ]);
    rmSync(folder, { recursive: true });
  });

  it('doubts a source with a row whose year is mistyped', async () => {
    const path = join(dirname(source.databasePath), 'rows.jsonl');
    const times = ['2026-03-11T23:00:00Z', '2062-10-24T10:00:00Z'];
    writeFileSync(path, times.map((scored_at) => `${JSON.stringify({ scored_at, age: 1 })}\n`).join(''));

    const { out } = await doctor();

    expect(out).toMatch(
      /doubtful +source of churn +.* rows until 11 Mar 2026, .*1 row lies in the future \(the last on 2062-10-24\)/,
    );
  });

  it('says how the numbers of a time column are read, and that ids are no times', async () => {
    const path = join(dirname(source.databasePath), 'rows.jsonl');
    const write = (time: (row: number) => number) =>
      writeFileSync(path, Array.from({ length: 9 }, (_, row) => `{"scored_at":${time(row)},"age":1}\n`).join(''));

    write((row) => Date.parse('2026-03-08T12:00Z') / 1000 + row);
    const ofSeconds = await doctor();
    write((row) => row);
    const ofIds = await doctor();

    expect(ofSeconds.out).toMatch(/rows until 8 Mar 2026, .* \(scored_at is read as seconds since 1970\)/);
    expect(ofIds.out).toMatch(/ill +source of churn +Expected a time column .*To mend it: name another time column/);
  });

  it('tells a source that is gone with how to mend it', async () => {
    rmSync(join(dirname(source.databasePath), 'rows.jsonl'));

    const { code, out } = await doctor();

    expect(code).toBe(1);
    expect(out).toMatch(/ill +source of churn +Expected .*rows\.jsonl.* To mend it: /);
  });

  it('shows the same in Slack, what is ill first', async () => {
    const examine = async () => [
      well('outbox', 'Everything was sent.'),
      ill('detector', 'It is altered.', 'install it'),
    ];
    const caller = { user: 'U0OWNER01' as UserId, channel: 'C0MODELS1' };

    const { message } = await runCommand(commandDeps(source.core.stores, { examine }), 'doctor', caller);

    expect(message.text).toBe('Driftbell looked at itself: 1 is ill, 1 is well. detector: It is altered.');
    expect(message.blocks[1]).toMatchObject({
      items: [
        [{ text: '❌ ' }, { text: 'detector' }, {}, {}],
        [{ text: '✅ ' }, {}, {}, {}],
      ],
    });
  });
});
