import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSystemClock } from '../../src/platform/system-clock.ts';
import { ANNA, type SlackBench, startBench, until } from './slack-bench.ts';

const SECRET = 'a-signing-secret-of-the-test';
const TEAM_OF_SOMEBODY_ELSE = 'T0OTHER';
const clock = createSystemClock();

let bench: SlackBench;
let responses: Server;
let answers: Record<string, unknown>[];
let url: string;
let responseUrl: string;

beforeEach(async () => {
  answers = [];
  responses = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      answers.push(JSON.parse(Buffer.concat(parts).toString('utf8')) as Record<string, unknown>);
      response.end('ok');
    });
  });
  await new Promise<void>((resolve) => responses.listen(0, '127.0.0.1', resolve));
  responseUrl = `http://127.0.0.1:${(responses.address() as AddressInfo).port}/`;
  bench = await startBench({ settings: { transport: { mode: 'http', signingSecret: SECRET, port: 0 } } });
  url = `http://127.0.0.1:${bench.app.port()}/slack/events`;
});

afterEach(async () => {
  await bench.close();
  responses.closeAllConnections();
  responses.close();
});

function commandBody(overrides: Record<string, string> = {}): string {
  return new URLSearchParams({
    command: '/drift',
    text: 'status',
    user_id: ANNA,
    channel_id: 'C0ALERTS1',
    team_id: bench.workspace.teamId,
    trigger_id: '1.2.abc',
    response_url: responseUrl,
    ...overrides,
  }).toString();
}

function send(body: string, sign: { secret?: string; at?: number } = {}): Promise<Response> {
  const timestamp = String(Math.floor((sign.at ?? clock.now()) / 1000));
  const hash = createHmac('sha256', sign.secret ?? SECRET)
    .update(`v0:${timestamp}:${body}`)
    .digest('hex');
  return fetch(url, {
    method: 'POST',
    body: Buffer.from(body),
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': `v0=${hash}`,
    },
  });
}

describe('the app over HTTP', () => {
  it('handles a signed command', async () => {
    const response = await send(commandBody());

    expect(response.status).toBe(200);
    await until(() => answers[0], 'an answer');
    expect(answers[0]).toMatchObject({ response_type: 'ephemeral', text: 'you said status' });
    expect(bench.app.isConnected()).toBe(true);
  });

  it('refuses a wrong signature and a stale one', async () => {
    const forged = await send(commandBody(), { secret: 'another' });
    const stale = await send(commandBody(), { at: clock.now() - 301_000 });

    expect([forged.status, stale.status]).toEqual([401, 401]);
    expect(bench.doors.calls).toEqual([]);
  });

  it('handles an identical replay once, and acknowledges both', async () => {
    const body = commandBody();
    const at = clock.now();

    const first = await send(body, { at });
    const second = await send(body, { at });

    expect([first.status, second.status]).toEqual([200, 200]);
    await until(() => answers[0], 'an answer');
    expect(bench.doors.calls).toHaveLength(1);
  });

  it('handles one press that comes in two envelopes once', async () => {
    const press = (triggerId: string): string =>
      new URLSearchParams({
        payload: JSON.stringify({
          type: 'block_actions',
          team: { id: bench.workspace.teamId },
          user: { id: ANNA, team_id: bench.workspace.teamId },
          trigger_id: triggerId,
          channel: { id: 'C0ALERTS1' },
          message: { ts: '1.2' },
          response_url: responseUrl,
          actions: [{ type: 'button', action_id: 'report.acknowledge', block_id: 'b', value: '7', action_ts: '17.5' }],
        }),
      }).toString();

    await send(press('a'));
    await send(press('b'));

    await until(() => answers[0], 'an answer');
    expect(bench.doors.calls).toEqual([{ verb: 'acknowledge', input: { reportId: 7, user: ANNA } }]);
  });

  it('refuses people of another workspace in words', async () => {
    const response = await send(commandBody({ team_id: TEAM_OF_SOMEBODY_ELSE }));

    expect(response.status).toBe(200);
    await until(() => answers[0], 'an answer');
    expect(answers[0]?.text).toMatch(/only people of its own workspace/);
    expect(bench.doors.calls).toEqual([]);
  });

  it('says what a payload lacks instead of timing out', async () => {
    const body = commandBody();
    const response = await send(body.replace(/user_id=[^&]*&/, ''));

    expect(response.status).toBe(200);
    await until(() => answers[0], 'an answer');
    expect(answers[0]?.text).toMatch(/user_id/);
  });

  it('stops listening, and leaves no connection open', async () => {
    await send(commandBody());

    const startedAt = clock.now();
    const abandoned = await bench.app.stop(1_000);

    expect(abandoned).toBe(0);
    expect(clock.now() - startedAt).toBeLessThan(1_000);
    expect(bench.app.isConnected()).toBe(false);
    await expect(send(commandBody())).rejects.toThrow();
  });
});
