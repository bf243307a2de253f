import type { App } from '@slack/bolt';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Workspace } from '../../src/workspace/index.ts';
import { anna, bruno, channelId, eventually, startApp, startWorkspace } from './bolt-app.ts';
import { call } from './raw-client.ts';

let workspace: Workspace;
let app: App;
let channel: string;
let heard: Record<string, unknown>[];

const text = (value: string) => ({ type: 'plain_text', text: value }) as const;
const option = (value: string) => ({ text: text(value), value });

beforeEach(async () => {
  heard = [];
  workspace = await startWorkspace({
    users: [
      { id: anna, name: 'anna' },
      { id: bruno, name: 'bruno', isExternal: true },
    ],
    shortcuts: [
      { type: 'message', name: 'Mute this', callbackId: 'mute', description: 'Mutes the model' },
      { type: 'global', name: 'Register', callbackId: 'register', description: 'Adds a model' },
    ],
    limits: { eventRetryDelaysMs: [5, 5, 5] },
  });
  channel = channelId(workspace, 'general');
  app = await startApp(workspace, (bolt) => {
    bolt.shortcut(/.*/, async ({ ack, payload }) => {
      heard.push({ ...payload });
      await ack();
    });
    bolt.options('model', async ({ ack, payload }) => {
      heard.push({ ...payload });
      const models = ['delay-v3', 'delay-v4', 'churn'].filter((name) => name.startsWith(payload.value));
      await ack({ options: models.map(option) });
    });
    bolt.action(/.*/, async ({ ack, action, body }) => {
      heard.push({ ...action, team: body.user.team_id });
      await ack();
    });
    bolt.event('app_mention', async ({ event, context }) => {
      heard.push({ ...event, retry: context.retryNum });
    });
    bolt.event('app_home_opened', async ({ event }) => void heard.push({ ...event }));
  });
});
afterEach(async () => {
  await app.stop();
  await workspace.close();
});

const post = async (...elements: unknown[]) => {
  const blocks = elements.length > 0 ? [{ type: 'actions', block_id: 'b', elements }] : undefined;
  return String((await call(workspace, 'chat.postMessage', { channel, text: 'Report', blocks })).ts);
};

describe('a shortcut', () => {
  it('of a message brings the message with it', async () => {
    const ts = await post();

    expect(await workspace.runShortcut({ user: anna, callbackId: 'mute', channel, ts })).toMatchObject({ ok: true });
    expect(heard).toMatchObject([
      { type: 'message_action', callback_id: 'mute', message_ts: ts, message: { text: 'Report' } },
    ]);
  });

  it('of no message brings a trigger only', async () => {
    await workspace.runShortcut({ user: anna, callbackId: 'register' });

    expect(heard).toMatchObject([{ type: 'shortcut', trigger_id: expect.any(String) }]);
    expect(heard[0]).not.toHaveProperty('message');
  });

  it('is not offered to people of other organisations, nor is a command', async () => {
    expect(await workspace.runShortcut({ user: bruno, callbackId: 'register' })).toMatchObject({
      error: 'unknown_shortcut',
    });
    expect(await workspace.issueCommand({ user: bruno, channel, text: '/echo' })).toMatchObject({
      error: 'unknown_command',
    });
    expect(workspace.sent()).toEqual([]);
  });
});

describe('an external select', () => {
  const select = { type: 'external_select', action_id: 'model', min_query_length: 0 };

  it('offers what the app answers, and takes nothing else', async () => {
    const ts = await post(select);
    const place = { user: anna, channel, ts, actionId: 'model' };

    const early = await workspace.press({ ...place, value: 'delay-v4' });
    const offer = await workspace.suggest({ ...place, value: 'delay' });
    const picked = await workspace.press({ ...place, value: 'delay-v4' });

    expect(early).toMatchObject({ error: 'stale_action' });
    expect(offer).toMatchObject({ ok: true, payload: { options: [{ value: 'delay-v3' }, { value: 'delay-v4' }] } });
    expect(picked.ok).toBe(true);
    expect(heard.at(-1)).toMatchObject({ type: 'external_select', selected_option: { value: 'delay-v4' } });
  });

  it('is no select any more once its message is gone', async () => {
    const ts = await post(select);
    await call(workspace, 'chat.delete', { channel, ts });

    expect(await workspace.suggest({ user: anna, channel, ts, actionId: 'model', value: '' })).toMatchObject({
      error: 'stale_action',
    });
  });
});

describe('elements inside a container', () => {
  it('can be pressed', async () => {
    const button = { type: 'button', action_id: 'go', value: '7', text: text('Go') };
    const children = [{ type: 'actions', block_id: 'inner', elements: [button] }];
    const blocks = [{ type: 'container', title: text('More'), child_blocks: children }];
    const { ts } = await call(workspace, 'chat.postMessage', { channel, text: 't', blocks });

    await workspace.press({ user: anna, channel, ts: String(ts), actionId: 'go', blockId: 'inner' });

    expect(heard).toMatchObject([{ action_id: 'go', block_id: 'inner', value: '7' }]);
  });
});

describe('a person of another organisation', () => {
  it('is told apart in presses and mentions', async () => {
    const ts = await post({ type: 'button', action_id: 'go', text: text('Go') });

    await workspace.press({ user: bruno, channel, ts, actionId: 'go' });
    await workspace.say({ user: bruno, channel, text: '@echobot why' });

    await eventually(() => heard.length === 2 || undefined);
    expect(heard).toMatchObject([{ team: 'T0EXTERNAL' }, { user_team: 'T0EXTERNAL' }]);
    expect(workspace.sent().at(-1)?.payload).toMatchObject({ is_ext_shared_channel: true });
  });
});

describe('events', () => {
  it('a mention in a thread says which', async () => {
    const ts = await post();

    await workspace.say({ user: anna, channel, threadTs: ts, text: '@echobot why' });

    await eventually(() => heard.length === 1 || undefined);
    expect(heard).toMatchObject([{ type: 'app_mention', thread_ts: ts }]);
  });

  it('a mention where the app is no member is not heard', async () => {
    workspace.kick(channel, workspace.botUserId);

    await workspace.say({ user: anna, channel, text: '@echobot why' });

    expect(workspace.sent()).toEqual([]);
  });

  it('the home says what was published before', async () => {
    await workspace.openHome(anna);
    await call(workspace, 'views.publish', { user_id: anna, view: { type: 'home', blocks: [{ type: 'divider' }] } });
    await workspace.openHome(anna);

    await eventually(() => heard.length === 2 || undefined);
    expect(heard[0]).not.toHaveProperty('view');
    expect(heard[1]).toMatchObject({ view: { type: 'home', blocks: [{ type: 'divider' }] } });
  });

  it('come twice over a socket when that is ordered, under one envelope', async () => {
    workspace.duplicateNext();

    await workspace.say({ user: anna, channel, text: '@echobot why' });

    await eventually(() => heard.length === 2 || undefined);
    expect(heard[0]?.ts).toBe(heard[1]?.ts);
  });

  it('come again after the sockets were cut, with the number of the attempt', async () => {
    workspace.dropSockets();
    await eventually(() => workspace.state.connections() === 0 || undefined);

    const first = await workspace.say({ user: anna, channel, text: '@echobot why' });

    expect(first).toMatchObject({ error: 'dispatch_failed' });
    await eventually(() => workspace.sent().length === 4 || undefined);
    expect(workspace.sent().map((one) => one.retry)).toEqual([0, 1, 2, 3]);
  });
});
