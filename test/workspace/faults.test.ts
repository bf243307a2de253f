import { WebClient, WebClientEvent } from '@slack/web-api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Workspace } from '../../src/workspace/index.ts';
import { channelId, startWorkspace } from './bolt-app.ts';
import { call, postJson } from './raw-client.ts';

let workspace: Workspace;
let clock: number;
let channel: string;

beforeEach(async () => {
  clock = 1_700_000_000_000;
  workspace = await startWorkspace({ now: () => clock, limits: { postBurst: 3, hasTiers: true } });
  channel = channelId(workspace, 'general');
});
afterEach(() => workspace.close());

const post = () => rawPost('chat.postMessage', { channel, text: 'hello' });

function rawPost(method: string, args: Record<string, string>): Promise<Response> {
  const headers = { authorization: `Bearer ${workspace.botToken}` };
  return fetch(`${workspace.apiUrl}${method}`, { method: 'POST', headers, body: new URLSearchParams(args) });
}

async function statuses(count: number, make: () => Promise<Response>): Promise<number[]> {
  const seen: number[] = [];
  for (let turn = 0; turn < count; turn += 1) seen.push((await make()).status);
  return seen;
}

describe('rate limits', () => {
  it('let a short burst into a channel, then one post a second', async () => {
    expect(await statuses(4, post)).toEqual([200, 200, 200, 429]);

    clock += 1_000;

    expect(await statuses(2, post)).toEqual([200, 429]);
  });

  it('say how long to wait, in the form that the SDK understands', async () => {
    await statuses(3, post);
    const waits: number[] = [];
    const client = new WebClient(workspace.botToken, {
      slackApiUrl: workspace.apiUrl,
      rejectRateLimitedCalls: true,
      retryConfig: { retries: 0 },
    });
    client.on(WebClientEvent.RATE_LIMITED, (seconds: number) => waits.push(seconds));

    await expect(client.chat.postMessage({ channel, text: 'hello' })).rejects.toMatchObject({ retryAfter: 1 });
    expect(waits).toEqual([1]);
  });

  it('hold each channel and each method to its own', async () => {
    await statuses(3, post);

    const elsewhere = await rawPost('chat.postMessage', { channel: channelId(workspace, 'ml-health'), text: 'hello' });

    expect(elsewhere.status).toBe(200);
  });

  it('hold a method of the second tier to 20 calls a minute', async () => {
    const seen = await statuses(21, () => rawPost('users.list', {}));

    expect(seen.indexOf(429)).toBe(20);
  });
});

describe('ordered trouble', () => {
  const stored = () => workspace.state.messages(channel).length;

  it('a 503 carries nothing out, and is over after its times', async () => {
    workspace.inject({ method: 'chat.postMessage', kind: 'status', status: 503, times: 2 });

    expect(await statuses(3, post)).toEqual([503, 503, 200]);
    expect(stored()).toBe(1);
  });

  it.each([
    ['before', 0],
    ['after', 1],
  ] as const)('a connection reset %s the commit leaves %i message', async (when, left) => {
    workspace.inject({ method: 'chat.postMessage', kind: 'reset', when });

    await expect(post()).rejects.toThrow();

    expect(stored()).toBe(left);
  });

  it('a 429 comes with its header or without', async () => {
    workspace.inject({ method: '*', kind: 'rate_limit', retryAfterSeconds: 7 });
    workspace.inject({ method: '*', kind: 'rate_limit' });

    const [first, second] = [await post(), await post()];

    expect([first.status, first.headers.get('retry-after')]).toEqual([429, '7']);
    expect([second.status, second.headers.get('retry-after')]).toEqual([429, null]);
    expect(stored()).toBe(0);
  });

  it('latency delays and an error is named', async () => {
    workspace.inject({ method: 'chat.postMessage', kind: 'latency', latencyMs: 30 });
    const before = performance.now();
    await post();
    expect(performance.now() - before).toBeGreaterThan(25);

    workspace.inject({ method: 'chat.postMessage', kind: 'error', error: 'fatal_error' });
    expect(await call(workspace, 'chat.postMessage', { channel, text: 't' })).toMatchObject({ error: 'fatal_error' });
  });

  it('a lost share answers as ever, and no channel shows the file', async () => {
    workspace.inject({ method: 'files.completeUploadExternal', kind: 'lost_share' });
    const bytes = 'hello';
    const { upload_url: url, file_id: id } = await call(workspace, 'files.getUploadURLExternal', {
      filename: 'a.txt',
      length: bytes.length,
    });
    await fetch(String(url), { method: 'POST', body: bytes });

    const done = await call(workspace, 'files.completeUploadExternal', { files: [{ id }], channel_id: channel });

    expect(done.ok).toBe(true);
    expect(stored()).toBe(0);
    expect(await call(workspace, 'files.info', { file: id })).toMatchObject({ file: { shares: {} } });
  });

  it('can be ordered from another process, and only in a form that is known', async () => {
    const order = (body: object) => postJson(`${workspace.url}/control/faults`, body);

    expect((await order({ method: 'auth.test', kind: 'status', status: 500 })).status).toBe(200);
    expect((await order({ method: 'auth.test', kind: 'earthquake' })).status).toBe(400);

    expect(await statuses(1, () => rawPost('auth.test', {}))).toEqual([500]);
    const log = (await (await postJson(`${workspace.url}/control/log`, {})).json()) as { calls: { method: string }[] };
    expect(log.calls).toEqual([]);
    expect((await postJson(`${workspace.url}/control/toString`, {})).status).toBe(404);
  });
});
