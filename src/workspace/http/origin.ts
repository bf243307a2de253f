import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { HttpRefusal } from '../errors.ts';

/** Other sites open in the same browser must not drive the workspace. */
export function refuseForeignOrigin(url: string, request: IncomingMessage): void {
  const { origin } = request.headers;
  if (origin === undefined || isOwn(url, origin.replace('http://', ''))) return;
  throw new HttpRefusal(`expected a request from ${url}, got origin ${origin}`, { status: 403 });
}

/** A foreign name rebound to this address would count as the page's own origin. */
export function refuseForeignHost(url: string, request: IncomingMessage): void {
  const { host = 'none' } = request.headers;
  if (isOwn(url, host)) return;
  throw new HttpRefusal(`expected a request to ${url}, got host ${host}; open that address`, { status: 403 });
}

function isOwn(url: string, host: string): boolean {
  const { port, hostname } = new URL(url);
  const suffix = port === '' ? '' : `:${port}`;
  if ([hostname, 'localhost', '127.0.0.1'].some((name) => host === `${name}${suffix}`)) return true;
  // Bound to every address: any number will do, as rebinding needs a name.
  const isAnywhere = hostname === '0.0.0.0' || hostname === '[::]';
  const [, name = ''] = /^(.*?)(?::\d+)?$/.exec(host) ?? [];
  return isAnywhere && isIP(name.replace(/^\[|\]$/g, '')) !== 0;
}
