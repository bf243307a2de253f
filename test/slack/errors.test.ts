import { WebAPIPlatformError } from '@slack/web-api';
import { afterEach, describe, expect, it } from 'vitest';
import { DriftbellError } from '../../src/domain/errors.ts';
import { type Message, plainMessage } from '../../src/messages/message.ts';
import { createSystemClock } from '../../src/platform/system-clock.ts';
import { fromSlackError, slackErrorName, slackErrors, UNTOLD_WAIT_SECONDS } from '../../src/slack/errors.ts';
import { createDeliveryClient, createSlackGateway } from '../../src/slack/index.ts';
import { type CannedAnswer, type CannedSlack, startCannedSlack } from './canned-slack.ts';
import { createRecordingLogger } from './recording-logger.ts';

let slack: CannedSlack | undefined;

afterEach(() => slack?.close());

async function chatOver(answer: (method: string, args: URLSearchParams) => CannedAnswer) {
  slack = await startCannedSlack(answer);
  const logger = createRecordingLogger();
  const settings = {
    botToken: 'xoxb-1-test',
    apiUrl: slack.apiUrl,
    transport: { mode: 'socket', appToken: 'xapp-1-test' },
  } as const;
  const client = createDeliveryClient(settings, logger);
  return { chat: createSlackGateway({ client, clock: createSystemClock(), logger }), logger, calls: slack.calls };
}

const CHANNEL = 'C0ALERTS1';
const hello = plainMessage('hello');

describe("Slack's refusals", () => {
  it.each(Object.entries(slackErrors))('%s is told with its remedy', async (name, { code, remedy }) => {
    const { chat } = await chatOver(() => ({ body: { ok: false, error: name } }));

    const failure = await chat.post(hello, { channel: CHANNEL }).catch((thrown: unknown) => thrown);

    expect(failure).toBeInstanceOf(DriftbellError);
    expect(failure).toMatchObject({ code, facts: { remedy, expected: 'Slack to accept chat.postMessage' } });
    expect(slackErrorName(failure)).toBe(name);
  });

  it.each(['a_new_error', 'toString', '__proto__'])('%s, which nobody knows, is told all the same', (name) => {
    const failure = fromSlackError(new WebAPIPlatformError({ ok: false, error: name }), 'chat.update');

    expect(failure).toMatchObject({ code: 'slack.rejected', facts: { received: name } });
    expect(failure.message).toMatch(/^Expected Slack to accept chat\.update, got /);
  });

  it('takes a thread that is gone for gone, as the message that it belongs to', () => {
    for (const error of ['thread_not_found', 'cannot_reply_to_message']) {
      const failure = fromSlackError(new WebAPIPlatformError({ ok: false, error }), 'chat.postMessage');

      expect(failure.code).toBe('slack.gone');
    }
  });

  it('says in words what a refused channel means', () => {
    const failure = fromSlackError(new WebAPIPlatformError({ ok: false, error: 'not_in_channel' }), 'chat.postMessage');

    expect(failure.facts.received).toBe('not_in_channel (the bot is not in the channel)');
  });

  it('names the scope that is missing, and where the blocks are wrong', () => {
    const scope = { ok: false, error: 'missing_scope', needed: 'files:read', provided: 'chat:write' };
    const blocks = {
      ok: false,
      error: 'invalid_blocks',
      response_metadata: { messages: ['[ERROR] must be more than 0 characters [json-pointer:/blocks/0]'] },
    };

    expect(fromSlackError(new WebAPIPlatformError(scope), 'files.info').message).toContain('needed: files:read');
    expect(fromSlackError(new WebAPIPlatformError(blocks), 'x').message).toContain('json-pointer:/blocks/0');
  });

  it('keeps an error of ours as it is', () => {
    const ours = new DriftbellError('usage.invalid', { expected: 'a', received: 'b', remedy: 'c' });

    expect(fromSlackError(ours, 'x')).toBe(ours);
  });
});

describe('trouble on the way to Slack', () => {
  it('a rate limit says how long to wait, and the call is not repeated', async () => {
    const { chat, calls } = await chatOver(() => ({ status: 429, headers: { 'retry-after': '7' }, body: '' }));

    await expect(chat.post(hello, { channel: CHANNEL })).rejects.toMatchObject({
      code: 'slack.rate_limited',
      facts: { retryAfterSeconds: 7 },
    });
    expect(calls).toHaveLength(1);
  });

  it('a rate limit without a time gets one of ours', async () => {
    const { chat } = await chatOver(() => ({ body: { ok: false, error: 'ratelimited' } }));

    await expect(chat.post(hello, { channel: CHANNEL })).rejects.toMatchObject({
      code: 'slack.rate_limited',
      facts: { retryAfterSeconds: UNTOLD_WAIT_SECONDS },
    });
  });

  it.each([
    ['a 500', { status: 500, body: 'oops' }],
    ['a 503', { status: 503, body: '' }],
    ['a 404', { status: 404, body: '' }],
    ['a 429 without its header', { status: 429, body: '' }],
    ['a lost answer', { isDropped: true }],
    ['an answer that is no JSON', { body: '<html>' }],
    ['an answer without a word', { body: '' }],
    ['a post without the id of the message', { body: { ok: true, channel: CHANNEL } }],
  ] as const)('%s may pass later, and is not repeated here', async (_what, answer) => {
    const { chat, calls } = await chatOver(() => answer);

    await expect(chat.post(hello, { channel: CHANNEL })).rejects.toMatchObject({ code: 'slack.unreachable' });
    expect(calls).toHaveLength(1);
  });
});

describe('blocks that Slack refuses', () => {
  const full: Message = {
    text: 'Score mean fell.',
    blocks: [
      { type: 'image', fileId: 'F0123456789', altText: 'score 0.21' },
      {
        type: 'feedback',
        action: 'report.vote',
        positive: { text: 'Real', value: 'real:7', accessibilityLabel: '' },
        negative: { text: 'Not useful', value: 'not_useful:7', accessibilityLabel: '' },
      },
    ],
  };
  const refusing = (words: readonly string[]) => (_method: string, args: URLSearchParams) => {
    const blocks = args.get('blocks') ?? '';
    if (words.some((word) => blocks.includes(word))) return { body: { ok: false, error: 'invalid_blocks' } };
    return { body: { ok: true, channel: CHANNEL, ts: '1.1' } };
  };

  it.each([
    ['the picture', ['"image"'], 2],
    ['a new kind of block', ['"image"', 'context_actions'], 3],
    ['every block', ['"type"'], 4],
  ] as const)('cost %s, and each refusal is logged', async (_what, words, tries) => {
    const { chat, calls, logger } = await chatOver(refusing(words));

    await chat.update({ channel: CHANNEL, ts: '1.1' }, full);

    expect(calls).toHaveLength(tries);
    expect(calls.at(-1)?.args.get('text')).toBe('Score mean fell.');
    expect(logger.lines.filter(({ level }) => level === 'error')).toHaveLength(tries - 1);
  });

  it('fail in the end when even the text is refused', async () => {
    const { chat, calls } = await chatOver(() => ({ body: { ok: false, error: 'invalid_blocks' } }));

    await expect(chat.post(full, { channel: CHANNEL })).rejects.toMatchObject({ code: 'slack.rejected' });
    expect(calls).toHaveLength(4);
  });
});
