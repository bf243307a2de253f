import { randomBytes } from 'node:crypto';
import { SlackRefusal } from './errors.ts';

/** What a token may do. An app-level token belongs to no workspace. */
export type Grant =
  | { readonly kind: 'app' }
  | { readonly kind: 'bot'; readonly teamId: string; readonly scopes: readonly string[]; readonly expiresAt?: number };

export type Tokens = {
  put(token: string, grant: Grant): void;
  /** Throws Slack's error for a token that is unknown, revoked or too old. */
  find(token: string): Grant;
  revoke(token: string): void;
  /** Every bot token of a workspace, revoked at once. */
  revokeTeam(teamId: string): void;
};

export function createTokens(now: () => number): Tokens {
  const grants = new Map<string, Grant>();
  const revoked = new Set<string>();
  return {
    put: (token, grant) => void grants.set(token, grant),
    find(token) {
      const grant = grants.get(token);
      if (!grant) throw new SlackRefusal('invalid_auth');
      if (revoked.has(token)) throw new SlackRefusal('token_revoked');
      if (grant.kind === 'bot' && grant.expiresAt !== undefined && now() >= grant.expiresAt)
        throw new SlackRefusal('token_expired');
      return grant;
    },
    revoke: (token) => void revoked.add(token),
    revokeTeam(teamId) {
      for (const [token, grant] of grants) {
        if (grant.kind === 'bot' && grant.teamId === teamId) revoked.add(token);
      }
    },
  };
}

/** A secret in Slack's dress: `xoxb-local-…`. */
export function newSecret(prefix: string): string {
  return `${prefix}-local-${randomBytes(12).toString('hex')}`;
}
