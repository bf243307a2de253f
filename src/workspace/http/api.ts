import type { Core, Shared } from '../core.ts';
import { SlackRefusal } from '../errors.ts';
import type { Fault } from '../faults.ts';
import { requireScope, secondsToWait } from '../methods/guard.ts';
import type { Caller, Method } from '../methods/method.ts';
import { rules } from '../methods/rules.ts';
import { methods } from '../methods/table.ts';
import type { Json } from '../records.ts';

export type ApiAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Json;
};

type Call = { readonly name: string; readonly authorization: string | undefined; readonly args: Json };

/** Answers one Web API call; refusals become `ok: false` and every call is logged where its token belongs. */
export function callMethod(shared: Shared, call: Call, fault?: Fault): ApiAnswer {
  const { token: tokenArg, ...args } = call.args;
  const token = bearer(call.authorization) ?? (typeof tokenArg === 'string' ? tokenArg : '');
  const answered = answer(shared, call.name, { token, args }, fault);
  const { core, ...rest } = answered;
  const isCut = fault?.kind === 'reset';
  core.store.log({
    at: shared.now(),
    method: call.name,
    args,
    response: rest.body,
    status: isCut ? 0 : rest.status,
  });
  return rest;
}

function answer(
  shared: Shared,
  name: string,
  { token, args }: { readonly token: string; readonly args: Json },
  fault: Fault | undefined,
): ApiAnswer & { readonly core: Core } {
  let core: Core = shared.teams[0];
  const headers: Record<string, string> = {};
  try {
    const method = methods.get(name);
    if (!method) throw new SlackRefusal('unknown_method', [`got ${name}`]);
    const caller = identify(shared, method, token);
    const { grant } = caller;
    if (grant?.kind === 'bot') {
      core = shared.teams.find((one) => one.identity.teamId === grant.teamId) ?? core;
      headers['x-oauth-scopes'] = grant.scopes.join(',');
      headers['x-accepted-oauth-scopes'] = rules[name]?.scopes.join(',') ?? '';
    }
    requireScope(name, args, caller);
    const wait = fault?.kind === 'rate_limit' ? fault.retryAfterSeconds : secondsToWait(core, name, args);
    if (wait !== undefined || fault?.kind === 'rate_limit') return { core, ...rateLimited(wait, headers) };
    if (fault?.kind === 'error') throw new SlackRefusal(fault.error);
    const body = method.run(core, args, { ...caller, isShareLost: fault?.kind === 'lost_share' });
    return { core, status: 200, headers, body: { ok: true, ...body } };
  } catch (error) {
    if (!(error instanceof SlackRefusal)) throw error;
    return { core, status: 200, headers, body: refusalBody(error) };
  }
}

function rateLimited(seconds: number | undefined, headers: Readonly<Record<string, string>>): ApiAnswer {
  const retry = seconds === undefined ? {} : { 'retry-after': String(seconds) };
  return { status: 429, headers: { ...headers, ...retry }, body: { ok: false, error: 'ratelimited' } };
}

function refusalBody({ code, problems, fields }: SlackRefusal): Json {
  if (problems.length === 0) return { ok: false, error: code, ...fields };
  return {
    ok: false,
    error: code,
    ...fields,
    ...(code === 'invalid_blocks' ? { errors: problems } : {}),
    response_metadata: { messages: problems.map((problem) => `[ERROR] ${problem}`) },
  };
}

function identify({ tokens }: Shared, method: Method, token: string): Caller {
  if (method.token === 'none') return { token };
  if (token === '') throw new SlackRefusal('not_authed');
  const grant = tokens.find(token);
  if (grant.kind !== method.token) throw new SlackRefusal('not_allowed_token_type');
  return { token, grant };
}

function bearer(authorization: string | undefined): string | undefined {
  return authorization?.match(/^Bearer\s+(\S+)$/i)?.[1];
}
