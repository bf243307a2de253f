import { App, LogLevel, SocketModeReceiver } from '@slack/bolt';
import { WebClient } from '@slack/web-api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Workspace } from '../../src/workspace/index.ts';
import { anna, bruno, channelId, startWorkspace } from './bolt-app.ts';
import { call } from './raw-client.ts';

let workspace: Workspace;

beforeEach(async () => {
  workspace = await startWorkspace({
    channels: [
      'general',
      { name: 'old', isArchived: true },
      { name: 'elsewhere', hasBot: false },
      { name: 'secret', isPrivate: true, hasBot: false },
      { name: 'owners', isPrivate: true, members: [anna] },
    ],
    users: [
      { id: anna, name: 'anna', realName: 'Anna Ash', isAdmin: true, zone: 'Asia/Kolkata' },
      { id: bruno, name: 'bruno', isExternal: true },
    ],
    userGroups: [{ id: 'S0OWNERS', handle: 'model-owners', name: 'Model owners', users: [anna] }],
    otherTeams: [{ teamName: 'second', channels: ['general'], users: [{ id: 'U0CARLA', name: 'carla' }] }],
  });
});
afterEach(() => workspace.close());

const post = (channel: string) => call(workspace, 'chat.postMessage', { channel, text: 't' });

describe('membership', () => {
  it.each([
    ['old', 'is_archived'],
    ['elsewhere', 'not_in_channel'],
    ['secret', 'channel_not_found'],
    ['owners', undefined],
  ])('posting to #%s gives %s', async (name, error) => {
    expect((await post(channelId(workspace, name))).error).toBe(error);
  });

  it('with chat:write.public any public channel will do', async () => {
    const other = await startWorkspace({
      channels: [{ name: 'elsewhere', hasBot: false }],
      scopes: ['chat:write', 'chat:write.public'],
    });

    expect(await call(other, 'chat.postMessage', { channel: '#elsewhere', text: 't' })).toMatchObject({ ok: true });
    await other.close();
  });

  it('changes when somebody removes the app or archives the channel', async () => {
    const channel = channelId(workspace, 'general');
    workspace.kick(channel, workspace.botUserId);
    expect((await post(channel)).error).toBe('not_in_channel');

    await call(workspace, 'conversations.join', { channel });
    expect((await post(channel)).ok).toBe(true);

    workspace.archive(channel);
    expect((await post(channel)).error).toBe('is_archived');
    expect(await call(workspace, 'conversations.list', { exclude_archived: true })).toMatchObject({
      channels: [{ name: 'elsewhere' }],
    });
  });
});

describe('a private channel', () => {
  it('takes words, commands, presses and shortcuts of its members only', async () => {
    const channel = channelId(workspace, 'owners');
    const button = { type: 'button', action_id: 'go', text: { type: 'plain_text', text: 'Go' } };
    const { ts } = await call(workspace, 'chat.postMessage', {
      channel,
      text: 't',
      blocks: [{ type: 'actions', elements: [button] }],
    });
    const acts = (user: string) =>
      Promise.all([
        workspace.say({ user, channel, text: 'hello' }),
        workspace.issueCommand({ user, channel, text: '/echo' }),
        workspace.press({ user, channel, ts: String(ts), actionId: 'go' }),
      ]);

    const errors = (await acts(bruno)).map((outcome) => (outcome.ok ? 'ok' : outcome.error));
    const own = (await acts(anna)).map((outcome) => (outcome.ok ? 'ok' : outcome.error));

    expect(errors).toEqual(['unknown_place', 'unknown_place', 'stale_action']);
    // No app is connected here.
    expect(own).toEqual(['ok', 'dispatch_failed', 'dispatch_failed']);
  });
});

describe('people and groups', () => {
  it('tells people of other organisations, and the zone of our own', async () => {
    const [own, other] = await Promise.all([anna, bruno].map((user) => call(workspace, 'users.info', { user })));

    expect(own).toMatchObject({
      user: { team_id: workspace.teamId, real_name: 'Anna Ash', is_admin: true, tz: 'Asia/Kolkata', tz_offset: 19_800 },
    });
    expect(other).toMatchObject({ user: { team_id: 'T0EXTERNAL', is_stranger: true } });
  });

  it('lists user groups and who is in them', async () => {
    expect(await call(workspace, 'usergroups.list', { include_users: true })).toMatchObject({
      usergroups: [{ id: 'S0OWNERS', handle: 'model-owners', users: [anna] }],
    });
    expect(await call(workspace, 'usergroups.users.list', { usergroup: 'S0OWNERS' })).toMatchObject({ users: [anna] });
    expect(await call(workspace, 'usergroups.users.list', { usergroup: 'S0NONE' })).toMatchObject({
      error: 'no_such_subteam',
    });
  });
});

describe('scopes', () => {
  it('names the scope that is missing and those that were granted', async () => {
    const other = await startWorkspace({ scopes: ['chat:write', 'channels:read'] });

    expect(await call(other, 'users.info', { user: anna })).toEqual({
      ok: false,
      error: 'missing_scope',
      needed: 'users:read',
      provided: 'chat:write,channels:read',
    });
    expect(await call(other, 'conversations.list', { types: 'public_channel,private_channel' })).toMatchObject({
      needed: 'groups:read',
    });
    const headers = { authorization: `Bearer ${other.botToken}` };
    const answer = await fetch(`${other.apiUrl}users.info`, { method: 'POST', headers });
    expect(answer.headers.get('x-oauth-scopes')).toBe('chat:write,channels:read');
    expect(answer.headers.get('x-accepted-oauth-scopes')).toBe('users:read');
    await other.close();
  });
});

describe('two workspaces of one app', () => {
  it('keep their messages apart, by the token', async () => {
    const [second] = workspace.otherTeams;
    const general = second?.state.channelNamed('general')?.id ?? '';

    expect((await post(general)).error).toBe('channel_not_found');
    expect((await call(workspace, 'chat.postMessage', { channel: general, text: 't' }, second?.botToken)).ok).toBe(
      true,
    );
    expect(second?.state.messages(general)).toHaveLength(1);
    expect(await call(workspace, 'auth.test', {}, second?.botToken)).toMatchObject({ team: 'second' });
  });

  it('catch an app whose calls for one go out with the token of the other', async () => {
    const [second] = workspace.otherTeams;
    const teams: unknown[] = [];
    const tokens = new Map([workspace, second].map((team) => [team?.teamId, team]));
    const headers = {};
    const receiver = new SocketModeReceiver({
      appToken: workspace.appToken,
      logLevel: LogLevel.ERROR,
      installerOptions: { clientOptions: { slackApiUrl: workspace.apiUrl } },
    });
    const app = new App({
      receiver,
      logLevel: LogLevel.ERROR,
      convoStore: false,
      // The trap: the SDK writes each team's token into this one object.
      clientOptions: { slackApiUrl: workspace.apiUrl, headers },
      authorize: async ({ teamId }) => {
        const team = tokens.get(teamId);
        return { botToken: team?.botToken ?? '', botUserId: team?.botUserId ?? '' };
      },
    });
    app.command('/echo', async ({ ack, client }) => {
      teams.push((await client.auth.test()).team_id);
      await ack();
    });
    await app.start();
    const carlas = second?.state.channelNamed('general')?.id ?? '';

    await workspace.issueCommand({ user: anna, channel: channelId(workspace, 'general'), text: '/echo' });
    await second?.issueCommand({ user: 'U0CARLA', channel: carlas, text: '/echo' });

    expect(teams).toEqual([workspace.teamId, workspace.teamId]);
    await app.stop();
  });
});

describe('installing', () => {
  const client = () => new WebClient(undefined, { slackApiUrl: workspace.apiUrl, retryConfig: { retries: 0 } });
  const app = () => ({ client_id: workspace.clientId, client_secret: workspace.clientSecret });

  it('gives a token for a code, once, and new ones for a refresh token', async () => {
    const code = workspace.allowInstall(anna, { isRotated: true });

    const first = await client().oauth.v2.access({ ...app(), code });
    const again = client().oauth.v2.access({ ...app(), code });

    expect(first).toMatchObject({
      team: { id: workspace.teamId },
      bot_user_id: workspace.botUserId,
      expires_in: 43_200,
    });
    await expect(again).rejects.toMatchObject({ data: { error: 'invalid_code' } });
    const next = await client().oauth.v2.access({
      ...app(),
      grant_type: 'refresh_token',
      refresh_token: first.refresh_token ?? '',
    });
    expect((await call(workspace, 'auth.test', {}, next.access_token)).ok).toBe(true);
    expect(next.access_token).not.toBe(first.access_token);
  });

  it('knows its app', async () => {
    const call = client().oauth.v2.access({ client_id: 'x', client_secret: 'y', code: 'z' });

    await expect(call).rejects.toMatchObject({ data: { error: 'invalid_client_id' } });
  });

  it('ends with tokens that are worth nothing', async () => {
    await workspace.uninstall();

    expect(await call(workspace, 'auth.test')).toMatchObject({ error: 'token_revoked' });
  });
});
