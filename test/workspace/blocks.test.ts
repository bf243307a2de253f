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
const button = (rest: object = {}) => ({ type: 'button', action_id: 'a', text: text('Go'), ...rest });
const option = (value: string) => ({ text: text(value), value });
const long = (length: number) => 'x'.repeat(length);
const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));
const actions = (...elements: unknown[]) => ({ type: 'actions', elements });
const select = (rest: object) => actions({ type: 'static_select', action_id: 's', ...rest });

const accepted: [string, unknown[]][] = [
  ['header at 150 characters', [{ type: 'header', text: text(long(150)) }]],
  ['section text at 3000 characters', [{ type: 'section', text: mrkdwn(long(3000)) }]],
  ['section with 10 fields', [{ type: 'section', fields: times(10, (index) => mrkdwn(`f${index}`)) }]],
  ['section with an accessory', [{ type: 'section', text: text('t'), accessory: button() }]],
  ['context with 10 elements', [{ type: 'context', elements: times(10, () => mrkdwn('c')) }]],
  ['25 buttons', [actions(...times(25, (index) => button({ action_id: `a${index}` })))]],
  ['button at its limits', [actions(button({ text: text(long(75)), value: long(2000), style: 'danger' }))]],
  ['overflow with 5 options', [actions({ type: 'overflow', options: times(5, (index) => option(`o${index}`)) })]],
  ['select with 100 options', [select({ options: times(100, (index) => option(`o${index}`)) })]],
  ['select with groups', [select({ option_groups: [{ label: text('g'), options: [option('o')] }] })]],
  ['divider', [{ type: 'divider' }]],
  ['image by url', [{ type: 'image', image_url: 'https://example.com/a.png', alt_text: 'a' }]],
  [
    'feedback buttons',
    [
      {
        type: 'context_actions',
        elements: [
          {
            type: 'feedback_buttons',
            positive_button: { text: text('y'), value: 'y' },
            negative_button: { text: text('n'), value: 'n' },
          },
        ],
      },
    ],
  ],
  ['input', [{ type: 'input', label: text('l'), element: { type: 'plain_text_input' } }]],
  [
    'rich text',
    [{ type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: 't' }] }] }],
  ],
  ['markdown', [{ type: 'markdown', text: '**b**' }]],
  ['table', [{ type: 'table', rows: [[{ type: 'raw_text', text: 'a' }]] }]],
  ['50 blocks', times(50, () => ({ type: 'divider' }))],
];

const refused: [string, unknown[], string][] = [
  ['unknown block type', [{ type: 'alert' }], 'unsupported type: alert [json-pointer:/blocks/0/type]'],
  ['block without type', [{}], 'missing required field: type [json-pointer:/blocks/0]'],
  ['51 blocks', times(51, () => ({ type: 'divider' })), 'no more than 50 items allowed [json-pointer:/blocks]'],
  [
    'header over 150',
    [{ type: 'header', text: text(long(151)) }],
    'must be less than 151 characters [json-pointer:/blocks/0/text/text]',
  ],
  [
    'header in mrkdwn',
    [{ type: 'header', text: mrkdwn('h') }],
    'must be one of: plain_text [json-pointer:/blocks/0/text/type]',
  ],
  [
    'section over 3000',
    [{ type: 'section', text: mrkdwn(long(3001)) }],
    'must be less than 3001 characters [json-pointer:/blocks/0/text/text]',
  ],
  [
    'empty section text',
    [{ type: 'section', text: mrkdwn('') }],
    'must be more than 0 characters [json-pointer:/blocks/0/text/text]',
  ],
  ['section with nothing', [{ type: 'section' }], 'must provide one of: text, fields [json-pointer:/blocks/0]'],
  [
    '11 fields',
    [{ type: 'section', fields: times(11, () => mrkdwn('f')) }],
    'no more than 10 items allowed [json-pointer:/blocks/0/fields]',
  ],
  [
    'field over 2000',
    [{ type: 'section', fields: [mrkdwn(long(2001))] }],
    'must be less than 2001 characters [json-pointer:/blocks/0/fields/0/text]',
  ],
  [
    'extra property',
    [{ type: 'divider', colour: 'red' }],
    'invalid additional property: colour [json-pointer:/blocks/0]',
  ],
  [
    '11 context elements',
    [{ type: 'context', elements: times(11, () => mrkdwn('c')) }],
    'no more than 10 items allowed [json-pointer:/blocks/0/elements]',
  ],
  ['empty actions', [actions()], 'must have at least 1 items [json-pointer:/blocks/0/elements]'],
  [
    '26 buttons',
    [actions(...times(26, (index) => button({ action_id: `a${index}` })))],
    'no more than 25 items allowed [json-pointer:/blocks/0/elements]',
  ],
  [
    'button text over 75',
    [actions(button({ text: text(long(76)) }))],
    'must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]',
  ],
  [
    'button value over 2000',
    [actions(button({ value: long(2001) }))],
    'must be less than 2001 characters [json-pointer:/blocks/0/elements/0/value]',
  ],
  [
    'unknown element',
    [actions({ type: 'slider' })],
    'unsupported type: slider [json-pointer:/blocks/0/elements/0/type]',
  ],
  [
    'script url',
    [actions(button({ url: 'javascript:alert(1)' }))],
    'invalid url [json-pointer:/blocks/0/elements/0/url]',
  ],
  [
    'overflow with one option',
    [actions({ type: 'overflow', options: [option('o')] })],
    'must have at least 2 items [json-pointer:/blocks/0/elements/0/options]',
  ],
  [
    'overflow with 6 options',
    [actions({ type: 'overflow', options: times(6, (i) => option(`o${i}`)) })],
    'no more than 5 items allowed [json-pointer:/blocks/0/elements/0/options]',
  ],
  [
    'option text over 75',
    [select({ options: [{ text: text(long(76)), value: 'v' }] })],
    'must be less than 76 characters [json-pointer:/blocks/0/elements/0/options/0/text/text]',
  ],
  [
    'option value over 75',
    [select({ options: [{ text: text('t'), value: long(76) }] })],
    'must be less than 76 characters [json-pointer:/blocks/0/elements/0/options/0/value]',
  ],
  [
    '101 options',
    [select({ options: times(101, (i) => option(`o${i}`)) })],
    'no more than 100 items allowed [json-pointer:/blocks/0/elements/0/options]',
  ],
  [
    'select without options',
    [select({})],
    'must provide exactly one of: options, option_groups [json-pointer:/blocks/0/elements/0]',
  ],
  [
    'duplicate block_id',
    [
      { type: 'divider', block_id: 'b' },
      { type: 'divider', block_id: 'b' },
    ],
    '`block_id` "b" already exists [json-pointer:/blocks/1/block_id]',
  ],
  [
    'duplicate action_id',
    [actions(button(), button())],
    '`action_id` "a" already exists for block_id [json-pointer:/blocks/0/elements/1/action_id]',
  ],
  [
    'image without source',
    [{ type: 'image', alt_text: 'a' }],
    'must provide exactly one of: image_url, slack_file [json-pointer:/blocks/0]',
  ],
  [
    'image without alt text',
    [{ type: 'image', image_url: 'https://example.com/a.png' }],
    'missing required field: alt_text [json-pointer:/blocks/0]',
  ],
  [
    'slack_file with id and url',
    [{ type: 'image', alt_text: 'a', slack_file: { id: 'F012345678', url: 'https://example.com/a' } }],
    'must provide exactly one of: id, url [json-pointer:/blocks/0/slack_file]',
  ],
  [
    'unknown slack_file',
    [{ type: 'divider' }, { type: 'image', alt_text: 'a', slack_file: { id: 'F012345678' } }],
    'invalid slack file [json-pointer:/blocks/1/slack_file]',
  ],
  [
    'feedback buttons in actions',
    [actions({ type: 'feedback_buttons' })],
    'unsupported type: feedback_buttons [json-pointer:/blocks/0/elements/0/type]',
  ],
  [
    'input without label',
    [{ type: 'input', element: { type: 'plain_text_input' } }],
    'missing required field: label [json-pointer:/blocks/0]',
  ],
  [
    'two tables',
    times(2, () => ({ type: 'table', rows: [[{ type: 'raw_text', text: 'a' }]] })),
    'only one table is allowed per message [json-pointer:/blocks/1]',
  ],
  [
    '21 cells',
    [{ type: 'table', rows: [times(21, () => ({ type: 'raw_text', text: 'a' }))] }],
    'no more than 20 items allowed [json-pointer:/blocks/0/rows/0]',
  ],
];

describe('block validation', () => {
  it.each(accepted)('accepts %s', async (_, blocks) => {
    const answer = await call(workspace, 'chat.postMessage', {
      channel: channelId(workspace, 'general'),
      text: 't',
      blocks,
    });

    expect(answer).toMatchObject({ ok: true });
  });

  it.each(refused)('refuses %s', async (_, blocks, problem) => {
    const answer = await call(workspace, 'chat.postMessage', {
      channel: channelId(workspace, 'general'),
      text: 't',
      blocks,
    });

    expect(answer).toMatchObject({ ok: false, error: 'invalid_blocks' });
    expect(answer.errors).toContain(problem);
    expect(answer.response_metadata).toMatchObject({ messages: expect.arrayContaining([`[ERROR] ${problem}`]) });
  });

  it('refuses more than 13,000 characters in all blocks', async () => {
    const blocks = times(5, () => ({ type: 'section', text: mrkdwn(long(2_800)) }));
    const channel = channelId(workspace, 'general');

    expect(await call(workspace, 'chat.postMessage', { channel, blocks })).toMatchObject({
      error: 'msg_blocks_too_long',
    });
    expect(await call(workspace, 'chat.postEphemeral', { channel, user: 'U0ANNA', blocks })).toMatchObject({
      error: 'msg_too_long',
    });
  });

  it('refuses blocks that are not a list', async () => {
    const channel = channelId(workspace, 'general');

    expect(await call(workspace, 'chat.postMessage', { channel, blocks: '{oops' })).toMatchObject({
      error: 'invalid_blocks_format',
    });
  });

  it('fills in block and action ids', async () => {
    const channel = channelId(workspace, 'general');
    const { ts } = await call(workspace, 'chat.postMessage', {
      channel,
      blocks: [actions({ type: 'button', text: text('Go') })],
    });

    const block = workspace.state.message(channel, String(ts))?.blocks[0];
    expect(block).toMatchObject({ block_id: expect.any(String), elements: [{ action_id: expect.any(String) }] });
  });
});
