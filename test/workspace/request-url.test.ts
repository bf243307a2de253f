import type { AddressInfo } from 'node:net';
import { App, HTTPReceiver, LogLevel } from '@slack/bolt';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Tampering, Workspace } from '../../src/workspace/index.ts';
import { anna, channelId, eventually, startWorkspace } from './bolt-app.ts';
import { call } from './raw-client.ts';

let workspace: Workspace;
let receiver: HTTPReceiver;
let url: string;
let handled: string[];

beforeEach(async () => {
  handled = [];
  workspace = await startWorkspace({ limits: { eventRetryDelaysMs: [0, 10, 20], ackDeadlineMs: 400 } });
  receiver = new HTTPReceiver({ signingSecret: workspace.signingSecret, logLevel: LogLevel.ERROR });
  const app = new App({
    token: workspace.botToken,
    receiver,
    logLevel: LogLevel.ERROR,
    convoStore: false,
    clientOptions: { slackApiUrl: workspace.apiUrl },
  });
  app.command('/echo', async ({ ack, command }) => {
    handled.push(command.text);
    if (command.text !== 'silence') await ack({ text: `You said ${command.text}` });
  });
  app.action('go', async ({ ack, respond }) => {
    await ack();
    await respond({ replace_original: true, text: 'Gone' });
  });
  app.event('app_mention', async ({ event }) => void handled.push(event.text));
  app.error(async ({ message }) => void handled.push(message));
  const server = await receiver.start(0);
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`;
  await workspace.useRequestUrl(url);
});
afterEach(async () => {
  await receiver.stop().catch(() => undefined);
  await workspace.close();
});

const channel = () => channelId(workspace, 'general');
const command = (text: string) => workspace.issueCommand({ user: anna, channel: channel(), text: `/echo ${text}` });

describe('HTTP mode', () => {
  it('checks the address before it uses it', async () => {
    await expect(workspace.useRequestUrl(`${workspace.url}/nothing`)).rejects.toThrow('challenge');
    await expect(workspace.useRequestUrl('http://127.0.0.1:9/')).rejects.toThrow('no answer');

    expect((await command('still there')).ok).toBe(true);
  });

  it('sends commands and presses that a real receiver takes, and shows the answers', async () => {
    await command('hello');
    const button = { type: 'button', action_id: 'go', text: { type: 'plain_text', text: 'Go' } };
    const blocks = [{ type: 'actions', elements: [button] }];
    const posted = await call(workspace, 'chat.postMessage', { channel: channel(), text: 'Report', blocks });
    const ts = String(posted.ts);

    expect(await workspace.press({ user: anna, channel: channel(), ts, actionId: 'go' })).toMatchObject({ ok: true });

    await eventually(() => workspace.state.message(channel(), ts)?.text === 'Gone' || undefined);
    expect(workspace.state.ephemerals(channel()).map((one) => one.text)).toEqual(['You said hello']);
    expect(workspace.sent().map(({ way, outcome }) => `${way} ${outcome}`)).toEqual([
      'http acknowledged',
      'http acknowledged',
    ]);
  });

  it('shows a person what became of a command that is not acknowledged', async () => {
    expect(await command('silence')).toMatchObject({ ok: false, error: 'operation_timeout' });
    expect(workspace.state.ephemerals(channel()).at(-1)?.text).toContain('operation_timeout');
    expect(workspace.sent().at(-1)?.outcome).toBe('operation_timeout');
  });

  it.each<[Tampering, number]>([
    ['unsigned', 401],
    ['forged', 401],
    ['stale', 401],
    ['charset', 400],
    // Bolt takes these two: an app must know by itself that it has seen the request.
    ['future', 200],
    ['replayed', 200],
  ])('sends the last request again, %s', async (tampering, status) => {
    await command('once');

    expect(await workspace.resend(tampering)).toBe(status);
    await expect.poll(() => handled.length).toBe(status === 200 ? 2 : 1);
  });

  it('sends an event again at once, after a minute and after five, with the reason', async () => {
    await receiver.stop();
    await workspace.say({ user: anna, channel: channel(), text: '@echobot why' });

    await eventually(() => workspace.sent().length === 4 || undefined);

    expect(workspace.sent().map(({ retry, outcome }) => `${retry} ${outcome}`)).toEqual([
      '0 dispatch_failed',
      '1 dispatch_failed',
      '2 dispatch_failed',
      '3 dispatch_failed',
    ]);
    expect(new Set(workspace.sent().map(({ payload }) => payload.event_id)).size).toBe(1);
  });
});
