import type { App } from '@slack/bolt';
import type { KnownBlock, ModalView } from '@slack/types';
import type { Workspace } from '../../src/workspace/index.ts';
import { channelId, eventually } from './bolt-app.ts';
import { samplePng } from './sample-png.ts';

/** Uploads a private picture the way an app must: ask, send, complete, wait until Slack has looked at it. */
export async function uploadPicture(app: App, bytes: Buffer, filename = 'chart.png'): Promise<string> {
  const { upload_url: url = '', file_id: id = '' } = await app.client.files.getUploadURLExternal({
    filename,
    length: bytes.length,
  });
  await fetch(url, { method: 'POST', body: new Uint8Array(bytes) });
  await app.client.files.completeUploadExternal({ files: [{ id, title: filename }] });
  return id;
}

export async function readyPicture(app: App, workspace: Workspace): Promise<string> {
  const id = await uploadPicture(app, samplePng(640, 240));
  const readyAt = workspace.state.file(id)?.readyAt ?? 0;
  await eventually(() => (Date.now() >= readyAt ? true : undefined));
  return id;
}

/** Answers /echo with an ephemeral, posts a report, opens a modal, and edits its message on a press. */
export function registerSample(app: App): void {
  app.command('/echo', async ({ ack, command, respond }) => {
    await ack();
    await respond({ response_type: 'ephemeral', text: `You said *${command.text || 'nothing'}*` });
  });
  app.action('report.acknowledge', async ({ ack, body, client }) => {
    await ack();
    if (body.type !== 'block_actions' || !body.message || !body.channel) return;
    await client.chat.update({
      channel: body.channel.id,
      ts: body.message.ts,
      text: `Acknowledged by <@${body.user.id}>`,
      blocks: [
        { type: 'section', text: { type: 'mrkdwn', text: `:white_check_mark: Acknowledged by <@${body.user.id}>` } },
      ],
    });
  });
  app.action('report.findings', async ({ ack, respond }) => {
    await ack();
    await respond({
      response_type: 'ephemeral',
      replace_original: false,
      text: 'All findings',
      blocks: findingsBlocks,
    });
  });
  app.action('report.mute', async ({ ack, body, client }) => {
    await ack();
    if (body.type === 'block_actions') await client.views.open({ trigger_id: body.trigger_id, view: muteView });
  });
  app.view('mute', async ({ ack, view }) => {
    const reason = view.state.values.reason?.text?.value ?? '';
    if (reason.length < 5) await ack({ response_action: 'errors', errors: { reason: 'Say a little more.' } });
    else await ack();
  });
  app.action(/^report\.(vote|menu|window|when)$/, async ({ ack }) => ack());
}

export async function postOldReport(app: App, workspace: Workspace): Promise<void> {
  const channel = channelId(workspace, 'ml-health');
  const findings = { type: 'button', action_id: 'report.findings', text: text('All findings') } as const;
  const blocks: KnownBlock[] = [
    { type: 'section', text: mrkdwn('An old report') },
    { type: 'actions', elements: [findings] },
  ];
  for (let day = 1; day <= 20; day += 1) await app.client.chat.postMessage({ channel, text: `Earlier report ${day}` });
  await app.client.chat.postMessage({ channel, text: 'An old report', blocks });
  for (let day = 1; day <= 20; day += 1) await app.client.chat.postMessage({ channel, text: `Later report ${day}` });
}

export async function postReport(app: App, workspace: Workspace, file: string): Promise<string> {
  const channel = channelId(workspace, 'ml-health');
  const posted = await app.client.chat.postMessage({ channel, text: 'Report', blocks: reportBlocks(file) });
  const ts = posted.ts ?? '';
  await app.client.chat.postMessage({ channel, thread_ts: ts, text: 'History: first seen on *Tue 12 Nov*.' });
  return ts;
}

const text = (value: string) => ({ type: 'plain_text', text: value }) as const;
const mrkdwn = (value: string) => ({ type: 'mrkdwn', text: value }) as const;
const option = (label: string, value: string) => ({ text: text(label), value });

const findingsBlocks: KnownBlock[] = [
  { type: 'section', text: mrkdwn('*All findings*') },
  { type: 'section', text: mrkdwn(Array.from({ length: 12 }, (_, index) => `finding ${index + 1}`).join('\n')) },
  {
    type: 'actions',
    elements: [
      {
        type: 'static_select',
        action_id: 'report.window',
        placeholder: text('Show'),
        options: [option('the rest', 'rest')],
      },
    ],
  },
];

const muteView: ModalView = {
  type: 'modal',
  callback_id: 'mute',
  title: text('Mute the model'),
  submit: text('Mute'),
  close: text('Back'),
  blocks: [
    { type: 'section', text: mrkdwn('Nothing is posted for *delay-v3* until then.') },
    {
      type: 'input',
      block_id: 'reason',
      label: text('Reason'),
      hint: text('Others will read it.'),
      element: { type: 'plain_text_input', action_id: 'text', multiline: true },
    },
    {
      type: 'input',
      block_id: 'length',
      label: text('How long'),
      element: {
        type: 'static_select',
        action_id: 'pick',
        options: [option('1 hour', '1h'), option('1 day', '1d')],
        initial_option: option('1 day', '1d'),
      },
    },
    {
      type: 'input',
      block_id: 'who',
      label: text('Tell'),
      optional: true,
      element: { type: 'users_select', action_id: 'pick' },
    },
    {
      type: 'input',
      block_id: 'also',
      label: text('Also'),
      optional: true,
      element: {
        type: 'checkboxes',
        action_id: 'pick',
        options: [option('Mute its features', 'features'), option('Say so in the channel', 'say')],
      },
    },
  ],
};

function reportBlocks(file: string): KnownBlock[] {
  return [
    { type: 'header', text: text('▲ Serious: delay-v3 has drifted') },
    {
      type: 'section',
      text: mrkdwn(
        'Score mean *fell 18 %* since <!date^1763596800^{date_short_pretty} {time}|20 Nov>; 9 of 41 features moved with it, all from `profile_v2`. &lt;b&gt;not markup&lt;/b&gt; <img src=x onerror=alert(1)>',
      ),
      fields: [
        mrkdwn('*Expected*\n12.1 – 13.4 min'),
        mrkdwn('*Actual*\n10.2 min'),
        mrkdwn('*Rows*\n48,211'),
        mrkdwn('*Owner*\n<@U0ANNA>'),
      ],
    },
    {
      type: 'image',
      slack_file: { id: file },
      alt_text: 'Score mean by day: 12.6 falls to 10.2 minutes',
      title: text('Score mean, last 60 days'),
    },
    {
      type: 'actions',
      elements: [
        { type: 'button', action_id: 'report.acknowledge', value: '17', style: 'primary', text: text('Acknowledge') },
        { type: 'button', action_id: 'report.mute', value: '17', text: text('Mute …') },
        {
          type: 'static_select',
          action_id: 'report.window',
          placeholder: text('Mute for'),
          options: [option('1 hour', '1h'), option('30 days', '30d')],
        },
        {
          type: 'overflow',
          action_id: 'report.menu',
          options: [option('All findings', 'all'), option('Details', 'details')],
          confirm: {
            title: text('Sure?'),
            text: mrkdwn('This shows *everything*.'),
            confirm: text('Show'),
            deny: text('No'),
          },
        },
      ],
    },
    {
      type: 'context_actions',
      elements: [
        {
          type: 'feedback_buttons',
          action_id: 'report.vote',
          positive_button: { text: text('Real'), value: 'up' },
          negative_button: { text: text('Not useful'), value: 'down' },
        },
      ],
    },
    { type: 'context', elements: [mrkdwn('delay-v3 · run 2026-11-20 · <https://example.com/runbook|runbook>')] },
    { type: 'divider' },
    {
      type: 'table',
      column_settings: [{}, { align: 'right' }],
      rows: [
        [
          { type: 'raw_text', text: 'Feature' },
          { type: 'raw_text', text: 'PSI' },
        ],
        [
          { type: 'raw_text', text: 'distance' },
          { type: 'raw_text', text: '0.31' },
        ],
        [
          { type: 'raw_text', text: 'origin' },
          { type: 'raw_text', text: '0.27' },
        ],
      ],
    },
    {
      type: 'rich_text',
      elements: [
        {
          type: 'rich_text_list',
          style: 'bullet',
          elements: [
            {
              type: 'rich_text_section',
              elements: [
                { type: 'text', text: 'check ' },
                { type: 'text', text: 'profile_v2', style: { code: true } },
              ],
            },
          ],
        },
        { type: 'rich_text_quote', elements: [{ type: 'text', text: 'fills began on 12 November' }] },
      ],
    },
    { type: 'markdown', text: '## Notes\n**Bold**, *italic* and [a link](https://example.com)\n\n- one\n- two' },
  ];
}
