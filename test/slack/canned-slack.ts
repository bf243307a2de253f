import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface CannedAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Closes the connection without an answer. */
  readonly isDropped?: boolean;
}

export interface CannedSlack {
  readonly apiUrl: string;
  readonly calls: { readonly method: string; readonly args: URLSearchParams }[];
  close(): void;
}

/** A Slack that answers each call as told: for what the local workspace never says. */
export async function startCannedSlack(
  answer: (method: string, args: URLSearchParams) => CannedAnswer,
): Promise<CannedSlack> {
  const calls: CannedSlack['calls'] = [];
  const server: Server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const method = (request.url ?? '').replace(/^\/api\//, '');
      const args = new URLSearchParams(Buffer.concat(parts).toString('utf8'));
      calls.push({ method, args });
      const { status = 200, headers = {}, body = { ok: true }, isDropped = false } = answer(method, args);
      if (isDropped) {
        request.socket.destroy();
        return;
      }
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`,
    calls,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
