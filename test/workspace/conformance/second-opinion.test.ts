import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { LogLevel, WebClient } from '@slack/web-api';
import { createEmulator, type Emulator } from 'emulate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Workspace } from '../../../src/workspace/index.ts';
import { startWorkspace } from '../bolt-app.ts';
import { samplePng } from '../sample-png.ts';

const TOKEN = 'xoxb-second-opinion';
let emulator: Emulator;
let workspace: Workspace;

/**
 * npm's `emulate` is another stand-in, by other people. What both can do is done with both, so that ours is not its
 * own judge; ids and times differ and are left out.
 */
beforeAll(async () => {
  workspace = await startWorkspace({ limits: { fileReadyDelayMs: 0 } });
  emulator = await createEmulator({
    service: 'slack',
    port: await freePort(),
    seed: {
      tokens: { [TOKEN]: { login: 'developer', scopes: [] } },
      slack: {
        users: [{ name: 'developer' }],
        channels: [{ name: 'general' }, { name: 'ml-health' }],
        bots: [{ name: 'echobot' }],
      },
    },
  });
});
afterAll(async () => {
  await emulator?.close();
  await workspace?.close();
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

type Seen = Readonly<Record<string, unknown>>;

/** What happened at each step: what came back, or the name of the refusal. */
async function play(slackApiUrl: string, token: string): Promise<Seen> {
  const client = new WebClient(token, { slackApiUrl, retryConfig: { retries: 0 }, logLevel: LogLevel.ERROR });
  const seen: Record<string, unknown> = {};
  const step = async (name: string, act: () => Promise<unknown>): Promise<void> => {
    seen[name] = await act().catch((error: { data?: { error?: string } }) => error.data?.error ?? String(error));
  };
  const channels = await client.conversations.list();
  const channel = channels.channels?.find((one) => one.name === 'ml-health')?.id ?? '';
  const metadata = { event_type: 'report', event_payload: { report: '7' } };
  const parent = (await client.chat.postMessage({ channel, text: 'Report', metadata })).ts ?? '';

  await step('auth', async () =>
    Object.keys(await client.auth.test())
      .filter((key) => ['team_id', 'user_id', 'ok'].includes(key))
      .sort(),
  );
  await step('channels', async () =>
    channels.channels
      ?.map((one) => one.name)
      .filter((name) => name !== 'random')
      .sort(),
  );
  await step(
    'reply',
    async () =>
      (await client.chat.postMessage({ channel, text: 'Because', thread_ts: parent })).message?.thread_ts === parent,
  );
  await step('update', async () => (await client.chat.update({ channel, ts: parent, text: 'Report, edited' })).text);
  await step('history', async () => (await client.conversations.history({ channel })).messages?.map((one) => one.text));
  await step('replies', async () =>
    (await client.conversations.replies({ channel, ts: parent })).messages?.map((one) => one.text),
  );
  await step(
    'reply count',
    async () => (await client.conversations.history({ channel })).messages?.at(-1)?.reply_count,
  );
  await step('permalink', async () =>
    (await client.chat.getPermalink({ channel, message_ts: parent })).permalink?.endsWith(
      `p${parent.replace('.', '')}`,
    ),
  );
  await step('reaction twice', async () => {
    await client.reactions.add({ channel, timestamp: parent, name: 'eyes' });
    return client.reactions.add({ channel, timestamp: parent, name: 'eyes' });
  });
  await step(
    'long text',
    async () => (await client.chat.postMessage({ channel, text: 'x'.repeat(40_001) })).response_metadata?.warnings,
  );
  await step('no text', () => client.chat.postMessage({ channel, text: '' }));
  await step('no channel', () => client.chat.postMessage({ channel: 'C0NONE', text: 't' }));
  await step('update of nothing', () => client.chat.update({ channel, ts: '1.000001', text: 't' }));
  await step('unknown user', () => client.users.info({ user: 'U0NONE' }));
  await step('unknown file', () => client.files.info({ file: 'F0NONE' }));
  await step('file', async () => {
    const png = samplePng(8, 8);
    const { upload_url: url = '', file_id: id = '' } = await client.files.getUploadURLExternal({
      filename: 'a.png',
      length: png.length,
    });
    await fetch(url, { method: 'POST', body: new Uint8Array(png) });
    await client.files.completeUploadExternal({ files: [{ id, title: 'a.png' }] });
    const { file } = await client.files.info({ file: id });
    return [file?.name, file?.size, file?.mimetype];
  });
  await step('trigger', () =>
    client.views.open({
      trigger_id: '1.2.x',
      view: { type: 'modal', title: { type: 'plain_text', text: 't' }, blocks: [] },
    }),
  );
  return seen;
}

describe('the same calls, on the local workspace and on emulate', () => {
  it('come to the same', async () => {
    const theirs = await play(`${emulator.url}/api/`, TOKEN);
    const ours = await play(workspace.apiUrl, workspace.botToken);

    expect(ours).toEqual(theirs);
  });
});
