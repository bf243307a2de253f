import type { ServerResponse } from 'node:http';
import type { Json } from '../records.ts';

export function sendJson(response: ServerResponse, status: number, body: Json): void {
  send(response, status, 'application/json; charset=utf-8', JSON.stringify(body));
}

export function sendText(response: ServerResponse, status: number, text: string): void {
  send(response, status, 'text/plain; charset=utf-8', text.replaceAll(/\s+/g, ' '));
}

function send(response: ServerResponse, status: number, type: string, text: string): void {
  response.writeHead(status, {
    'content-type': type,
    'x-content-type-options': 'nosniff',
    ...(status === 413 ? { connection: 'close' } : {}),
  });
  response.end(text);
}
