import type { Core } from '../core.ts';
import { SlackRefusal } from '../errors.ts';
import { callsPerMinute } from '../rate-limits.ts';
import type { Json } from '../records.ts';
import type { Caller } from './method.ts';
import { rules } from './rules.ts';

const minuteMs = 60_000;
const secondMs = 1_000;

/** Throws `missing_scope` with what is needed and what was granted. */
export function requireScope(name: string, args: Json, { grant }: Caller): void {
  if (grant?.kind !== 'bot') return;
  const { scopes } = grant;
  const anyOf = rules[name]?.scopes ?? [];
  const allOf = name === 'conversations.list' ? scopesOfTypes(args.types) : [];
  const missing =
    anyOf.length > 0 && !anyOf.some((one) => scopes.includes(one))
      ? anyOf
      : allOf.filter((one) => !scopes.includes(one));
  if (missing.length > 0)
    throw new SlackRefusal('missing_scope', [], { needed: missing.join(','), provided: scopes.join(',') });
}

/** A list of private channels asks for another scope than one of public channels. */
function scopesOfTypes(types: unknown): readonly string[] {
  const byType: Readonly<Record<string, string>> = {
    public_channel: 'channels:read',
    private_channel: 'groups:read',
    im: 'im:read',
    mpim: 'mpim:read',
  };
  return String(types ?? 'public_channel')
    .split(',')
    .flatMap((type) => byType[type.trim()] ?? []);
}

/** The seconds to wait before this call may be made; undefined when it may. */
export function secondsToWait(core: Core, name: string, args: Json): number | undefined {
  const { limits, identity, rates } = core;
  const tier = rules[name]?.tier ?? 't3';
  if (name === 'chat.postMessage' && limits.postBurst !== undefined) {
    const bucket = { size: limits.postBurst, refillMs: secondMs };
    return rates.take(`${identity.teamId} ${name} ${String(args.channel)}`, bucket);
  }
  if (tier === 't5' || !limits.hasTiers) return undefined;
  const size = callsPerMinute[tier];
  return rates.take(`${identity.teamId} ${name}`, { size, refillMs: minuteMs / size });
}
