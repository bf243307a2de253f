import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Shared } from '../core.ts';
import { HttpRefusal, SlackRefusal } from '../errors.ts';
import { filePath, receiveUpload, uploadPath } from '../files.ts';
import type { Json } from '../records.ts';
import { responsePath } from '../response-urls.ts';
import { applyResponse } from '../responses.ts';
import { parseArgs, parseJson, readBody, uploadedBytes } from './body.ts';
import { controls } from './control-api.ts';
import { refuseForeignHost, refuseForeignOrigin } from './origin.ts';
import { pageRequests, shownTeam, streamChanges } from './page-api.ts';
import { sendJson, sendText } from './send.ts';
import { sendFile } from './sent-file.ts';
import { sendPageAsset } from './static-files.ts';
import { answerApiCall, cut, failsBefore } from './web-api.ts';

export type Router = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Answers every HTTP request; whatever goes wrong inside becomes a one-line answer, never a crash. */
export function createRouter(shared: Shared, pageDirectory: string): Router {
  return async (request, response) => {
    try {
      await route(shared, pageDirectory, { request, response });
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

type Exchange = { readonly request: IncomingMessage; readonly response: ServerResponse };

async function route(shared: Shared, pageDirectory: string, { request, response }: Exchange): Promise<void> {
  const target = request.url ?? '/';
  if (!URL.canParse(target, shared.url))
    throw new HttpRefusal('expected a readable address, got none', { status: 400 });
  const url = new URL(target, shared.url);
  const { pathname } = url;
  const type = request.headers['content-type'] ?? '';
  refuseForeignOrigin(shared.url, request);
  const isPost = request.method === 'POST';
  const body = isPost ? await readBody(request, shared.limits.bodyBytes) : Buffer.alloc(0);

  if (pathname.startsWith('/api/')) {
    const args = parseArgs(type, body, url.searchParams);
    return answerApiCall(shared, pathname.slice('/api/'.length), args, { request, response });
  }
  if (pathname.startsWith(uploadPath) && isPost) {
    const bytes = await uploadedBytes(type, body);
    return answerUpload(shared, pathname.slice(uploadPath.length), bytes, { request, response });
  }
  if (pathname.startsWith(responsePath) && isPost) {
    return answerResponseUrl(shared, pathname.slice(responsePath.length), parseJson(body), { request, response });
  }
  refuseForeignHost(shared.url, request);
  if (pathname.startsWith('/control/') && isPost) {
    const control =
      Object.hasOwn(controls, pathname.slice('/control/'.length)) && controls[pathname.slice('/control/'.length)];
    if (!control) throw new HttpRefusal(`no such control: ${pathname}`, { status: 404 });
    return sendJson(response, 200, await control(shared, parseJson(body)));
  }
  return routePage(shared, pageDirectory, { url, body, request, response });
}

/** What the page asks for; it says of which workspace. */
async function routePage(
  shared: Shared,
  pageDirectory: string,
  { url, body, request, response }: Exchange & { readonly url: URL; readonly body: Buffer },
): Promise<void> {
  const { pathname } = url;
  if (pathname === '/page-api/changes') {
    const team = shownTeam(shared, url.searchParams.get('team'), url.searchParams.get('channel'));
    return streamChanges(shared, team, response);
  }
  if (pathname.startsWith('/page-api/') && request.method === 'POST') {
    const handler = pageRequests[pathname.slice('/page-api/'.length)];
    if (!handler) throw new HttpRefusal(`no such page request: ${pathname}`, { status: 404 });
    const asked = parseJson(body);
    return sendJson(response, 200, await handler(shownTeam(shared, asked.team), asked));
  }
  if (request.method !== 'GET') throw new HttpRefusal(`expected GET, got ${request.method}`, { status: 405 });
  if (pathname.startsWith(filePath)) return sendFile(shared, pathname.slice(filePath.length), response);
  if (pathname.startsWith('/page/')) return sendPageAsset(response, pageDirectory, pathname.slice('/page/'.length));
  if (pathname === '/' || pathname.startsWith('/archives/'))
    return sendPageAsset(response, pageDirectory, 'index.html');
  throw new HttpRefusal(`nothing at ${pathname}`, { status: 404 });
}

async function answerUpload(shared: Shared, id: string, bytes: Buffer, exchange: Exchange): Promise<void> {
  const fault = shared.faults.take('upload');
  if (await failsBefore(fault, exchange)) return;
  const core = shared.teams.find((team) => team.state.file(id)) ?? shared.teams[0];
  receiveUpload(core, id, bytes);
  if (fault?.kind === 'reset') cut(exchange.response);
  else sendText(exchange.response, 200, `OK - ${bytes.length}`);
}

async function answerResponseUrl(shared: Shared, id: string, body: Json, exchange: Exchange): Promise<void> {
  const { response } = exchange;
  const fault = shared.faults.take('response_url');
  if (await failsBefore(fault, exchange)) return;
  const use = shared.responseUrls.use(id);
  if (!use.ok) return sendJson(response, 404, { ok: false, error: use.error });
  const core = shared.teams.find((team) => team.identity.teamId === use.target.teamId) ?? shared.teams[0];
  try {
    applyResponse(core, use.target, body);
    if (fault?.kind === 'reset') cut(response);
    else sendText(response, 200, 'ok');
  } catch (error) {
    if (!(error instanceof SlackRefusal)) throw error;
    sendJson(response, 400, { ok: false, error: error.code, errors: error.problems });
  }
}
