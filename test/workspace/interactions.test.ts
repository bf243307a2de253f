import type { App } from '@slack/bolt';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Workspace } from '../../src/workspace/index.ts';
import { anna, bruno, channelId, startApp, startWorkspace } from './bolt-app.ts';
import { call, postJson } from './raw-client.ts';

let workspace: Workspace;
let app: App;
let clock: number;
let channel: string;
let triggerId: string;
let responseUrl: string;
let fired: unknown[];

const text = (value: string) => ({ type: 'plain_text', text: value }) as const;
const option = (value: string) => ({ text: text(value), value });
const modal = { type: 'modal', callback_id: 'm', title: text('Modal'), blocks: [{ type: 'section', text: text('s') }] };

beforeEach(async () => {
  clock = 1_700_000_000_000;
  fired = [];
  workspace = await startWorkspace({ now: () => clock });
  channel = channelId(workspace, 'general');
  app = await startApp(workspace, (bolt) => {
    bolt.command('/echo', async ({ ack, command }) => {
      triggerId = command.trigger_id;
      responseUrl = command.response_url;
      await ack();
    });
    bolt.action(/.*/, async ({ ack, action, body }) => {
      if ('response_url' in body) responseUrl = String(body.response_url);
      if ('view' in body && body.view) fired.push(body.view.state.values);
      fired.push(action);
      await ack();
    });
    bolt.view('m', async ({ ack, view }) => {
      fired.push(view.state.values);
      const next = view.private_metadata;
      if (next === 'errors') await ack({ response_action: 'errors', errors: { why: 'no' } });
      else if (next === 'clear') await ack({ response_action: 'clear' });
      else if (next === 'update' || next === 'push') {
        await ack({ response_action: next, view: { type: 'modal', title: text(next), blocks: [] } });
      } else await ack();
    });
    bolt.view({ type: 'view_closed', callback_id: 'm' }, async ({ ack }) => {
      fired.push('closed');
      await ack();
    });
  });
});
afterEach(async () => {
  await app.stop();
  await workspace.close();
});

const command = () => workspace.issueCommand({ user: anna, channel, text: '/echo' });

async function postElements(...elements: unknown[]): Promise<string> {
  const blocks = [{ type: 'actions', block_id: 'b', elements }];
  return String((await call(workspace, 'chat.postMessage', { channel, text: 't', blocks })).ts);
}

describe('a response_url', () => {
  it('works five times and no more', async () => {
    await command();

    const statuses: number[] = [];
    for (let use = 0; use < 6; use += 1) statuses.push((await postJson(responseUrl, { text: `${use}` })).status);

    expect(statuses).toEqual([200, 200, 200, 200, 200, 404]);
    expect(workspace.state.ephemerals(channel)).toHaveLength(5);
  });

  it('tells which message its answer belongs to, through an answer to an answer too', async () => {
    const button = { type: 'button', action_id: 'go', text: text('Go') };
    const ts = await postElements(button);
    await workspace.press({ user: anna, channel, ts, actionId: 'go' });
    await postJson(responseUrl, { text: 'first', blocks: [{ type: 'actions', elements: [button] }] });
    const first = workspace.state.ephemerals(channel)[0];

    await workspace.press({ user: anna, channel, ts: first?.ts, actionId: 'go' });
    await postJson(responseUrl, { text: 'second' });

    expect(workspace.state.ephemerals(channel).map((one) => [one.text, one.answersTs])).toEqual([
      ['first', ts],
      ['second', ts],
    ]);
  });

  it('of an older question still works after a newer one was answered, and a dismissed one says so', async () => {
    const button = { type: 'button', action_id: 'why', text: text('Why?') };
    const question = { text: 'Why?', blocks: [{ type: 'actions', elements: [button] }] };
    const ts = await postElements(button);
    for (const _ of [1, 2]) {
      await workspace.press({ user: anna, channel, ts, actionId: 'why' });
      await postJson(responseUrl, question);
    }
    const [older, newer] = workspace.state.ephemerals(channel);

    for (const source of [newer, older]) {
      await workspace.press({ user: anna, channel, ts: source?.ts, actionId: 'why' });
      await postJson(responseUrl, { replace_original: true, text: 'Noted' });
    }

    expect(workspace.state.ephemerals(channel).map((one) => one.text)).toEqual(['Noted', 'Noted']);
    await postJson(`${workspace.url}/page-api/dismiss`, { channel, ts: older?.ts });
    expect(await workspace.press({ user: anna, channel, ts: older?.ts, actionId: 'why' })).toMatchObject({
      error: 'stale_action',
      detail: 'this message or view is gone; look at the channel again',
    });
  });

  it('expires after 30 minutes', async () => {
    await command();
    clock += 30 * 60_000;

    const response = await postJson(responseUrl, { text: 'late' });

    expect([response.status, await response.json()]).toEqual([404, { ok: false, error: 'expired_url' }]);
  });

  it('replaces and deletes the message it belongs to', async () => {
    const ts = await postElements({ type: 'button', action_id: 'go', text: text('Go') });
    await workspace.press({ user: anna, channel, ts, actionId: 'go' });

    await postJson(responseUrl, { replace_original: true, text: 'replaced' });
    const replaced = workspace.state.message(channel, ts);
    await postJson(responseUrl, { delete_original: true });

    expect(replaced).toMatchObject({ text: 'replaced', blocks: [] });
    expect(workspace.state.message(channel, ts)).toBeUndefined();
  });

  it('refuses bad blocks as Slack names them', async () => {
    await command();

    const response = await postJson(responseUrl, { text: 't', blocks: [{ type: 'nope' }] });

    expect([response.status, await response.json()]).toMatchObject([400, { error: 'invalid_blocks' }]);
  });
});

describe('a trigger_id', () => {
  it('opens one modal', async () => {
    await command();

    const opened = await call(workspace, 'views.open', { trigger_id: triggerId, view: modal });
    const again = await call(workspace, 'views.open', { trigger_id: triggerId, view: modal });

    expect(opened).toMatchObject({ ok: true, view: { callback_id: 'm', state: { values: {} } } });
    expect(again).toMatchObject({ error: 'exchanged_trigger_id' });
    expect(workspace.state.views(anna)).toHaveLength(1);
  });

  it('is worth nothing after three seconds', async () => {
    await command();
    clock += 3_000;

    expect(await call(workspace, 'views.open', { trigger_id: triggerId, view: modal })).toMatchObject({
      error: 'expired_trigger_id',
    });
  });

  it('is not spent on a view that is refused', async () => {
    await command();
    const view = { ...modal, title: text('x'.repeat(25)), blocks: [{ type: 'markdown', text: 'm' }] };

    const refused = await call(workspace, 'views.open', { trigger_id: triggerId, view });

    expect(refused).toMatchObject({
      error: 'invalid_arguments',
      response_metadata: { messages: ['[ERROR] must be less than 25 characters [json-pointer:/view/title/text]'] },
    });
    expect(await call(workspace, 'views.open', { trigger_id: triggerId, view: modal })).toMatchObject({ ok: true });
  });
});

describe('a press', () => {
  it.each([
    ['button', { type: 'button', text: text('Go'), value: '7' }, '7', { type: 'button', value: '7' }],
    ['overflow', { type: 'overflow', options: [option('a'), option('b')] }, 'b', { selected_option: option('b') }],
    ['select', { type: 'static_select', options: [option('a'), option('b')] }, 'a', { selected_option: option('a') }],
    ['people', { type: 'users_select' }, bruno, { selected_user: bruno }],
    [
      'boxes',
      { type: 'checkboxes', options: [option('a'), option('b')] },
      ['a', 'b'],
      { selected_options: [option('a'), option('b')] },
    ],
  ])('on %s delivers what is stored', async (_, element, value, expected) => {
    const ts = await postElements({ action_id: 'act', ...element });

    const outcome = await workspace.press({ user: anna, channel, ts, blockId: 'b', actionId: 'act', value });

    expect(outcome.ok).toBe(true);
    expect(fired).toMatchObject([{ action_id: 'act', block_id: 'b', ...expected }]);
  });

  it('on feedback buttons delivers only the pressed value', async () => {
    const pair = {
      positive_button: { text: text('Real'), value: 'up' },
      negative_button: { text: text('Not'), value: 'down' },
    };
    const blocks = [{ type: 'context_actions', elements: [{ type: 'feedback_buttons', action_id: 'vote', ...pair }] }];
    const { ts } = await call(workspace, 'chat.postMessage', { channel, text: 't', blocks });

    await workspace.press({ user: anna, channel, ts: String(ts), actionId: 'vote', value: 'down' });

    expect(fired).toMatchObject([{ type: 'feedback_buttons', value: 'down' }]);
  });

  it('that an edit interrupts means the element that still takes its value, and none when two would', async () => {
    const actions = (...values: string[]) => ({
      type: 'actions',
      elements: values.map((value) => ({ type: 'button', action_id: 'go', value, text: text(value) })),
    });
    const { ts } = await call(workspace, 'chat.postMessage', { channel, text: 't', blocks: [actions('7')] });
    const seen = { user: anna, channel, ts: String(ts), actionId: 'go', value: '7' };
    const blockId = workspace.state.message(channel, seen.ts)?.blocks[0]?.block_id ?? '';

    await call(workspace, 'chat.update', { channel, ts, text: 't', blocks: [actions('6'), actions('7')] });
    expect(await workspace.press({ ...seen, blockId })).toMatchObject({ ok: true });
    await call(workspace, 'chat.update', { channel, ts, text: 't', blocks: [actions('7'), actions('7')] });
    expect(await workspace.press({ ...seen, blockId })).toMatchObject({ ok: false, error: 'stale_action' });
    await call(workspace, 'chat.update', { channel, ts, text: 't', blocks: [actions('8')] });
    expect(await workspace.press({ ...seen, blockId })).toMatchObject({ ok: false, error: 'stale_action' });

    expect(fired).toMatchObject([{ value: '7' }]);
  });

  it.each([
    ['a value the message does not hold', { value: 'forged' }],
    ['an element that is not there', { actionId: 'other' }],
    ['a message that is gone', { ts: '1.000001' }],
    ['a block that is not there', { blockId: 'other' }],
  ])('is refused for %s', async (_, wrong) => {
    const ts = await postElements({ type: 'button', action_id: 'go', value: 'stored', text: text('Go') });

    const outcome = await workspace.press({ user: anna, channel, ts, actionId: 'go', ...wrong });

    expect(outcome).toMatchObject({ ok: false, error: 'stale_action' });
    expect(fired).toEqual([]);
  });

  it('on an ephemeral works for its person only', async () => {
    const blocks = [{ type: 'actions', elements: [{ type: 'button', action_id: 'go', text: text('Go') }] }];
    const { message_ts: ts } = await call(workspace, 'chat.postEphemeral', { channel, user: anna, text: 't', blocks });

    const other = await workspace.press({ user: bruno, channel, ts: String(ts), actionId: 'go' });
    const own = await workspace.press({ user: anna, channel, ts: String(ts), actionId: 'go' });
    await postJson(responseUrl, { delete_original: true });

    expect([other.ok, own.ok]).toEqual([false, true]);
    expect(workspace.state.ephemerals(channel)).toEqual([]);
  });
});

describe('a modal', () => {
  const input = {
    type: 'input',
    block_id: 'why',
    label: text('Why'),
    element: { type: 'plain_text_input', action_id: 'text' },
  };

  async function open(next: string, rest: object = {}): Promise<string> {
    await command();
    const view = { ...modal, submit: text('Go'), private_metadata: next, blocks: [input], ...rest };
    const answer = await call(workspace, 'views.open', { trigger_id: triggerId, view });
    return (answer.view as { id: string }).id;
  }

  it('sends its values and closes', async () => {
    const viewId = await open('close');

    const outcome = await workspace.submitView({ user: anna, viewId, values: { why: { text: 'because' } } });

    expect(outcome.ok).toBe(true);
    expect(fired).toEqual([{ why: { text: { type: 'plain_text_input', value: 'because' } } }]);
    expect(workspace.state.views()).toEqual([]);
  });

  it('sends rich text as one section, and none as nothing', async () => {
    const element = { type: 'rich_text_input', action_id: 'text' };
    const optional = { ...input, block_id: 'more', optional: true, element };
    const viewId = await open('close', { blocks: [{ ...input, element }, optional] });

    await workspace.submitView({ user: anna, viewId, values: { why: { text: 'because' } } });

    const section = { type: 'rich_text_section', elements: [{ type: 'text', text: 'because' }] };
    expect(fired).toMatchObject([
      {
        why: { text: { type: 'rich_text_input', rich_text_value: { type: 'rich_text', elements: [section] } } },
        more: { text: { rich_text_value: null } },
      },
    ]);
  });

  it('says what is filled in when something in it is pressed', async () => {
    const look = {
      type: 'actions',
      block_id: 'b',
      elements: [{ type: 'button', action_id: 'look', text: text('Look') }],
    };
    const viewId = await open('close', { blocks: [input, look] });

    await workspace.press({ user: anna, viewId, actionId: 'look', values: { why: { text: 'because' } } });

    expect(fired).toMatchObject([{ why: { text: { value: 'because' } } }, { action_id: 'look' }]);
  });

  it('asks for required fields before it asks the app', async () => {
    const viewId = await open('close');

    const outcome = await workspace.submitView({ user: anna, viewId, values: {} });

    expect(outcome).toMatchObject({ ok: false, errors: { why: expect.stringContaining('required') } });
    expect(fired).toEqual([]);
  });

  it.each([
    ['errors', 1, { ok: false, errors: { why: 'no' } }],
    ['update', 1, { ok: true }],
    ['push', 2, { ok: true }],
    ['clear', 0, { ok: true }],
  ])('follows response_action %s', async (next, left, expected) => {
    const viewId = await open(next);

    const outcome = await workspace.submitView({ user: anna, viewId, values: { why: { text: 'because' } } });

    expect(outcome).toMatchObject(expected);
    expect(workspace.state.views(anna)).toHaveLength(left);
  });

  it('tells the app about its closing when it asked for that', async () => {
    const viewId = await open('close', { notify_on_close: true });

    await workspace.closeView({ user: anna, viewId });

    expect(fired).toEqual(['closed']);
    expect(workspace.state.views()).toEqual([]);
  });

  it('refuses an update with an old hash', async () => {
    const viewId = await open('close');
    const view = { ...modal, submit: text('Go') };

    const first = await call(workspace, 'views.update', {
      view_id: viewId,
      hash: workspace.state.view(viewId)?.hash,
      view,
    });
    const second = await call(workspace, 'views.update', { view_id: viewId, hash: 'old', view });

    expect(first.ok).toBe(true);
    expect(second).toMatchObject({ error: 'hash_conflict' });
  });
});
