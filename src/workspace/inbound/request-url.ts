import { createHmac, randomUUID } from 'node:crypto';
import type { AppRecord } from '../core.ts';
import { WorkspaceError } from '../errors.ts';
import type { WorkspaceLimits } from '../options.ts';
import type { EnvelopeType, Json } from '../records.ts';
import type { Delivery, Retry } from './transport.ts';

/** Ways to send the last request again that an app must tell from a real one, or must not act on twice. */
export const tamperings = ['unsigned', 'forged', 'stale', 'future', 'replayed', 'charset'] as const;
export type Tampering = (typeof tamperings)[number];

export type RequestUrl = {
  isSet(): boolean;
  /** Sends `url_verification` first, as Slack does when an address is entered. */
  set(url: string): Promise<void>;
  deliver(type: EnvelopeType, payload: Json, retry?: Retry): Promise<Delivery>;
  /** The HTTP status that the app answers with. */
  resend(tampering: Tampering): Promise<number>;
};

type Options = { readonly app: AppRecord; readonly now: () => number; readonly limits: WorkspaceLimits };
type Headers = Readonly<Record<string, string>>;
type Sent = { readonly body: string; readonly headers: Headers };

/** Slack's own window for the age of a request. */
const toleranceSeconds = 300;
const formType = 'application/x-www-form-urlencoded';

/** HTTP mode: signed requests to the address of the app. */
export function createRequestUrl({ app, now, limits }: Options): RequestUrl {
  let address: string | undefined;
  let last: Sent | undefined;

  function sign(body: string, type: string, atSeconds = Math.floor(now() / 1_000)): Headers {
    const hash = createHmac('sha256', app.signingSecret).update(`v0:${atSeconds}:${body}`).digest('hex');
    return {
      'content-type': type,
      'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
      'x-slack-request-timestamp': String(atSeconds),
      'x-slack-signature': `v0=${hash}`,
    };
  }
  function post(url: string, { body, headers }: Sent): Promise<Response> {
    const signal = AbortSignal.timeout(limits.ackDeadlineMs);
    // As bytes: for a string fetch may add a charset, which an app must refuse.
    return fetch(url, { method: 'POST', body: Buffer.from(body), headers, redirect: 'manual', signal });
  }

  return {
    isSet: () => address !== undefined,
    async set(url) {
      const challenge = randomUUID();
      const body = JSON.stringify({ type: 'url_verification', token: app.verificationToken, challenge });
      const answer = await post(url, { body, headers: sign(body, 'application/json') }).catch((cause: unknown) => {
        throw badUrl('no answer', cause);
      });
      const text = await answer.text();
      if (!answer.ok || !text.includes(challenge)) throw badUrl(`HTTP ${answer.status}`);
      address = url;
    },
    async deliver(type, payload, retry) {
      if (address === undefined) return { ok: false, error: 'dispatch_failed' };
      const [body, contentType] = encode(type, payload);
      const again = retry && { 'x-slack-retry-num': String(retry.attempt), 'x-slack-retry-reason': retry.reason };
      last = { body, headers: { ...sign(body, contentType), ...again } };
      try {
        return await readAnswer(await post(address, last));
      } catch (error) {
        const isLate = error instanceof Error && error.name === 'TimeoutError';
        return { ok: false, error: isLate ? 'operation_timeout' : 'dispatch_failed' };
      }
    },
    async resend(tampering) {
      if (address === undefined || last === undefined) {
        const remedy = 'set the request URL and do something first';
        throw new WorkspaceError('nothing_sent', { expected: 'a request to send again', received: 'none', remedy });
      }
      const { body, headers } = last;
      const type = headers['content-type'] ?? formType;
      const seconds = Math.floor(now() / 1_000);
      const changed: Record<Tampering, Headers> = {
        unsigned: { 'content-type': type },
        forged: { ...headers, 'x-slack-signature': `v0=${'0'.repeat(64)}` },
        stale: sign(body, type, seconds - toleranceSeconds - 1),
        future: sign(body, type, seconds + toleranceSeconds + 1),
        replayed: headers,
        charset: { ...headers, 'content-type': `${type}; charset=utf-8` },
      };
      const answer = await post(address, { body, headers: changed[tampering] });
      return answer.status;
    },
  };
}

/** Commands are form fields, interactions a form with one JSON field, events JSON. */
function encode(type: EnvelopeType, payload: Json): readonly [body: string, contentType: string] {
  if (type === 'events_api') return [JSON.stringify(payload), 'application/json'];
  if (type === 'interactive') return [new URLSearchParams({ payload: JSON.stringify(payload) }).toString(), formType];
  const fields = Object.entries(payload).map(([key, value]) => [key, String(value)] as [string, string]);
  return [new URLSearchParams(fields).toString(), formType];
}

async function readAnswer(answer: Response): Promise<Delivery> {
  const text = await answer.text();
  if (!answer.ok) {
    const isFinal = answer.headers.get('x-slack-no-retry') === '1';
    return { ok: false, error: 'http_error', status: answer.status, isFinal };
  }
  return { ok: true, payload: readPayload(text) };
}

/** An acknowledgement is empty, JSON, or the plain text of an answer. */
function readPayload(text: string): Json {
  if (text.trim() === '') return {};
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Json;
  } catch {
    return { text };
  }
  return { text };
}

function badUrl(received: string, cause?: unknown): WorkspaceError {
  const expected = 'the challenge back from the request URL';
  return new WorkspaceError(
    'bad_request_url',
    { expected, received, remedy: 'start the app and check the address' },
    { cause },
  );
}
