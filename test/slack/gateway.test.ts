import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Message } from '../../src/messages/message.ts';
import { plainMessage } from '../../src/messages/message.ts';
import { createSystemClock } from '../../src/platform/system-clock.ts';
import { createDeliveryClient, createSlackGateway } from '../../src/slack/index.ts';
import { createRecordingLogger } from './recording-logger.ts';
import { type SlackBench, startBench } from './slack-bench.ts';
import { tinyPng } from './tiny-png.ts';

const clock = createSystemClock();
const silent = createRecordingLogger();
let bench: SlackBench;

beforeEach(async () => {
  bench = await startBench();
});

afterEach(() => bench.close());

function withImage(fileId: string): Message {
  return {
    text: 'Score mean fell 18 %.',
    blocks: [
      { type: 'header', text: 'Critical' },
      { type: 'image', fileId, altText: 'score mean 0.21, expected 0.25 to 0.28' },
    ],
  };
}

describe('the gateway', () => {
  it.each(['alerts', '#alerts'])('posts to the channel named %s', async (channel) => {
    const posted = await bench.chat.post(plainMessage('hello'), { channel });

    expect(posted.channel).toBe(bench.channel);
    expect(bench.workspace.state.message(posted.channel, posted.ts)?.text).toBe('hello');
  });

  it('looks a name up once, and takes an id as it is', async () => {
    await bench.chat.post(plainMessage('one'), { channel: bench.channel });
    expect(bench.workspace.state.calls('conversations.list')).toHaveLength(0);

    await bench.chat.post(plainMessage('two'), { channel: 'alerts' });
    await bench.chat.post(plainMessage('three'), { channel: '#alerts' });

    expect(bench.workspace.state.calls('conversations.list')).toHaveLength(1);
  });

  it('says which channel it cannot see', async () => {
    await expect(bench.chat.post(plainMessage('x'), { channel: '#nowhere' })).rejects.toMatchObject({
      code: 'slack.rejected',
      facts: { received: '"#nowhere"' },
    });
  });

  it('posts with metadata and without unfurling, into a thread when told', async () => {
    const parent = await bench.chat.post(plainMessage('parent'), { channel: 'alerts' });

    const metadata = { report_id: 7, revision: 2 };
    const reply = await bench.chat.post(plainMessage('reply'), { channel: 'alerts', threadTs: parent.ts, metadata });

    const stored = bench.workspace.state.message(reply.channel, reply.ts);
    expect(stored?.threadTs).toBe(parent.ts);
    expect(stored?.metadata).toEqual({ event_type: 'driftbell_report', event_payload: metadata });
    const call = bench.workspace.state.calls('chat.postMessage').at(-1);
    expect([call?.args.unfurl_links, call?.args.unfurl_media].map(String)).toEqual(['false', 'false']);
  });

  it('finds what it posted by its key, in the channel and in a thread, and nothing where it may not read', async () => {
    const sinceMs = clock.now() - 60_000;
    const parent = await bench.chat.post(plainMessage('parent'), { channel: 'alerts', metadata: { key: 'report:7' } });
    const thread = { channel: 'alerts', threadTs: parent.ts };
    const reply = await bench.chat.post(plainMessage('reply'), { ...thread, metadata: { key: 'note:7:a' } });

    expect(await bench.chat.find({ channel: 'alerts', key: 'report:7', sinceMs })).toEqual(parent);
    expect(await bench.chat.find({ ...thread, key: 'note:7:a', sinceMs })).toEqual(reply);
    expect(await bench.chat.find({ ...thread, key: 'note:7:b', sinceMs })).toBeUndefined();
    bench.workspace.inject({ kind: 'error', method: 'conversations.history', error: 'missing_scope' });
    expect(await bench.chat.find({ channel: 'alerts', key: 'report:7', sinceMs })).toBeUndefined();
  });

  it('shares a file in a thread, where people can open it', async () => {
    const parent = await bench.chat.post(plainMessage('parent'), { channel: 'alerts' });
    const bytes = new TextEncoder().encode('column\r\nage\r\n');

    await bench.chat.shareFile({ filename: 'findings.csv', bytes, title: 'All findings' }, parent);

    const [call] = bench.workspace.state.calls('files.completeUploadExternal');
    expect(call?.args).toMatchObject({ channel_id: parent.channel, thread_ts: parent.ts });
  });

  it('shows a reply in the channel too when it is told so', async () => {
    const parent = await bench.chat.post(plainMessage('parent'), { channel: 'alerts' });

    const to = { channel: 'alerts', threadTs: parent.ts, isBroadcast: true };
    const reply = await bench.chat.post(plainMessage('worse'), to);

    expect(bench.workspace.state.message(reply.channel, reply.ts)).toMatchObject({ isBroadcast: true });
  });

  it('edits its message and keeps the metadata', async () => {
    const posted = await bench.chat.post(plainMessage('before'), { channel: 'alerts', metadata: { report_id: 7 } });

    await bench.chat.update(posted, plainMessage('after'));

    const stored = bench.workspace.state.message(posted.channel, posted.ts);
    expect(stored).toMatchObject({ text: 'after', metadata: { event_payload: { report_id: 7 } } });
  });

  it('uploads a picture and waits until a message may hold it', async () => {
    const fileId = await bench.chat.uploadImage({ filename: 'chart.png', png: tinyPng(), altText: 'a chart' });

    const posted = await bench.chat.post(withImage(fileId), { channel: 'alerts' });

    const types = bench.workspace.state.message(posted.channel, posted.ts)?.blocks.map(({ type }) => type);
    expect(types).toEqual(['header', 'image']);
    expect(bench.workspace.state.calls('files.info').length).toBeGreaterThanOrEqual(2);
    expect(bench.workspace.state.file(fileId)?.shares).toEqual([]);
  });

  it('gives up on a picture that never becomes usable, after about half a minute of patience', async () => {
    await bench.close();
    bench = await startBench({ limits: { fileReadyDelayMs: 3_600_000 } });
    const waits: number[] = [];
    const hasty = {
      now: clock.now,
      sleep: async (ms: number) => {
        waits.push(ms);
      },
    };
    const client = createDeliveryClient(bench.settings, silent);
    const chat = createSlackGateway({ client, clock: hasty, logger: silent });

    await expect(chat.uploadImage({ filename: 'c.png', png: tinyPng(), altText: '' })).rejects.toMatchObject({
      code: 'slack.unreachable',
    });
    expect(waits[0]).toBe(300);
    expect(Math.max(...waits)).toBe(5_000);
    expect(waits.reduce((sum, ms) => sum + ms, 0)).toBeGreaterThan(25_000);
    expect(waits.reduce((sum, ms) => sum + ms, 0)).toBeLessThan(40_000);
  });

  it('posts without a picture that Slack refuses, and keeps its numbers', async () => {
    const posted = await bench.chat.post(withImage('F0NOSUCHFILE'), { channel: 'alerts' });

    const stored = bench.workspace.state.message(posted.channel, posted.ts);
    expect(stored?.blocks.map(({ type }) => type)).toEqual(['header', 'context']);
    expect(JSON.stringify(stored?.blocks)).toContain('expected 0.25 to 0.28');
    expect(bench.lines).toContainEqual(
      expect.objectContaining({ level: 'error', facts: expect.objectContaining({ level: 'full' }) }),
    );
  });

  it('lets Slack draw a picture whose file it refuses', async () => {
    const message = withImage('F0NOSUCHFILE');
    const table = {
      title: 'age',
      look: 'line',
      categories: ['a', 'b'],
      series: [{ name: 'n', values: [1, 2] }],
      unit: '',
    };
    const blocks = message.blocks.map((block) => (block.type === 'image' ? { ...block, table } : block));

    const posted = await bench.chat.post({ ...message, blocks } as Message, { channel: 'alerts' });

    const stored = bench.workspace.state.message(posted.channel, posted.ts);
    expect(stored?.blocks.map(({ type }) => type)).toEqual(['header', 'data_visualization']);
  });

  it('does not degrade for a refusal that is not about blocks', async () => {
    const nowhere = { channel: 'C0NOWHERE1', ts: '1.1' };

    await expect(bench.chat.update(nowhere, plainMessage('x'))).rejects.toMatchObject({ code: 'slack.rejected' });
    expect(bench.workspace.state.calls('chat.update')).toHaveLength(1);
  });

  it('tells a dead Slack from one that refuses', async () => {
    const client = createDeliveryClient({ ...bench.settings, apiUrl: 'http://127.0.0.1:9/api/' }, silent);
    const chat = createSlackGateway({ client, clock, logger: silent });

    await expect(chat.post(plainMessage('x'), { channel: 'C0ALERTS1' })).rejects.toMatchObject({
      code: 'slack.unreachable',
    });
  });
});
