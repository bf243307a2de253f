import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Workspace } from '../../src/workspace/index.ts';
import { anna, bruno, channelId, startWorkspace } from './bolt-app.ts';
import { call, postJson } from './raw-client.ts';

let workspace: Workspace;
let general: string;

beforeAll(async () => {
  workspace = await startWorkspace();
  general = channelId(workspace, 'general');
});
afterAll(() => workspace.close());

function rawRequest(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(text));
    socket.once('data', (data) => {
      socket.destroy();
      resolve(String(data));
    });
    socket.once('error', reject);
  });
}

async function post(text: string, rest: object = {}): Promise<string> {
  return String((await call(workspace, 'chat.postMessage', { channel: general, text, ...rest })).ts);
}

describe('tokens and methods', () => {
  it.each([
    ['no token', '', 'not_authed'],
    ['an unknown token', 'xoxb-unknown', 'invalid_auth'],
  ])('refuses %s', async (_, token, error) => {
    expect(await call(workspace, 'auth.test', {}, token)).toEqual({ ok: false, error });
  });

  it('tells the kinds of tokens apart', async () => {
    const { appToken, botToken } = workspace;

    expect(await call(workspace, 'apps.connections.open', {}, botToken)).toMatchObject({
      error: 'not_allowed_token_type',
    });
    expect(await call(workspace, 'auth.test', {}, appToken)).toMatchObject({ error: 'not_allowed_token_type' });
    expect(await call(workspace, 'auth.test')).toMatchObject({
      ok: true,
      team_id: workspace.teamId,
      user_id: workspace.botUserId,
    });
  });

  it('answers an unknown method with HTTP 200', async () => {
    expect(await call(workspace, 'chat.shout')).toMatchObject({ ok: false, error: 'unknown_method' });
  });

  it('accepts JSON bodies and logs every call', async () => {
    const response = await postJson(
      `${workspace.apiUrl}chat.postMessage`,
      { channel: general, text: 'json' },
      { authorization: `Bearer ${workspace.botToken}` },
    );

    expect(await response.json()).toMatchObject({ ok: true, message: { text: 'json' } });
    expect(workspace.state.calls('chat.postMessage').at(-1)).toMatchObject({
      args: { text: 'json' },
      response: { ok: true },
    });
  });
});

describe('messages', () => {
  it('gives every message its own ts, even when the clock stands still', async () => {
    const frozen = await startWorkspace({ now: () => 1_700_000_000_000 });
    const channel = channelId(frozen, 'general');

    const answers = await Promise.all(
      [1, 2, 3, 4].map((n) => call(frozen, 'chat.postMessage', { channel, text: String(n) })),
    );

    expect(new Set(answers.map((answer) => answer.ts)).size).toBe(4);
    await frozen.close();
  });

  it.each([
    ['chat.postMessage', { channel: 'C0NOPE', text: 't' }, 'channel_not_found'],
    ['chat.postMessage', { channel: 'general' }, 'no_text'],
    ['chat.postMessage', { channel: 'general', text: 't', thread_ts: '1.2' }, 'cannot_reply_to_message'],
    ['chat.postMessage', { channel: 'general', text: 't', metadata: { event_type: 1 } }, 'invalid_metadata_format'],
    [
      'chat.postMessage',
      { channel: 'general', text: 't', metadata: { event_type: 'e', event_payload: { x: 'y'.repeat(9_000) } } },
      'metadata_too_large',
    ],
    ['chat.update', { channel: 'general', ts: '1.2', text: 't' }, 'message_not_found'],
    ['chat.delete', { channel: 'general', ts: '1.2' }, 'message_not_found'],
    ['chat.postEphemeral', { channel: 'general', user: 'U0NOPE', text: 't' }, 'user_not_in_channel'],
    ['chat.getPermalink', { channel: 'general', message_ts: '1.2' }, 'message_not_found'],
    ['conversations.info', { channel: 'C0NOPE' }, 'channel_not_found'],
    ['conversations.replies', { channel: 'general', ts: '1.2' }, 'thread_not_found'],
    ['conversations.history', { channel: 'general', cursor: 'bm9wZQ==' }, 'invalid_cursor'],
    ['conversations.history', { channel: 'general', oldest: 'yesterday' }, 'invalid_ts_oldest'],
    ['conversations.open', { users: 'U0NOPE' }, 'user_not_found'],
    ['users.info', { user: 'U0NOPE' }, 'user_not_found'],
    ['files.info', { file: 'F0NOPE' }, 'file_not_found'],
    ['reactions.add', { channel: 'general', timestamp: '1.2', name: 'eyes' }, 'message_not_found'],
    [
      'views.open',
      { trigger_id: '1', view: { type: 'modal', title: { type: 'plain_text', text: 't' }, blocks: [] } },
      'invalid_trigger_id',
    ],
  ])('%s refuses %j as %s', async (method, args, error) => {
    const channel = 'channel' in args && args.channel === 'general' ? { channel: general } : {};

    expect(await call(workspace, method, { ...args, ...channel })).toMatchObject({ ok: false, error });
  });

  it('truncates a long text on post and refuses it on update', async () => {
    const posted = await call(workspace, 'chat.postMessage', { channel: general, text: 'x'.repeat(40_001) });
    const updated = await call(workspace, 'chat.update', { channel: general, ts: posted.ts, text: 'x'.repeat(4_001) });

    expect(posted).toMatchObject({ ok: true, warning: 'message_truncated' });
    expect(workspace.state.message(general, String(posted.ts))?.text).toHaveLength(40_000);
    expect(updated).toMatchObject({ ok: false, error: 'msg_too_long' });
  });

  it('lets the app update and delete only its own messages', async () => {
    await workspace.say({ user: anna, channel: general, text: 'mine' });
    const ts = workspace.state.messages(general).at(-1)?.ts;

    expect(await call(workspace, 'chat.update', { channel: general, ts, text: 'yours' })).toMatchObject({
      error: 'cant_update_message',
    });
    expect(await call(workspace, 'chat.delete', { channel: general, ts })).toMatchObject({
      error: 'cant_delete_message',
    });
  });

  it('returns metadata only when asked, keeps it on update, and clears it with an empty object', async () => {
    const metadata = { event_type: 'e', event_payload: { id: '1' } };
    const ts = await post('with metadata', { metadata });
    const read = async (rest: object) => {
      const answer = await call(workspace, 'conversations.history', {
        channel: general,
        oldest: ts,
        inclusive: true,
        limit: 1,
        ...rest,
      });
      return (answer.messages as { metadata?: unknown }[])[0]?.metadata;
    };

    expect(await read({})).toBeUndefined();
    await call(workspace, 'chat.update', { channel: general, ts, text: 'edited' });
    expect(await read({ include_all_metadata: true })).toEqual(metadata);
    await call(workspace, 'chat.update', { channel: general, ts, text: 'edited', metadata: {} });
    expect(await read({ include_all_metadata: true })).toBeUndefined();
  });

  it('keeps replies in the thread and shows broadcasts in the channel', async () => {
    const ts = await post('parent');
    await post('reply', { thread_ts: ts });
    await post('loud reply', { thread_ts: ts, reply_broadcast: true });

    const history = await call(workspace, 'conversations.history', { channel: general, oldest: ts, inclusive: true });
    const replies = await call(workspace, 'conversations.replies', { channel: general, ts });

    expect((history.messages as { text: string }[]).map((one) => one.text)).toEqual(['loud reply', 'parent']);
    expect(replies.messages).toMatchObject([
      { text: 'parent', reply_count: 2 },
      { text: 'reply' },
      { subtype: 'thread_broadcast' },
    ]);
  });

  it('pages through history with a cursor', async () => {
    const first = await call(workspace, 'conversations.history', { channel: general, limit: 1 });
    const cursor = (first.response_metadata as { next_cursor: string }).next_cursor;
    const second = await call(workspace, 'conversations.history', { channel: general, limit: 1, cursor });

    expect(first).toMatchObject({ has_more: true });
    expect(second.messages).not.toEqual(first.messages);
  });

  it('opens one direct message per person', async () => {
    const first = await call(workspace, 'conversations.open', { users: bruno });
    const second = await call(workspace, 'conversations.open', { users: bruno, return_im: true });
    const posted = await call(workspace, 'chat.postMessage', { channel: bruno, text: 'psst' });

    expect(second).toMatchObject({ already_open: true, channel: { is_im: true, user: bruno } });
    expect(posted.channel).toBe((first.channel as { id: string }).id);
  });

  it('links to a message and remembers a reaction', async () => {
    const ts = await post('look');

    const link = await call(workspace, 'chat.getPermalink', { channel: general, message_ts: ts });
    await call(workspace, 'reactions.add', { channel: general, timestamp: ts, name: 'eyes' });
    const again = await call(workspace, 'reactions.add', { channel: general, timestamp: ts, name: 'eyes' });

    expect(link.permalink).toBe(`${workspace.url}/archives/${general}/p${ts.replace('.', '')}`);
    expect(workspace.state.message(general, ts)?.reactions).toEqual([{ name: 'eyes', users: [workspace.botUserId] }]);
    expect(again).toMatchObject({ error: 'already_reacted' });
  });
});

describe('the door', () => {
  it('says what to do about a taken port', async () => {
    const port = Number(new URL(workspace.url).port);

    await expect(startWorkspace({ port })).rejects.toMatchObject({
      message: `expected port ${port} on 127.0.0.1 to be free, got one in use; stop the other program or choose another port`,
      code: 'port_in_use',
      facts: {
        expected: `port ${port} on 127.0.0.1 to be free`,
        received: 'one in use',
        remedy: 'stop the other program or choose another port',
      },
    });
  });

  it('warns when others can reach it, takes any number as its name then, and no foreign name', async () => {
    const open = await startWorkspace({ host: '0.0.0.0' });
    const { port } = new URL(open.url);
    const get = (name: string) =>
      rawRequest(Number(port), `GET / HTTP/1.1\r\nhost: ${name}:${port}\r\nconnection: close\r\n\r\n`);

    expect(open.warning).toContain('no login');
    expect(open.pageUrl).toBe(`http://localhost:${port}/`);
    expect((await get('10.1.2.3')).split(' ')[1]).toBe('200');
    expect((await get('rebound.example')).split(' ')[1]).toBe('403');
    expect(workspace.warning).toBe('');
    await open.close();
  });

  it('says what to do about a host that is not of this machine', async () => {
    await expect(startWorkspace({ host: '192.0.2.1' })).rejects.toMatchObject({
      code: 'cannot_listen',
      facts: { expected: 'to listen on 192.0.2.1:0', received: expect.stringContaining('192.0.2.1') },
    });
  });

  it.each([
    ['no channel', { channels: [] }, 'at least one channel', 'none'],
    ['no user', { users: [] }, 'at least one user', 'none'],
    ['a user id of another form', { users: [{ id: 'anna', name: 'a' }] }, 'user ids such as U0ANNA', 'anna'],
    ['a port out of range', { port: 70_000 }, 'a port from 0 to 65535', '70000'],
    ['a port that is no number', { port: Number.NaN }, 'a port from 0 to 65535', 'NaN'],
  ])('refuses %s', async (_, options, expected, received) => {
    await expect(startWorkspace(options)).rejects.toMatchObject({ code: 'bad_options', facts: { expected, received } });
  });

  it('says how long a text may be', async () => {
    const body = { user: anna, channel: general, text: 'x'.repeat(12_001) };
    const response = await postJson(`${workspace.url}/page-api/compose`, body);

    expect([response.status, await response.text()]).toEqual([
      400,
      'bad field text: expected at most 12000 characters, got more; shorten it',
    ]);
  });

  it.each([
    ['broken JSON', '{', 400],
    ['a JSON list', '[]', 400],
    ['a missing field', '{"user":"U0ANNA"}', 400],
    ['an oversized body', `{"text":"${'x'.repeat(17 * 1024 * 1024)}"}`, 413],
  ])('answers %s with one line', async (_, body, status) => {
    const response = await postJson(`${workspace.url}/page-api/compose`, body);

    expect(response.status).toBe(status);
    expect((await response.text()).split('\n')).toHaveLength(1);
  });

  it.each([
    ['GET // HTTP/1.1', 400],
    ['GET // HTTP/1.1\r\nconnection: upgrade\r\nupgrade: websocket', 404],
    ['GET /link?ticket=made-up HTTP/1.1\r\nconnection: upgrade\r\nupgrade: websocket', 403],
    ['GET / HTTP/1.1\r\nx-host: rebound', 403],
  ])('survives %j', async (head, status) => {
    const answer = await rawRequest(Number(new URL(workspace.url).port), `${head}\r\nhost: example.com\r\n\r\n`);

    expect(answer.split(' ')[1]).toBe(String(status));
  });

  it('does not let another site drive the page', async () => {
    const body = { user: anna, channel: general, text: 'hello' };
    const response = await postJson(`${workspace.url}/page-api/compose`, body, { origin: 'https://example.com' });

    expect(response.status).toBe(403);
  });

  it.each(['/page/../index.ts', '/page/%2e%2e/index.ts', '/page/..%2findex.ts', '/page/index.ts', '/nothing'])(
    'has nothing at %s',
    async (path) => {
      expect((await fetch(`${workspace.url}${path}`)).status).toBe(404);
    },
  );

  it('serves the page with a policy that allows its own origin only', async () => {
    const response = await fetch(workspace.pageUrl);

    expect(response.status).toBe(200);
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
  });
});
