import type { App } from '@slack/bolt';
import type { KnownBlock, ModalView } from '@slack/types';
import type { Workspace } from '../../../src/workspace/index.ts';
import { anna, channelId, eventually } from '../bolt-app.ts';
import { readyPicture } from '../page-app.ts';

const text = (value: string) => ({ type: 'plain_text', text: value }) as const;
const option = (value: string) => ({ text: text(value), value });

export const everyModal: ModalView = {
  type: 'modal',
  callback_id: 'every',
  title: text('Every input'),
  submit: text('Go'),
  notify_on_close: true,
  blocks: [
    { type: 'input', block_id: 'name', label: text('Name'), element: { type: 'plain_text_input', action_id: 'a' } },
    {
      type: 'input',
      block_id: 'table',
      label: text('Table'),
      element: { type: 'external_select', action_id: 'tables', min_query_length: 0 },
    },
    { type: 'input', block_id: 'who', label: text('Who'), element: { type: 'multi_users_select', action_id: 'a' } },
    { type: 'input', block_id: 'day', label: text('Day'), element: { type: 'datepicker', action_id: 'a' } },
    {
      type: 'input',
      block_id: 'count',
      label: text('Count'),
      element: { type: 'number_input', action_id: 'a', is_decimal_allowed: false },
    },
    {
      type: 'input',
      block_id: 'also',
      label: text('Also'),
      optional: true,
      element: { type: 'checkboxes', action_id: 'a', options: [option('x')] },
    },
  ],
};

const everyBlock: KnownBlock[] = [
  {
    type: 'section',
    text: text('t'),
    accessory: { type: 'overflow', action_id: 'more', options: [option('a'), option('b')] },
  },
  {
    type: 'actions',
    block_id: 'actions',
    elements: [
      { type: 'button', action_id: 'go', value: '7', text: text('Go') },
      { type: 'static_select', action_id: 'pick', options: [option('1h'), option('4h')] },
      { type: 'users_select', action_id: 'user' },
      { type: 'datepicker', action_id: 'date' },
      { type: 'checkboxes', action_id: 'boxes', options: [option('x')] },
      { type: 'radio_buttons', action_id: 'radio', options: [option('x')] },
    ],
  },
];

/** Acknowledges whatever comes. */
export function registerEverything(app: App): void {
  app.command('/echo', async ({ ack, body, client }) => {
    await ack();
    if (body.text === 'modal') await client.views.open({ trigger_id: body.trigger_id, view: everyModal });
  });
  app.options(/.*/, async ({ ack }) => ack({ options: [option('flights')] }));
  app.action(/.*/, async ({ ack }) => ack());
  app.view('every', async ({ ack }) => ack());
  app.view({ type: 'view_closed', callback_id: 'every' }, async ({ ack }) => ack());
  app.shortcut(/.*/, async ({ ack }) => ack());
}

/** Everything that people can do and an app can ask, once. */
export async function actEverything(workspace: Workspace, app: App): Promise<void> {
  const channel = channelId(workspace, 'ml-health');
  const { client } = app;
  await client.auth.test();
  await client.conversations.list();
  await client.conversations.info({ channel });
  await client.users.info({ user: anna });
  await client.usergroups.list({ include_users: true });
  const file = await readyPicture(app, workspace);
  await client.files.info({ file });
  const image = { type: 'image', slack_file: { id: file }, alt_text: 'a chart' } as const;
  const metadata = { event_type: 'report', event_payload: { report: 7 } };
  const posted = await client.chat.postMessage({ channel, text: 'Report', blocks: [...everyBlock, image], metadata });
  const ts = posted.ts ?? '';
  await client.chat.update({ channel, ts, text: 'Report, edited', blocks: everyBlock });
  await client.chat.postMessage({ channel, thread_ts: ts, text: 'In the thread' });

  const choices = [
    ['go', '7'],
    ['pick', '4h'],
    ['user', anna],
    ['date', '2026-11-29'],
    ['boxes', ['x']],
    ['radio', 'x'],
    ['more', 'a'],
  ] as const;
  for (const [actionId, value] of choices) await workspace.press({ user: anna, channel, ts, actionId, value });
  await workspace.say({ user: anna, channel, text: '@echobot why' });
  await workspace.say({ user: anna, channel, threadTs: ts, text: '@echobot why' });
  await workspace.runShortcut({ user: anna, callbackId: 'mute', channel, ts });
  await workspace.runShortcut({ user: anna, callbackId: 'register' });
  await workspace.openHome(anna);
  await client.views.publish({ user_id: anna, view: { type: 'home', blocks: everyBlock } });
  await workspace.openHome(anna);
  await fillIn(workspace, channel);
}

async function fillIn(workspace: Workspace, channel: string): Promise<void> {
  for (const isSubmitted of [true, false]) {
    await workspace.issueCommand({ user: anna, channel, text: '/echo modal' });
    const { id: viewId } = await eventually(() => workspace.state.views(anna)[0]);
    if (!isSubmitted) {
      await workspace.closeView({ user: anna, viewId });
      continue;
    }
    await workspace.suggest({ user: anna, viewId, actionId: 'tables', value: '' });
    const values = {
      name: { a: 'delay' },
      table: { tables: 'flights' },
      who: { a: [anna] },
      day: { a: '2026-11-29' },
      count: { a: '3' },
      also: { a: ['x'] },
    };
    const outcome = await workspace.submitView({ user: anna, viewId, values });
    if (!outcome.ok) throw new Error(`expected the dialog to be taken, got ${outcome.detail}`);
  }
}
