import type { Workspace } from '../../../src/workspace/index.ts';
import { channelId } from '../../workspace/bolt-app.ts';
import { call } from '../../workspace/raw-client.ts';

const text = (value: string) => ({ type: 'plain_text', text: value });
const modal = (blocks: unknown[]) => ({ type: 'modal', title: text('t'), submit: text('Go'), blocks });

/** Calls that Slack refuses, so that the name of every refusal is held against the reference. */
export async function provokeErrors(workspace: Workspace): Promise<void> {
  const [channel, old, elsewhere] = ['general', 'old', 'elsewhere'].map((name) => channelId(workspace, name));
  const posts = [
    { channel: 'C0NONE', text: 't' },
    { channel: old, text: 't' },
    { channel: elsewhere, text: 't' },
    { channel },
    { channel, blocks: [{ type: 'nothing' }] },
    { channel, blocks: 'nothing' },
    { channel, text: 't', metadata: { event_type: 'm' } },
    { channel, text: 't', metadata: { event_type: 'm', event_payload: { long: 'x'.repeat(9_000) } } },
    { channel, text: 't', thread_ts: '1.1' },
    { channel, blocks: Array.from({ length: 6 }, () => ({ type: 'section', text: text('x'.repeat(2_900)) })) },
  ];
  for (const args of posts) await call(workspace, 'chat.postMessage', args);
  await call(workspace, 'chat.postMessage', { channel, text: 't' }, '');
  const { ts } = await call(workspace, 'chat.postMessage', { channel, text: 't' });
  await workspace.say({ user: 'U0ANNA', channel: String(channel), text: 'mine' });
  const theirs = workspace.state.messages(String(channel)).at(-1)?.ts;
  await call(workspace, 'chat.update', { channel, ts, text: 'x'.repeat(5_000) });
  await call(workspace, 'chat.update', { channel, ts: '1.1', text: 't' });
  await call(workspace, 'chat.update', { channel, ts: theirs, text: 't' });
  await call(workspace, 'chat.delete', { channel, ts: '1.1' });
  await call(workspace, 'chat.delete', { channel, ts: theirs });
  await call(workspace, 'chat.getPermalink', { channel, message_ts: '1.1' });
  await call(workspace, 'chat.postEphemeral', { channel, user: 'U0NONE', text: 't' });
  await call(workspace, 'chat.postEphemeral', { channel: elsewhere, user: 'U0ANNA', text: 't' });
  await call(workspace, 'conversations.info', { channel: 'C0NONE' });
  await call(workspace, 'conversations.history', { channel: elsewhere });
  await call(workspace, 'conversations.history', { channel, oldest: 'x' });
  await call(workspace, 'conversations.replies', { channel, ts: '1.1' });
  await call(workspace, 'conversations.members', { channel: 'C0NONE' });
  await call(workspace, 'conversations.join', { channel: old });
  await call(workspace, 'conversations.open', { users: 'U0NONE' });
  await call(workspace, 'conversations.open', {});
  await call(workspace, 'files.info', { file: 'F0NONE' });
  await call(workspace, 'files.delete', { file: 'F0NONE' });
  await call(workspace, 'files.completeUploadExternal', { files: [{ id: 'F0NONE' }] });
  await call(workspace, 'files.getUploadURLExternal', { filename: 'a', length: 99_999_999 });
  await call(workspace, 'reactions.add', { channel, timestamp: ts, name: 'NO!' });
  await call(workspace, 'reactions.add', { channel, timestamp: '1.1', name: 'eyes' });
  await call(workspace, 'usergroups.users.list', { usergroup: 'S0NONE' });
  await call(workspace, 'users.info', { user: 'U0NONE' });
  await call(workspace, 'bots.info', { bot: 'B0NONE' });
  await call(workspace, 'team.info', { team: 'T0NONE' });
  await call(workspace, 'oauth.v2.access', { client_id: 'x' }, '');
  await call(workspace, 'oauth.v2.access', { client_id: workspace.clientId, client_secret: 'x' }, '');
  await call(
    workspace,
    'oauth.v2.access',
    { client_id: workspace.clientId, client_secret: workspace.clientSecret, code: 'x' },
    '',
  );
  await call(workspace, 'views.open', { trigger_id: '1.1.x', view: modal([]) });
  await call(workspace, 'views.open', {
    trigger_id: '1.1.x',
    view: modal([{ type: 'section', text: text('x'.repeat(3_001)) }]),
  });
  await call(workspace, 'views.open', {
    trigger_id: '1.1.x',
    view: {
      ...modal([]),
      blocks: Array.from({ length: 90 }, () => ({ type: 'section', text: text('x'.repeat(2_990)) })),
    },
  });
  await call(workspace, 'views.push', { trigger_id: '1.1.x', view: modal([]) });
  await call(workspace, 'views.update', { view_id: 'V0NONE', view: modal([]) });
  await call(workspace, 'views.publish', { user_id: 'U0ANNA', view: { type: 'home', blocks: [] } });
  await call(workspace, 'views.publish', { user_id: 'U0ANNA', hash: 'old', view: { type: 'home', blocks: [] } });
}
