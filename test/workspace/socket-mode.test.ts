import type { App } from '@slack/bolt';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { Workspace } from '../../src/workspace/index.ts';
import { anna, channelId, eventually, startApp, startWorkspace } from './bolt-app.ts';
import { call } from './raw-client.ts';

let workspace: Workspace;
let app: App;

beforeEach(async () => {
  workspace = await startWorkspace({ limits: { refreshGraceMs: 50 } });
  app = await startApp(workspace, (bolt) => answerEcho(bolt, () => undefined));
});
afterEach(async () => {
  await app.stop();
  await workspace.close();
});

function answerEcho(bolt: App, onCommand: () => unknown): void {
  bolt.command('/echo', async ({ ack }) => {
    onCommand();
    await ack();
  });
}

const issue = () => workspace.issueCommand({ user: anna, channel: channelId(workspace, 'general'), text: '/echo' });

describe('socket mode', () => {
  it('gives each envelope to exactly one of several connections', async () => {
    const seen: string[] = [];
    const others = await Promise.all(
      ['second', 'third'].map((name) => startApp(workspace, (bolt) => answerEcho(bolt, () => seen.push(name)))),
    );

    for (let issued = 0; issued < 3; issued += 1) expect((await issue()).ok).toBe(true);

    expect(workspace.state.connections()).toBe(3);
    expect(seen.toSorted()).toEqual(['second', 'third']);
    await Promise.all(others.map((one) => one.stop()));
  });

  it('takes a ticket once and refuses a wrong one', async () => {
    const { url } = await call(workspace, 'apps.connections.open', {}, workspace.appToken);
    const first = openSocket(String(url));
    const second = openSocket(String(url));

    expect([await first.opened, await second.opened]).toEqual([true, false]);
    first.close();
  });

  it('asks its connections to come back, and closes those that stay', async () => {
    await app.stop();
    await eventually(() => workspace.state.connections() === 0 || undefined);
    const { url } = await call(workspace, 'apps.connections.open', {}, workspace.appToken);
    const probe = openSocket(String(url));
    await probe.opened;

    workspace.refreshSockets();

    await eventually(() => probe.texts.find((one) => one.includes('refresh_requested')));
    expect(probe.texts[0]).toContain('"type":"hello"');
    await eventually(() => workspace.state.connections() === 0);
  });
});

function openSocket(url: string) {
  const socket = new WebSocket(url);
  const texts: string[] = [];
  socket.on('message', (data) => texts.push(String(data)));
  const opened = new Promise<boolean>((resolve) => {
    socket.on('open', () => resolve(true));
    socket.on('error', () => resolve(false));
  });
  return { texts, opened, close: () => socket.close() };
}
