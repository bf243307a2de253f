import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Core } from '../core.ts';
import { HttpRefusal, SlackRefusal } from '../errors.ts';
import { filePath, receiveUpload, uploadPath } from '../files.ts';
import type { Json } from '../records.ts';
import { responsePath } from '../response-urls.ts';
import { applyResponse } from '../responses.ts';
import { callMethod } from './api.ts';
import { parseArgs, parseJson, readBody, uploadedBytes } from './body.ts';
import { pageRequests, streamChanges } from './page-api.ts';
import { sendPageAsset } from './static-files.ts';

export type Router = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Answers every HTTP request; whatever goes wrong inside becomes a one-line answer, never a crash. */
export function createRouter(core: Core, pageDirectory: string): Router {
  return async (request, response) => {
    try {
      await route(core, pageDirectory, request, response);
    } catch (error) {
      const refusal =
        error instanceof HttpRefusal
          ? error
          : new HttpRefusal('the workspace failed inside', { status: 500, cause: error });
      if (response.headersSent) response.destroy();
      else sendText(response, refusal.status, refusal.message);
    }
  };
}

async function route(
  core: Core,
  pageDirectory: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const target = request.url ?? '/';
  if (!URL.canParse(target, core.url)) throw new HttpRefusal('expected a readable address, got none', { status: 400 });
  const url = new URL(target, core.url);
  const { pathname } = url;
  const type = request.headers['content-type'] ?? '';
  refuseForeignOrigin(core, request);
  const body = request.method === 'POST' ? await readBody(request, core.limits.bodyBytes) : Buffer.alloc(0);

  if (pathname.startsWith('/api/')) {
    const args = parseArgs(type, body, url.searchParams);
    return sendJson(
      response,
      200,
      callMethod(core, pathname.slice('/api/'.length), request.headers.authorization, args),
    );
  }
  if (pathname.startsWith(uploadPath) && request.method === 'POST') {
    receiveUpload(core, pathname.slice(uploadPath.length), await uploadedBytes(type, body));
    return sendText(response, 200, `OK - ${body.length}`);
  }
  if (pathname.startsWith(responsePath) && request.method === 'POST') {
    return answerResponseUrl(core, pathname.slice(responsePath.length), parseJson(body), response);
  }
  refuseForeignHost(core, request);
  if (pathname === '/page-api/changes') return streamChanges(core, response);
  if (pathname.startsWith('/page-api/') && request.method === 'POST') {
    const handler = pageRequests[pathname.slice('/page-api/'.length)];
    if (!handler) throw new HttpRefusal(`no such page request: ${pathname}`, { status: 404 });
    return sendJson(response, 200, await handler(core, parseJson(body)));
  }
  if (request.method !== 'GET') throw new HttpRefusal(`expected GET, got ${request.method}`, { status: 405 });
  if (pathname.startsWith(filePath)) return sendFile(core, pathname.slice(filePath.length), response);
  if (pathname.startsWith('/page/')) return sendPageAsset(response, pageDirectory, pathname.slice('/page/'.length));
  if (pathname === '/' || pathname.startsWith('/archives/'))
    return sendPageAsset(response, pageDirectory, 'index.html');
  throw new HttpRefusal(`nothing at ${pathname}`, { status: 404 });
}

function answerResponseUrl(core: Core, id: string, body: Json, response: ServerResponse): void {
  const use = core.responseUrls.use(id);
  if (!use.ok) {
    sendJson(response, 404, { ok: false, error: use.error });
    return;
  }
  try {
    applyResponse(core, use.target, body);
    sendText(response, 200, 'ok');
  } catch (error) {
    if (!(error instanceof SlackRefusal)) throw error;
    sendJson(response, 400, { ok: false, error: error.code, errors: error.problems });
  }
}

function sendFile(core: Core, rest: string, response: ServerResponse): void {
  const id = rest.split('/')[0] ?? '';
  const file = core.state.file(id);
  const bytes = core.fileBytes.get(id);
  if (file?.state !== 'complete' || !bytes) throw new HttpRefusal(`no such file: ${id}`, { status: 404 });
  const isImage = file.mimetype.startsWith('image/');
  response.writeHead(200, {
    'content-type': file.mimetype,
    'content-length': bytes.length,
    'content-disposition': isImage ? 'inline' : 'attachment',
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, max-age=3600',
  });
  response.end(bytes);
}

/** Other sites open in the same browser must not drive the workspace. */
function refuseForeignOrigin(core: Core, request: IncomingMessage): void {
  const { origin } = request.headers;
  if (origin === undefined || ownHosts(core).includes(origin.replace('http://', ''))) return;
  throw new HttpRefusal(`expected a request from ${core.url}, got origin ${origin}`, { status: 403 });
}

/** A foreign name rebound to this address would count as the page's own origin. */
function refuseForeignHost(core: Core, request: IncomingMessage): void {
  const { host = 'none' } = request.headers;
  if (ownHosts(core).includes(host)) return;
  throw new HttpRefusal(`expected a request to ${core.url}, got host ${host}; open that address`, { status: 403 });
}

function ownHosts(core: Core): readonly string[] {
  const { port, hostname } = new URL(core.url);
  return [hostname, 'localhost', '127.0.0.1'].map((name) => (port === '' ? name : `${name}:${port}`));
}

function sendJson(response: ServerResponse, status: number, body: Json): void {
  send(response, status, 'application/json; charset=utf-8', JSON.stringify(body));
}

function sendText(response: ServerResponse, status: number, text: string): void {
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
