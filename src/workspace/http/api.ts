import type { Core } from '../core.ts';
import { SlackRefusal } from '../errors.ts';
import { methods } from '../methods/table.ts';
import type { Json } from '../records.ts';

/** Answers one Web API call; refusals become `ok: false` and every call is logged. */
export function callMethod(core: Core, name: string, authorization: string | undefined, args: Json): Json {
  const { token: tokenArg, ...rest } = args;
  const response = run(core, name, authorization ?? (tokenArg === undefined ? undefined : `Bearer ${tokenArg}`), rest);
  core.store.log({ at: core.now(), method: name, args: rest, response });
  return response;
}

function run(core: Core, name: string, authorization: string | undefined, args: Json): Json {
  try {
    const method = methods.get(name);
    if (!method) throw new SlackRefusal('unknown_method', [`got ${name}`]);
    requireToken(core, authorization, method.token);
    return { ok: true, ...method.run(core, args) };
  } catch (error) {
    if (!(error instanceof SlackRefusal)) throw error;
    const { code, problems } = error;
    if (problems.length === 0) return { ok: false, error: code };
    return {
      ok: false,
      error: code,
      ...(code === 'invalid_blocks' ? { errors: problems } : {}),
      response_metadata: { messages: problems.map((problem) => `[ERROR] ${problem}`) },
    };
  }
}

function requireToken(core: Core, authorization: string | undefined, kind: 'bot' | 'app'): void {
  const token = authorization?.match(/^Bearer\s+(\S+)$/i)?.[1];
  if (!token) throw new SlackRefusal('not_authed');
  const { botToken, appToken } = core.identity;
  if (token === (kind === 'bot' ? botToken : appToken)) return;
  throw new SlackRefusal(token === botToken || token === appToken ? 'not_allowed_token_type' : 'invalid_auth');
}
