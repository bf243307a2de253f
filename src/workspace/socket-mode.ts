import { randomBytes, randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { z } from 'zod';
import type { Delivery, Retry } from './inbound/transport.ts';
import type { WorkspaceLimits } from './options.ts';
import type { EnvelopeType, Json } from './records.ts';

export type SocketMode = {
  /** A fresh single-use WebSocket address, as `apps.connections.open` returns it. */
  open(): string;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, ticket: string): void;
  /** Sends to exactly one connection and waits for its acknowledgement. */
  deliver(type: EnvelopeType, payload: Json, retry?: Retry): Promise<Delivery>;
  /** Sends the next envelopes twice, each to any connection, under the same envelope_id. */
  duplicateNext(times: number): void;
  /** Asks every connection to reconnect, as Slack does when it recycles a host, and closes those that stay. */
  refresh(): void;
  /** Cuts every connection without a word. */
  drop(): void;
  close(): void;
};

type SocketOptions = {
  readonly url: string;
  readonly appId: string;
  readonly now: () => number;
  readonly limits: WorkspaceLimits;
  readonly onCount: (count: number) => void;
};

type Pending = { readonly connection: WebSocket; readonly settle: (delivery: Delivery) => void };

const Ack = z.object({ envelope_id: z.string(), payload: z.looseObject({}).optional() });
const pingMs = 10_000;
const ticketLifeMs = 30_000;
const closeMs = 250;

export const socketPath = '/link';

export function createSocketMode(options: SocketOptions): SocketMode {
  const server = new WebSocketServer({ noServer: true, maxPayload: options.limits.bodyBytes });
  const tickets = new Map<string, number>();
  const connections: WebSocket[] = [];
  const pending = new Map<string, Pending>();
  let turn = 0;
  let duplicates = 0;
  const pings = setInterval(() => {
    for (const connection of connections) connection.ping();
  }, pingMs);
  pings.unref();

  function accept(connection: WebSocket): void {
    connections.push(connection);
    connection.on('message', (data) => receiveAck(pending, String(data)));
    connection.on('error', () => connection.terminate());
    connection.on('close', () => {
      connections.splice(connections.indexOf(connection), 1);
      for (const waiting of pending.values()) {
        if (waiting.connection === connection) waiting.settle({ ok: false, error: 'operation_timeout' });
      }
      options.onCount(connections.length);
    });
    connection.send(JSON.stringify(hello(options, connections.length)));
    options.onCount(connections.length);
  }

  /** In turn, so that several connections of one app all get work. */
  function nextConnection(): WebSocket | undefined {
    const open = connections.filter((one) => one.readyState === one.OPEN);
    const connection = open[turn % Math.max(open.length, 1)];
    turn += 1;
    return connection;
  }

  return {
    open() {
      const ticket = randomBytes(16).toString('hex');
      tickets.set(ticket, options.now() + ticketLifeMs);
      return `${options.url.replace(/^http/, 'ws')}${socketPath}?ticket=${ticket}&app_id=${options.appId}`;
    },
    upgrade(request, socket, head, ticket) {
      const expiresAt = tickets.get(ticket);
      tickets.delete(ticket);
      if (expiresAt === undefined || options.now() >= expiresAt) {
        socket.end('HTTP/1.1 403 Forbidden\r\nconnection: close\r\n\r\n');
        return;
      }
      if (connections.length >= options.limits.socketConnections) {
        socket.end('HTTP/1.1 429 Too Many Requests\r\nconnection: close\r\n\r\n');
        return;
      }
      server.handleUpgrade(request, socket, head, accept);
    },
    deliver(type, payload, retry) {
      const connection = nextConnection();
      if (!connection) return Promise.resolve({ ok: false, error: 'dispatch_failed' });
      return new Promise((resolve) => {
        const id = randomUUID();
        const settle = (delivery: Delivery): void => {
          clearTimeout(deadline);
          pending.delete(id);
          resolve(delivery);
        };
        const deadline = setTimeout(settle, options.limits.ackDeadlineMs, { ok: false, error: 'operation_timeout' });
        pending.set(id, { connection, settle });
        const text = JSON.stringify(envelope(type, id, payload, retry));
        connection.send(text);
        if (duplicates === 0) return;
        duplicates -= 1;
        (nextConnection() ?? connection).send(text);
      });
    },
    duplicateNext(times) {
      duplicates = times;
    },
    refresh() {
      const text = JSON.stringify({ type: 'disconnect', reason: 'refresh_requested', debug_info: { host: 'local' } });
      for (const connection of connections) {
        connection.send(text);
        setTimeout(() => connection.close(), options.limits.refreshGraceMs).unref();
      }
    },
    drop() {
      for (const connection of [...connections]) connection.terminate();
    },
    close() {
      clearInterval(pings);
      for (const connection of connections) {
        connection.close(1001, 'the workspace is closing');
        setTimeout(() => connection.terminate(), closeMs).unref();
      }
      for (const waiting of pending.values()) waiting.settle({ ok: false, error: 'dispatch_failed' });
      server.close();
    },
  };
}

function envelope(type: EnvelopeType, id: string, payload: Json, retry: Retry | undefined): Json {
  const isEvent = type === 'events_api';
  return {
    type,
    envelope_id: id,
    payload,
    accepts_response_payload: !isEvent,
    ...(isEvent ? { retry_attempt: retry?.attempt ?? 0, retry_reason: retry?.reason ?? '' } : {}),
  };
}

function hello(options: SocketOptions, count: number): Json {
  return {
    type: 'hello',
    num_connections: count,
    connection_info: { app_id: options.appId },
    debug_info: { host: 'local', build_number: 1, approximate_connection_time: 18_060 },
  };
}

/** Anything that is not an acknowledgement of ours is dropped, as Slack drops it. */
function receiveAck(pending: ReadonlyMap<string, Pending>, text: string): void {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return;
  }
  const ack = Ack.safeParse(value);
  if (ack.success) pending.get(ack.data.envelope_id)?.settle({ ok: true, payload: ack.data.payload ?? {} });
}
