import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import { z } from 'zod';
import type { Call } from '../../../src/workspace/index.ts';

const Reference = z.object({
  args: z.looseObject({ properties: z.record(z.string(), z.unknown()), required: z.array(z.string()).default([]) }),
  errors: z.record(z.string(), z.unknown()).default({}),
  scope: z.object({ bot: z.array(z.string()).default([]) }).default({ bot: [] }),
  rate_limits: z.string(),
});

/** Any method may answer with these; the reference lists them on a page of their own. */
const commonErrors = new Set([
  ...['not_authed', 'invalid_auth', 'token_revoked', 'token_expired', 'account_inactive', 'not_allowed_token_type'],
  ...['missing_scope', 'no_permission', 'ratelimited', 'fatal_error', 'internal_error', 'service_unavailable'],
  ...['invalid_arguments', 'invalid_cursor', 'missing_argument', 'invalid_form_data', 'unknown_method'],
]);

export interface MethodReference {
  readonly scopes: readonly string[];
  readonly tier: string;
  /** What is wrong with a recorded call, one line each. */
  check(call: Call): readonly string[];
}

/** Reads a folder of `<method>.json`, as slack-ruby/slack-api-ref has them. */
export function readReferences(folder: string): ReadonlyMap<string, MethodReference> {
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return new Map(files.map((name) => [basename(name, '.json'), readReference(join(folder, name))]));
}

function readReference(file: string): MethodReference {
  const reference = Reference.parse(JSON.parse(readFileSync(file, 'utf8')));
  // The SDK adds the team of its client to every call; Slack takes it where the reference does not name it.
  const properties = { ...reference.args.properties, token: false, team_id: { type: 'string' } };
  const required = reference.args.required.filter((name) => name !== 'token');
  const schema = { type: 'object', properties, required, additionalProperties: false };
  const validate = new Ajv({ strict: false, allErrors: true, coerceTypes: true }).compile(schema);
  return {
    scopes: reference.scope.bot,
    tier: reference.rate_limits,
    check: (call) => [...argumentProblems(validate, call), ...errorProblems(Object.keys(reference.errors), call)],
  };
}

/** Arguments travel as text. One that is an object to Slack is read as JSON, and one that is text is left alone. */
function argumentProblems(validate: ValidateFunction, { args, response }: Call): readonly string[] {
  // A call that was refused for its arguments is the caller's mistake, and found.
  if (response.error === 'invalid_arguments' || response.error === 'missing_argument') return [];
  if (validate(structuredClone(args)) || validate(parsedObjects(args))) return [];
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `argument ${instancePath} ${message} ${JSON.stringify(params)}`,
  );
}

function parsedObjects(args: Call['args']): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(args).map(([name, value]) => [
      name,
      typeof value === 'string' && /^[[{]/.test(value) && name !== 'blocks' ? JSON.parse(value) : value,
    ]),
  );
}

function errorProblems(listed: readonly string[], { response }: Call): readonly string[] {
  const { error } = response;
  if (typeof error !== 'string' || commonErrors.has(error) || listed.includes(error)) return [];
  return [`error ${error} is not listed`];
}
