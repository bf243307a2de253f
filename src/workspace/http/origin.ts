import type { IncomingMessage } from 'node:http';
import { HttpRefusal } from '../errors.ts';

/** Other sites open in the same browser must not drive the workspace. */
export function refuseForeignOrigin(url: string, request: IncomingMessage): void {
  const { origin } = request.headers;
  if (origin === undefined || ownHosts(url).includes(origin.replace('http://', ''))) return;
  throw new HttpRefusal(`expected a request from ${url}, got origin ${origin}`, { status: 403 });
}

/** A foreign name rebound to this address would count as the page's own origin. */
export function refuseForeignHost(url: string, request: IncomingMessage): void {
  const { host = 'none' } = request.headers;
  if (ownHosts(url).includes(host)) return;
  throw new HttpRefusal(`expected a request to ${url}, got host ${host}; open that address`, { status: 403 });
}

function ownHosts(url: string): readonly string[] {
  const { port, hostname } = new URL(url);
  return [hostname, 'localhost', '127.0.0.1'].map((name) => (port === '' ? name : `${name}:${port}`));
}
