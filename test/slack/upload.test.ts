import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { plainMessage } from '../../src/messages/message.ts';
import { createSystemClock } from '../../src/platform/system-clock.ts';
import { createDeliveryClient, createSlackGateway } from '../../src/slack/index.ts';
import type { FaultInput } from '../../src/workspace/index.ts';
import { createRecordingLogger } from './recording-logger.ts';
import { type SlackBench, startBench } from './slack-bench.ts';
import { tinyPng } from './tiny-png.ts';

let bench: SlackBench;
let waits: number[];

beforeEach(async () => {
  bench = await startBench({ limits: { fileReadyDelayMs: 0 } });
  waits = [];
});

afterEach(() => bench.close());

/** Uploads through the real client, with a clock that waits for nothing. */
function upload(): Promise<string> {
  const logger = createRecordingLogger();
  const clock = {
    now: createSystemClock().now,
    sleep: async (ms: number) => {
      waits.push(ms);
    },
  };
  const chat = createSlackGateway({ client: createDeliveryClient(bench.settings, logger), clock, logger });
  return chat.uploadImage({ filename: 'chart.png', png: tinyPng(), altText: 'a chart' });
}

const completed = () => bench.workspace.state.calls('files.completeUploadExternal').length;

describe('an upload', () => {
  it.each<[string, FaultInput]>([
    ['the bytes', { method: 'upload', kind: 'status', status: 503 }],
    ['the connection for the bytes', { method: 'upload', kind: 'reset', when: 'before' }],
    ['the completion', { method: 'files.completeUploadExternal', kind: 'status', status: 502 }],
    ['the answer to the completion', { method: 'files.completeUploadExternal', kind: 'reset', when: 'after' }],
  ])('is made once more when %s is lost', async (_, fault) => {
    bench.workspace.inject(fault);

    const fileId = await upload();

    expect(bench.workspace.state.file(fileId)?.state).toBe('complete');
    expect(bench.workspace.state.file(fileId)?.shares).toEqual([]);
  });

  it('that is lost twice is given up', async () => {
    bench.workspace.inject({ method: 'upload', kind: 'status', status: 503, times: 2 });

    await expect(upload()).rejects.toMatchObject({ code: 'slack.unreachable', facts: { received: 'HTTP 503' } });
    expect(completed()).toBe(0);
  });

  it('that Slack refuses is not repeated', async () => {
    bench.workspace.inject({ method: 'files.completeUploadExternal', kind: 'error', error: 'file_not_found' });

    await expect(upload()).rejects.toMatchObject({ code: 'slack.rejected' });
    expect(completed()).toBe(1);
  });

  it.each<[string, FaultInput]>([
    ['an outage of Slack', { method: 'files.info', kind: 'status', status: 503, times: 3 }],
    ['a request to wait', { method: 'files.info', kind: 'rate_limit', retryAfterSeconds: 7 }],
  ])('survives %s while it waits for the file', async (_, fault) => {
    bench.workspace.inject(fault);

    const fileId = await upload();

    expect(bench.workspace.state.file(fileId)?.mimetype).toBe('image/png');
    if (fault.kind === 'rate_limit') expect(waits).toContain(7_000);
  });

  it('only waits a while where it may not look at files', async () => {
    bench.workspace.inject({ method: 'files.info', kind: 'error', error: 'missing_scope' });

    await expect(upload()).resolves.toMatch(/^F/);
    expect(waits).toEqual([300, 5_000]);
  });
});

describe('a file in a thread', () => {
  const share = async () => {
    const logger = createRecordingLogger();
    const clock = { now: createSystemClock().now, sleep: async (ms: number) => void waits.push(ms) };
    const chat = createSlackGateway({ client: createDeliveryClient(bench.settings, logger), clock, logger });
    const bytes = new TextEncoder().encode('column\r\nage\r\n');
    const parent = await chat.post(plainMessage('parent'), { channel: 'alerts' });
    await chat.shareFile({ filename: 'findings.csv', bytes, title: 'All findings' }, parent);
  };

  it('that Slack takes and shows nowhere is sent once more, after it was looked for', async () => {
    bench.workspace.inject({ method: 'files.completeUploadExternal', kind: 'lost_share' });

    await share();

    expect(completed()).toBe(2);
    expect(waits.reduce((sum, ms) => sum + ms, 0)).toBeGreaterThan(30_000);
  });

  it('that is never shown is an error, so that it is sent again later', async () => {
    bench.workspace.inject({ method: 'files.completeUploadExternal', kind: 'lost_share', times: 2 });

    await expect(share()).rejects.toMatchObject({ code: 'slack.unreachable' });
  });

  it('that is there is sent once', async () => {
    await share();

    expect(completed()).toBe(1);
  });
});
