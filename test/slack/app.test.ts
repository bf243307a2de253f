import { afterEach, describe, expect, it } from 'vitest';
import { DriftbellError } from '../../src/domain/errors.ts';
import { type Message, plainMessage } from '../../src/messages/message.ts';
import { createSystemClock } from '../../src/platform/system-clock.ts';
import { type CommandInput, createDeliveryClient, createSlackGateway, type HomeDoor } from '../../src/slack/index.ts';
import { createRecordingLogger } from './recording-logger.ts';
import { ANNA, type BenchOptions, type SlackBench, startBench, until } from './slack-bench.ts';

let bench: SlackBench | undefined;
const clock = createSystemClock();

async function start(options: BenchOptions = {}): Promise<SlackBench> {
  bench = await startBench(options);
  return bench;
}

afterEach(async () => {
  await bench?.close();
  bench = undefined;
});

const report: Message = {
  text: 'Critical: flight-delay. Score mean fell 18 %.',
  blocks: [
    { type: 'header', text: '🛑 Critical: flight-delay' },
    {
      type: 'feedback',
      action: 'report.vote',
      positive: { text: '👍 Real', value: 'real:7', accessibilityLabel: 'This report is real' },
      negative: { text: '👎 Not useful', value: 'not_useful:7', accessibilityLabel: 'This report is not useful' },
    },
    {
      type: 'actions',
      actions: [
        { type: 'button', action: 'report.acknowledge', text: 'Acknowledge', value: '7', style: 'primary' },
        {
          type: 'menu',
          action: 'report.mute',
          text: 'Mute …',
          options: [
            { text: '1 hour', value: '1h:7' },
            { text: '7 days', value: '7d:7' },
          ],
        },
        { type: 'button', action: 'report.details', text: 'All findings', value: '7' },
        { type: 'button', action: 'model.unmute', text: 'Unmute', value: '7' },
        { type: 'button', action: 'report.snooze_2019', text: 'Old', value: '7' },
      ],
    },
  ],
};

describe('the app over Socket Mode', () => {
  it('knows who it is and that it is connected', async () => {
    const { app, workspace } = await start();

    expect(app.identity()).toMatchObject({ teamId: workspace.teamId, botUserId: workspace.botUserId });
    expect(app.isConnected()).toBe(true);

    await app.stop(500);
    expect(app.isConnected()).toBe(false);
  });

  it('answers a command for the person alone', async () => {
    const { workspace, doors, channel } = await start();

    const outcome = await workspace.issueCommand({ user: ANNA, channel, text: '/drift status a&b' });

    expect(outcome.ok).toBe(true);
    const answer = await until(() => workspace.state.ephemerals(channel)[0], 'an answer');
    expect(answer).toMatchObject({ recipient: ANNA, text: 'you said status a&amp;b' });
    expect(doors.calls).toMatchObject([{ verb: 'run', input: { text: 'status a&b', user: ANNA, channel } }]);
  });

  it('answers in the channel when the door says so, and acknowledges long work at once', async () => {
    const run = async () => {
      await clock.sleep(300);
      return { message: plainMessage('all well'), visibility: 'in_channel' as const };
    };
    const { workspace, channel } = await start({ answers: { run }, limits: { ackDeadlineMs: 200 } });

    const outcome = await workspace.issueCommand({ user: ANNA, channel, text: '/drift status --share' });

    expect(outcome.ok).toBe(true);
    const message = await until(() => workspace.state.messages(channel)[0], 'a message');
    expect(message.text).toBe('all well');
  });

  it('shows that long work goes on, and puts the result or the error in its place', async () => {
    const run = async ({ text, meanwhile }: CommandInput) => {
      await meanwhile({ message: plainMessage('working …'), visibility: 'ephemeral' });
      if (text === 'fail') {
        throw new DriftbellError('usage.invalid', { expected: 'a', received: 'b', remedy: 'write a' });
      }
      return { message: plainMessage('done'), visibility: 'ephemeral' as const };
    };
    const { workspace, channel } = await start({ answers: { run } });

    await workspace.issueCommand({ user: ANNA, channel, text: '/drift backtest' });
    const first = await until(() => workspace.state.ephemerals(channel).find(({ text }) => text === 'done'), 'done');
    await workspace.issueCommand({ user: ANNA, channel, text: '/drift fail' });
    await until(() => workspace.state.ephemerals(channel).find(({ text }) => text.startsWith('Expected')), 'the error');

    expect(first.recipient).toBe(ANNA);
    expect(workspace.state.ephemerals(channel).map(({ text }) => text)).toEqual([
      'done',
      'Expected a, got b. Write a.',
    ]);
  });

  it.each([
    ['report.vote', 'real:7', 'vote', { verdict: 'real' }],
    ['report.vote', 'not_useful:7', 'vote', { verdict: 'not_useful' }],
    ['report.acknowledge', '7', 'acknowledge', {}],
    ['report.mute', '7d:7', 'mute', { duration: '7d' }],
    ['report.details', '7', 'details', {}],
    ['model.unmute', '7', 'unmute', {}],
  ])('takes %s with %s to the door %s', async (actionId, value, verb, facts) => {
    const { workspace, chat, doors, channel } = await start();
    const { ts } = await chat.post(report, { channel: '#alerts' });

    const outcome = await workspace.press({ user: ANNA, channel, ts, actionId, value });

    expect(outcome.ok).toBe(true);
    const answer = await until(() => workspace.state.ephemerals(channel)[0], 'an answer');
    expect(answer).toMatchObject({ recipient: ANNA, text: `${verb} done` });
    expect(doors.calls).toEqual([{ verb, input: { reportId: 7, user: ANNA, ...facts } }]);
    expect(workspace.state.message(channel, ts)?.text).toBe(report.text);
  });

  it.each([
    ['report.mute_message', 'mute', { duration: '1d' }],
    ['report.acknowledge_message', 'acknowledge', {}],
  ])('takes the shortcut %s on a report, and on a reply to it, to the door %s', async (callbackId, verb, facts) => {
    let reportTs = '';
    const { workspace, chat, doors, channel } = await start({ answers: { reportTs: () => reportTs } });
    ({ ts: reportTs } = await chat.post(report, { channel: '#alerts' }));
    const { ts: reply } = await chat.post(plainMessage('more'), { channel: '#alerts', threadTs: reportTs });
    const { ts: other } = await chat.post(plainMessage('something else'), { channel: '#alerts' });

    for (const ts of [reportTs, reply, other]) await workspace.runShortcut({ user: ANNA, callbackId, channel, ts });

    await until(() => workspace.state.ephemerals(channel).find(({ text }) => /is no report/.test(text)), 'the answer');
    expect(doors.calls).toEqual([1, 2].map(() => ({ verb, input: { reportId: 7, user: ANNA, ...facts } })));
  });

  it('takes plain thumbs where there are no feedback buttons', async () => {
    const { workspace, doors, channel, settings } = await start();
    const logger = createRecordingLogger();
    const client = createDeliveryClient(settings, logger);
    const plain = createSlackGateway({ client, clock, logger, format: { feedback: 'buttons' } });
    const { ts } = await plain.post(report, { channel });

    await workspace.press({ user: ANNA, channel, ts, actionId: 'vote.not_useful' });

    const call = await until(() => doors.calls[0], 'a vote');
    expect(call).toEqual({ verb: 'vote', input: { reportId: 7, user: ANNA, verdict: 'not_useful' } });
  });

  it('asks for the reason of a thumb down, and puts the thanks in the place of the question', async () => {
    const question: Message = {
      text: 'What was it?',
      blocks: [
        {
          type: 'actions',
          actions: [
            {
              type: 'menu',
              action: 'vote.reason',
              text: 'Because …',
              options: [{ text: 'New normal', value: 'new_normal:7' }],
            },
          ],
        },
      ],
    };
    const press = async (verb: string) => (verb === 'vote' ? question : plainMessage('Thank you.'));
    const { workspace, chat, doors, channel } = await start({ answers: { press } });
    const { ts } = await chat.post(report, { channel });

    await workspace.press({ user: ANNA, channel, ts, actionId: 'report.vote', value: 'not_useful:7' });
    const asked = await until(() => workspace.state.ephemerals(channel)[0], 'a question');
    await workspace.press({ user: ANNA, channel, ts: asked.ts, actionId: 'vote.reason', value: 'new_normal:7' });
    const thanks = await until(
      () => workspace.state.ephemerals(channel).find(({ text }) => /Thank/.test(text)),
      'thanks',
    );

    expect(workspace.state.ephemerals(channel)).toHaveLength(1);
    expect(thanks.blocks).toHaveLength(1);
    expect(doors.calls[1]).toEqual({ verb: 'voteReason', input: { reportId: 7, user: ANNA, reason: 'new_normal' } });
  });

  it.each([
    ['report.vote', 'not_useful:7'],
    ['report.acknowledge', '7'],
    ['report.mute', '7d:7'],
    ['report.details', '7'],
  ])('leaves a private copy of a report as it is when %s is pressed in it', async (actionId, value) => {
    const run = async () => ({ message: report, visibility: 'ephemeral' as const });
    const { workspace, channel } = await start({ answers: { run } });
    await workspace.issueCommand({ user: ANNA, channel, text: '/drift report churn' });
    const copy = await until(() => workspace.state.ephemerals(channel)[0], 'the copy');

    await workspace.press({ user: ANNA, channel, ts: copy.ts, actionId, value });

    const answer = await until(
      () => workspace.state.ephemerals(channel).find(({ text }) => text.endsWith(' done')),
      'an answer',
    );
    expect(answer.ts).not.toBe(copy.ts);
    expect(workspace.state.ephemeral(channel, copy.ts)?.blocks).toEqual(copy.blocks);
  });

  it('answers beside the pressed message, also when that has a thread', async () => {
    const { workspace, chat, channel } = await start();
    const { ts } = await chat.post(report, { channel });
    await chat.post(plainMessage('history'), { channel, threadTs: ts });

    await workspace.press({ user: ANNA, channel, ts, actionId: 'report.details' });

    const answer = await until(() => workspace.state.ephemerals(channel)[0], 'an answer');
    expect(answer.threadTs).toBeUndefined();
  });

  it('is kind about a button of a report that is no more', async () => {
    const press = async () => {
      throw new DriftbellError('report.unknown', { expected: 'a report', received: 'report 7', remedy: 'look again' });
    };
    const { workspace, chat, channel, lines } = await start({ answers: { press } });
    const { ts } = await chat.post(report, { channel });

    await workspace.press({ user: ANNA, channel, ts, actionId: 'report.acknowledge' });

    const answer = await until(() => workspace.state.ephemerals(channel)[0], 'an answer');
    expect(answer.text).toMatch(/no longer kept/);
    expect(lines.filter(({ level }) => level === 'error')).toEqual([]);
  });

  it('is kind about a button of another version', async () => {
    const { workspace, chat, channel } = await start();
    const { ts } = await chat.post(report, { channel });

    await workspace.press({ user: ANNA, channel, ts, actionId: 'report.snooze_2019' });

    const answer = await until(() => workspace.state.ephemerals(channel)[0], 'an answer');
    expect(answer.text).toMatch(/another version/);
  });

  it('says an error of ours in its one line', async () => {
    const run = async () => {
      throw new DriftbellError('model.unknown', { expected: 'a model', received: '<x>', remedy: 'type /drift list' });
    };
    const { workspace, channel } = await start({ answers: { run } });

    await workspace.issueCommand({ user: ANNA, channel, text: '/drift status x' });

    const answer = await until(() => workspace.state.ephemerals(channel)[0], 'an answer');
    expect(answer.text).toBe('Expected a model, got &lt;x&gt;. Type /drift list.');
  });

  it('hides an unknown error behind a reference that the log has too', async () => {
    const run = async () => {
      throw new TypeError('secret is not a function');
    };
    const { workspace, channel, lines } = await start({ answers: { run } });

    await workspace.issueCommand({ user: ANNA, channel, text: '/drift status' });

    const answer = await until(() => workspace.state.ephemerals(channel)[0], 'an answer');
    const reference = /^Something broke here; reference ([0-9a-f]{8})\.$/.exec(answer.text)?.[1];
    expect(lines).toContainEqual(
      expect.objectContaining({ level: 'error', facts: expect.objectContaining({ reference }) }),
    );
  });

  it('answers a mention in its thread, through the same door', async () => {
    const run = async () => ({ message: plainMessage('here you are'), visibility: 'in_channel' as const });
    const { workspace, doors, channel } = await start({ answers: { run } });

    await workspace.say({ user: ANNA, channel, text: '@driftbell' });

    const reply = await until(() => workspace.state.messages(channel).find(({ isFromApp }) => isFromApp), 'a reply');
    expect(reply.threadTs).toBe(workspace.state.messages(channel)[0]?.ts);
    expect(doors.calls).toMatchObject([{ verb: 'run', input: { text: 'help', user: ANNA } }]);
  });

  it('shows a home tab, first in words, then with its picture', async () => {
    const { workspace } = await start({
      home: {
        view: async () => ({
          message: plainMessage('in words'),
          withPicture: async () => plainMessage('with a picture'),
        }),
      },
    });

    await workspace.openHome(ANNA);

    const shown = () => JSON.stringify(workspace.state.home(ANNA)?.blocks ?? []);
    await until(() => shown().includes('with a picture'), 'the picture');
    const calls = workspace.state.calls().filter(({ method }) => method === 'views.publish');
    expect(calls.map(({ args }) => JSON.stringify(args).includes('in words'))).toEqual([true, false]);
  });

  it('shows the home tab anew after something was pressed in it, whoever has changed it meanwhile', async () => {
    const buttons: Message = {
      text: 'home',
      blocks: [
        {
          type: 'actions',
          actions: [
            { type: 'button', action: 'mute.end', text: 'Unmute', value: '3' },
            { type: 'button', action: 'home.page', text: 'More', value: '2' },
          ],
        },
      ],
    };
    const home: HomeDoor = {
      view: async ({ page, notice = 'nothing yet' }) => ({
        message: { ...buttons, blocks: [...plainMessage(`${notice}, page ${page}`).blocks, ...buttons.blocks] },
      }),
    };
    const { workspace, doors } = await start({ home });
    const shown = () => JSON.stringify(workspace.state.home(ANNA)?.blocks ?? []);
    await workspace.openHome(ANNA);
    await until(() => shown().includes('nothing yet, page 0'), 'the tab');
    const pressHome = (actionId: string) =>
      workspace.press({ user: ANNA, viewId: workspace.state.home(ANNA)?.id ?? '', actionId });

    await pressHome('mute.end');
    await until(() => shown().includes('endMute done, page 0'), 'the notice');
    expect(doors.calls).toEqual([{ verb: 'endMute', input: { muteId: 3, user: ANNA } }]);

    workspace.inject({ method: 'views.publish', kind: 'error', error: 'hash_conflict' });
    await pressHome('home.page');
    await until(() => shown().includes('page 2'), 'the other page');
  });

  it('waits for a handler when it stops, and gives up at the deadline', async () => {
    const run = async () => {
      await clock.sleep(400);
      return { message: plainMessage('done'), visibility: 'ephemeral' as const };
    };
    const { workspace, app, doors, channel } = await start({ answers: { run } });

    await workspace.issueCommand({ user: ANNA, channel, text: '/drift run' });
    await until(() => doors.calls[0], 'the handler');
    const abandoned = await app.stop(50);
    const patient = await app.stop(2_000);

    expect(abandoned).toBe(1);
    expect(patient).toBe(0);
    expect(workspace.state.ephemerals(channel)[0]?.text).toBe('done');
  });

  it('comes back at once when Slack asks for a new connection', async () => {
    const { workspace, app, doors, channel } = await start();

    const startedAt = clock.now();
    workspace.refreshSockets();
    const opened = () => workspace.state.calls('apps.connections.open').length;
    await until(() => opened() === 2 && app.isConnected(), 'the return');

    expect(clock.now() - startedAt).toBeLessThan(2_000);
    await workspace.issueCommand({ user: ANNA, channel, text: '/drift help' });
    await until(() => doors.calls[0], 'a command');
  });

  it('fails cleanly with a wrong token', async () => {
    await expect(start({ settings: { botToken: 'xoxb-wrong' } })).rejects.toMatchObject({ code: 'slack.rejected' });
  });

  it('fails cleanly when nobody listens', async () => {
    await expect(start({ settings: { apiUrl: 'http://127.0.0.1:9/api/' } })).rejects.toMatchObject({
      code: 'slack.unreachable',
    });
  });
});
