import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from '@slack/bolt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Workspace } from '../../../src/workspace/index.ts';
import { startApp, startWorkspace } from '../bolt-app.ts';
import { actEverything, registerEverything } from './scenario.ts';
import { type CheckShape, createShapeCheck } from './slack-schemas.ts';

const golden = join(import.meta.dirname, '../../golden');
let check: CheckShape;
let workspace: Workspace;
let app: App;

beforeAll(async () => {
  check = createShapeCheck();
  workspace = await startWorkspace({
    userGroups: [{ id: 'S0OWNERS', handle: 'owners', name: 'Owners', users: ['U0ANNA'] }],
    shortcuts: [
      { type: 'message', name: 'Mute', callbackId: 'mute', description: '' },
      { type: 'global', name: 'Register', callbackId: 'register', description: '' },
    ],
  });
  app = await startApp(workspace, registerEverything);
  await actEverything(workspace, app);
});
afterAll(async () => {
  await app?.stop();
  await workspace?.close();
});

const sentShapes: Readonly<Record<string, string>> = {
  block_actions: 'BlockActions',
  block_suggestion: 'BlockSuggestions',
  view_submission: 'Submission',
  view_closed: 'Closing',
  message_action: 'ShortcutOfMessage',
  shortcut: 'ShortcutOfNone',
};
const answerShapes: Readonly<Record<string, string>> = {
  'auth.test': 'Identity',
  'chat.postMessage': 'Posted',
  'chat.update': 'Updated',
  'conversations.info': 'ChannelInfo',
  'conversations.list': 'ChannelList',
  'files.info': 'FileInfo',
  'usergroups.list': 'GroupList',
  'users.info': 'UserInfo',
  'views.open': 'ViewOpened',
  'views.publish': 'ViewPublished',
};

describe('what the workspace sends has the shape of Slack’s types', () => {
  it.each(Object.entries(sentShapes))('%s', (type, shape) => {
    const payloads = workspace.sent().filter(({ payload }) => payload.type === type);

    expect(payloads.length).toBeGreaterThan(0);
    for (const { payload } of payloads) expect(check(shape, payload)).toEqual([]);
  });

  it('slash commands', () => {
    const commands = workspace.sent().filter(({ type }) => type === 'slash_commands');

    expect(commands.length).toBeGreaterThan(0);
    for (const { payload } of commands) expect(check('Command', payload)).toEqual([]);
  });

  it.each([
    ['app_mention', 'Mention'],
    ['app_home_opened', 'HomeOpened'],
  ])('%s', (type, shape) => {
    const events = workspace.sent().flatMap(({ payload }) => (isEvent(payload.event, type) ? [payload.event] : []));

    expect(events.length).toBeGreaterThan(0);
    for (const { view, ...event } of events) {
      expect(check(shape, event)).toEqual([]);
      // Slack's type of this event has a view as it is sent, not as it is stored.
      if (view !== undefined) expect(check('StoredView', view)).toEqual([]);
    }
  });
});

describe('what the workspace answers has the shape of the SDK’s types', () => {
  it.each(Object.entries(answerShapes))('%s', (method, shape) => {
    const answers = workspace.state.calls(method).filter(({ response }) => response.ok === true);

    expect(answers.length).toBeGreaterThan(0);
    for (const { response } of answers) expect(check(shape, response)).toEqual([]);
  });
});

describe('what Driftbell sends has the shape of Slack’s types', () => {
  const files = readdirSync(golden, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /block-kit.*\.json$/.test(name),
  );

  it.each(files)('%s', (file) => {
    const { blocks } = JSON.parse(readFileSync(join(golden, file), 'utf8')) as { blocks: { type: string }[] };
    // Slack's charts are newer than these types.
    const typed = blocks.filter(({ type }) => type !== 'data_visualization');

    expect(check('Message', typed)).toEqual([]);
  });
});

function isEvent(event: unknown, type: string): event is { readonly view?: unknown } {
  return typeof event === 'object' && event !== null && 'type' in event && event.type === type;
}
