import type { App } from '@slack/bolt';
import { afterEach, describe, expect, it } from 'vitest';
import type { Workspace } from '../../src/workspace/index.ts';
import { anna, channelId, eventually, startApp, startWorkspace } from './bolt-app.ts';

let workspace: Workspace;
let app: App | undefined;

afterEach(async () => {
  await app?.stop();
  app = undefined;
  await workspace.close();
});

describe('a real Bolt app', () => {
  it('answers a slash command with an ephemeral message', async () => {
    workspace = await startWorkspace();
    app = await startApp(workspace, (bolt) => {
      bolt.command('/echo', async ({ ack, command, respond }) => {
        await ack();
        await respond({ response_type: 'ephemeral', text: `you said ${command.text}` });
      });
    });
    const channel = channelId(workspace, 'general');

    const outcome = await workspace.issueCommand({ user: anna, channel, text: '/echo hello @bruno' });

    expect(outcome.ok).toBe(true);
    const answer = await eventually(() => workspace.state.ephemerals(channel)[0]);
    expect(answer).toMatchObject({ recipient: anna, text: 'you said hello <@U0BRUNO|bruno>' });
  });

  it('shows an answer given with the acknowledgement', async () => {
    workspace = await startWorkspace();
    app = await startApp(workspace, (bolt) => {
      bolt.command('/echo', async ({ ack }) => ack({ response_type: 'in_channel', text: 'with the ack' }));
    });
    const channel = channelId(workspace, 'general');

    await workspace.issueCommand({ user: anna, channel, text: '/echo' });

    expect(workspace.state.messages(channel).map((message) => message.text)).toEqual(['with the ack']);
  });

  it('is told when the answer it gave with the acknowledgement is no message', async () => {
    workspace = await startWorkspace();
    app = await startApp(workspace, (bolt) => {
      bolt.command('/echo', async ({ ack }) =>
        ack({ blocks: [{ type: 'header', text: { type: 'plain_text', text: '' } }] }),
      );
    });
    const channel = channelId(workspace, 'general');

    const outcome = await workspace.issueCommand({ user: anna, channel, text: '/echo' });

    expect(outcome).toMatchObject({ ok: false, error: 'invalid_command_response' });
    expect(workspace.state.ephemerals(channel)[0]?.text).toContain('invalid_blocks');
  });

  it('receives a button press and updates its message', async () => {
    workspace = await startWorkspace();
    app = await startApp(workspace, (bolt) => {
      bolt.action('report.acknowledge', async ({ ack, action, body, client }) => {
        await ack();
        if (body.type !== 'block_actions' || action.type !== 'button' || !body.message || !body.channel) return;
        await client.chat.update({
          channel: body.channel.id,
          ts: body.message.ts,
          text: `acknowledged ${action.value} by ${body.user.id}`,
        });
      });
    });
    const channel = channelId(workspace, 'ml-health');
    const posted = await app.client.chat.postMessage({
      channel,
      text: 'report',
      blocks: [
        { type: 'section', text: { type: 'mrkdwn', text: '*report*' } },
        {
          type: 'actions',
          block_id: 'acts',
          elements: [
            { type: 'button', action_id: 'report.acknowledge', value: '17', text: { type: 'plain_text', text: 'Ack' } },
          ],
        },
      ],
    });
    const ts = posted.ts ?? '';

    const outcome = await workspace.press({ user: anna, channel, ts, actionId: 'report.acknowledge', value: '17' });

    expect(outcome.ok).toBe(true);
    const updated = await eventually(() =>
      workspace.state.message(channel, ts)?.edited ? workspace.state.message(channel, ts) : undefined,
    );
    expect(updated.text).toBe('acknowledged 17 by U0ANNA');
  });

  it('is told apart when it does not acknowledge and when it is not there', async () => {
    workspace = await startWorkspace({ limits: { ackDeadlineMs: 60 } });
    const channel = channelId(workspace, 'general');

    const absent = await workspace.issueCommand({ user: anna, channel, text: '/echo' });
    app = await startApp(workspace, (bolt) => {
      bolt.command('/echo', async () => {});
    });
    const silent = await workspace.issueCommand({ user: anna, channel, text: '/echo' });

    expect(absent).toMatchObject({ ok: false, error: 'dispatch_failed' });
    expect(silent).toMatchObject({ ok: false, error: 'operation_timeout' });
    expect(workspace.state.ephemerals(channel).map((one) => one.text)).toEqual([
      expect.stringContaining('failed with the error "dispatch_failed"'),
      expect.stringContaining('failed with the error "operation_timeout"'),
    ]);
  });

  it('hears a mention and the opening of its home', async () => {
    workspace = await startWorkspace();
    const heard: string[] = [];
    app = await startApp(workspace, (bolt) => {
      bolt.event('app_mention', async ({ event }) => {
        heard.push(event.text);
      });
      bolt.event('app_home_opened', async ({ event, client }) => {
        await client.views.publish({
          user_id: event.user,
          view: { type: 'home', blocks: [{ type: 'header', text: { type: 'plain_text', text: 'Home' } }] },
        });
      });
    });

    await workspace.say({ user: anna, channel: channelId(workspace, 'general'), text: '@echobot why' });
    await workspace.openHome(anna);

    expect(await eventually(() => heard[0])).toBe(`<@${workspace.botUserId}> why`);
    expect(await eventually(() => workspace.state.home(anna)?.blocks[0])).toMatchObject({ type: 'header' });
  });
});
