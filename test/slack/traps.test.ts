import { createHmac } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { createSystemClock } from '../../src/platform/system-clock.ts';
import { createInteractiveClient } from '../../src/slack/index.ts';
import { createRecordingLogger } from './recording-logger.ts';
import { ANNA, type BenchOptions, type SlackBench, startBench, until } from './slack-bench.ts';

const SECRET = 'a-signing-secret-of-the-test';
const FORM = 'application/x-www-form-urlencoded';
const overHttp: BenchOptions = { settings: { transport: { mode: 'http', signingSecret: SECRET, port: 0 } } };
const clock = createSystemClock();
let bench: SlackBench;

afterEach(() => bench.close());

interface Sent {
  readonly atMs?: number;
  readonly type?: string;
  readonly isSigned?: boolean;
  readonly headers?: Record<string, string>;
}

/** A request as Slack would send it, but for what a trap changes of it. */
async function send(body: string, { atMs = clock.now(), type = FORM, isSigned = true, headers = {} }: Sent = {}) {
  const timestamp = String(Math.floor(atMs / 1000));
  const hash = createHmac('sha256', SECRET).update(`v0:${timestamp}:${body}`).digest('hex');
  const signature = { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': `v0=${hash}` };
  const response = await fetch(`http://127.0.0.1:${bench.app.port()}/slack/events`, {
    method: 'POST',
    body: Buffer.from(body),
    headers: { 'content-type': type, ...(isSigned ? signature : {}), ...headers },
  });
  return response.status;
}

function command(name = '/drift'): string {
  const { teamId } = bench.workspace;
  const fields = { user_id: ANNA, channel_id: 'C0ALERTS1', team_id: teamId, response_url: 'http://127.0.0.1:9/' };
  return new URLSearchParams({ command: name, text: 'status', trigger_id: '1.2.abc', ...fields }).toString();
}

describe('over HTTP', () => {
  it('a request that is signed for the future counts once, however often it comes', async () => {
    bench = await startBench(overHttp);
    const body = command();
    const atMs = clock.now() + 3_600_000;

    expect([await send(body, { atMs }), await send(body, { atMs })]).toEqual([200, 200]);

    await until(() => bench.doors.calls[0], 'the command');
    await clock.sleep(50);
    expect(bench.doors.calls).toHaveLength(1);
  });

  it('a content type with a charset is refused, not misread', async () => {
    bench = await startBench(overHttp);

    expect(await send(command(), { type: `${FORM}; charset=utf-8` })).toBe(400);
    expect(bench.doors.calls).toEqual([]);
  });

  it('a look at the certificate is answered without a signature, and does nothing', async () => {
    bench = await startBench(overHttp);

    expect(await send('ssl_check=1', { isSigned: false })).toBe(200);
    expect(await send(command(), { isSigned: false })).toBe(401);
    expect(bench.doors.calls).toEqual([]);
  });

  it('a command under another name is acknowledged at once, not left to time out', async () => {
    bench = await startBench(overHttp);

    const startedAt = clock.now();
    expect(await send(command('/models'))).toBe(200);

    expect(clock.now() - startedAt).toBeLessThan(2_500);
    await until(() => bench.doors.calls[0], 'the command');
  });

  it('an event that Slack sends again is heard once', async () => {
    bench = await startBench(overHttp);
    const { workspace } = bench;
    const event = { type: 'app_mention', user: ANNA, text: 'status', channel: 'C0ALERTS1', ts: '1.2' };
    const body = JSON.stringify({ type: 'event_callback', team_id: workspace.teamId, event_id: 'Ev1', event });
    const retry = { 'x-slack-retry-num': '1', 'x-slack-retry-reason': 'http_timeout' };

    const statuses = [
      await send(body, { type: 'application/json' }),
      await send(body, { type: 'application/json', headers: retry }),
    ];

    expect(statuses).toEqual([200, 200]);
    await until(() => bench.doors.calls[0], 'the mention');
    await clock.sleep(50);
    expect(bench.doors.calls).toHaveLength(1);
  });
});

describe('over a socket', () => {
  it('an envelope that comes twice counts once', async () => {
    bench = await startBench();
    bench.workspace.duplicateNext();

    await bench.workspace.issueCommand({ user: ANNA, channel: bench.channel, text: '/drift status' });

    await until(() => bench.workspace.state.ephemerals(bench.channel)[0], 'an answer');
    await clock.sleep(100);
    expect(bench.doors.calls).toHaveLength(1);
    expect(bench.workspace.state.ephemerals(bench.channel)).toHaveLength(1);
  });
});

describe('a call that is rate limited', () => {
  it('lets a dialog open meanwhile: nothing waits in one queue', async () => {
    bench = await startBench();
    const client = createInteractiveClient(bench.settings, createRecordingLogger());
    bench.workspace.inject({ method: 'users.info', kind: 'rate_limit', retryAfterSeconds: 30 });

    const limited = client.users.info({ user: ANNA }).catch((thrown: unknown) => thrown);
    const published = await client.views.publish({ user_id: ANNA, view: { type: 'home', blocks: [] } });

    expect(published.ok).toBe(true);
    expect(String(await limited)).toMatch(/rate/i);
  });
});
