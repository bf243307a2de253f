import type { WorkspaceLimits } from '../options.ts';
import type { EnvelopeType, Json, SentEnvelope } from '../records.ts';
import type { SocketMode } from '../socket-mode.ts';
import type { RequestUrl } from './request-url.ts';

/** What became of one attempt to reach the app. */
export type Delivery =
  | { readonly ok: true; readonly payload: Json }
  | {
      readonly ok: false;
      readonly error: 'operation_timeout' | 'dispatch_failed' | 'http_error';
      /** Of an answer that was not 2xx. */
      readonly status?: number;
      /** The app asked not to be sent this event again. */
      readonly isFinal?: boolean;
    };

/** Why an event comes again. */
export type Retry = { readonly attempt: number; readonly reason: string };

export type Transport = {
  /** To the request URL when there is one, to one of the sockets when not. */
  deliver(type: EnvelopeType, payload: Json, retry?: Retry): Promise<Delivery>;
  sent(): readonly SentEnvelope[];
  /** Nothing is sent any more. */
  close(): void;
};

export type TransportOptions = {
  readonly sockets: SocketMode;
  readonly requestUrl: RequestUrl;
  readonly now: () => number;
  readonly limits: WorkspaceLimits;
};

export function createTransport({ sockets, requestUrl, now, limits }: TransportOptions): Transport {
  const log: SentEnvelope[] = [];
  let isClosed = false;
  return {
    async deliver(type, payload, retry) {
      if (isClosed) return { ok: false, error: 'dispatch_failed', isFinal: true };
      const at = now();
      const way = requestUrl.isSet() ? 'http' : 'socket';
      const delivery = await (way === 'http' ? requestUrl : sockets).deliver(type, payload, retry);
      const outcome = delivery.ok ? 'acknowledged' : delivery.error;
      log.push({ at, type, way, payload, retry: retry?.attempt ?? 0, outcome, tookMs: now() - at });
      if (log.length > limits.loggedCalls) log.shift();
      return delivery;
    },
    sent: () => [...log],
    close() {
      isClosed = true;
    },
  };
}
