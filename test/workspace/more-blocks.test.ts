import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Workspace } from '../../src/workspace/index.ts';
import { channelId, startWorkspace } from './bolt-app.ts';
import { call } from './raw-client.ts';

let workspace: Workspace;

beforeAll(async () => {
  workspace = await startWorkspace();
});
afterAll(() => workspace.close());

const text = (value: string) => ({ type: 'plain_text', text: value });
const mrkdwn = (value: string) => ({ type: 'mrkdwn', text: value });
const raw = (value: string) => ({ type: 'raw_text', text: value });
const section = { type: 'section', text: text('s') };
const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));
const actions = (element: object) => ({ type: 'actions', elements: [{ action_id: 'a', ...element }] });
const input = (element: object) => ({ type: 'input', label: text('l'), element });
const chart = (rest: object = {}) => ({
  type: 'data_visualization',
  title: 'Score mean',
  chart: {
    type: 'line',
    series: [{ name: 'mean', data: [{ label: 'Mon', value: 1.5 }] }],
    axis_config: { categories: ['Mon'] },
    ...rest,
  },
});
const dataTable = { type: 'data_table', caption: 'PSI', rows: [[raw('Feature')], [raw('distance')]] };
const container = (children: unknown[], rest: object = {}) => ({
  type: 'container',
  title: text('More'),
  child_blocks: children,
  ...rest,
});

type Surface = 'message' | 'modal' | 'home';

const accepted: [string, Surface, unknown[]][] = [
  ['an external select', 'message', [actions({ type: 'external_select', min_query_length: 1 })]],
  ['many people at once', 'modal', [input({ type: 'multi_users_select', max_selected_items: 3 })]],
  ['a time', 'home', [actions({ type: 'timepicker', initial_time: '09:00', timezone: 'Europe/Berlin' })]],
  ['an instant', 'modal', [input({ type: 'datetimepicker', initial_date_time: 1_700_000_000 })]],
  ['an email and an address', 'modal', [input({ type: 'email_text_input' }), input({ type: 'url_text_input' })]],
  ['a native chart', 'message', [chart()]],
  ['a pie', 'message', [{ ...chart(), chart: { type: 'pie', segments: [{ label: 'us', value: 3 }] } }]],
  ['a data table', 'home', [dataTable]],
  ['a container', 'message', [container([section, { type: 'divider' }], { is_collapsible: true })]],
  ['a card', 'message', [{ type: 'card', title: mrkdwn('*t*'), actions: [{ type: 'button', text: text('Go') }] }]],
  ['a carousel', 'home', [{ type: 'carousel', elements: [{ type: 'card', body: mrkdwn('b') }] }]],
  ['an alert', 'modal', [{ type: 'alert', text: mrkdwn('Look'), level: 'warning' }]],
  ['a task', 'message', [{ type: 'task_card', task_id: 't', title: 'Backfill', status: 'in_progress' }]],
];

const refused: [string, Surface, unknown[], string][] = [
  [
    'an alert in a message',
    'message',
    [{ type: 'alert', text: mrkdwn('l') }],
    'unsupported type: alert [json-pointer:/blocks/0/type]',
  ],
  [
    'markdown in a modal',
    'modal',
    [{ type: 'markdown', text: 'm' }],
    'unsupported type: markdown [json-pointer:/view/blocks/0/type]',
  ],
  ['a chart in the home', 'home', [chart()], 'unsupported type: data_visualization [json-pointer:/view/blocks/0/type]'],
  [
    'feedback in the home',
    'home',
    [{ type: 'context_actions', elements: [] }],
    'unsupported type: context_actions [json-pointer:/view/blocks/0/type]',
  ],
  [
    'markdown inside a container',
    'message',
    [container([{ type: 'markdown', text: 'm' }])],
    'unsupported type: markdown [json-pointer:/blocks/0/child_blocks/0/type]',
  ],
  [
    '11 blocks in a container',
    'message',
    [container(times(11, () => section))],
    'no more than 10 items allowed [json-pointer:/blocks/0/child_blocks]',
  ],
  [
    'a container without a title',
    'message',
    [{ type: 'container', child_blocks: [section] }],
    'must provide one of: title, rich_text_title [json-pointer:/blocks/0]',
  ],
  [
    'three charts',
    'message',
    [chart(), chart(), chart()],
    'no more than 2 data_visualization blocks are allowed per message [json-pointer:/blocks/2]',
  ],
  [
    'a chart with a missing point',
    'message',
    [chart({ axis_config: { categories: ['Mon', 'Tue'] } })],
    'each series must have exactly one point per category [json-pointer:/blocks/0/chart]',
  ],
  [
    'a chart with a long name',
    'message',
    [{ ...chart(), title: 'x'.repeat(51) }],
    'must be less than 51 characters [json-pointer:/blocks/0/title]',
  ],
  [
    'a table and a data table',
    'message',
    [{ type: 'table', rows: [[raw('a')]] }, dataTable],
    'only one table is allowed per message [json-pointer:/blocks/1]',
  ],
  [
    'a data table of one row',
    'message',
    [{ ...dataTable, rows: [[raw('a')]] }],
    'must have at least 2 items [json-pointer:/blocks/0/rows]',
  ],
  [
    'a wrong time',
    'message',
    [actions({ type: 'timepicker', initial_time: '25:00' })],
    'invalid time [json-pointer:/blocks/0/elements/0/initial_time]',
  ],
  [
    'an email outside an input',
    'message',
    [actions({ type: 'email_text_input' })],
    'unsupported type: email_text_input [json-pointer:/blocks/0/elements/0/type]',
  ],
  [
    'one block_id twice, one of them inside',
    'message',
    [{ ...section, block_id: 'b' }, container([{ ...section, block_id: 'b' }])],
    '`block_id` "b" already exists [json-pointer:/blocks/1/child_blocks/0/block_id]',
  ],
];

function send(surface: Surface, blocks: unknown[]) {
  if (surface === 'message') {
    return call(workspace, 'chat.postMessage', { channel: channelId(workspace, 'general'), text: 't', blocks });
  }
  const modal = { type: 'modal', title: text('t'), submit: text('Go'), blocks };
  return call(workspace, 'blocks.validate', { view: surface === 'modal' ? modal : { type: 'home', blocks } });
}

describe('newer blocks', () => {
  it.each(accepted)('accepts %s (%s)', async (_, surface, blocks) => {
    expect(await send(surface, blocks)).toMatchObject({ ok: true });
  });

  it.each(refused)('refuses %s (%s)', async (_, surface, blocks, problem) => {
    expect(await send(surface, blocks)).toMatchObject({ ok: false, error: 'invalid_blocks', errors: [problem] });
  });
});
