import type { Core } from './core.ts';
import { newSecret } from './tokens.ts';

/** A person allowed the app in a workspace. */
export type Install<Team = Core> = { readonly core: Team; readonly user: string; readonly isRotated: boolean };

export type Installs<Team = Core> = {
  /** The code that Slack hands to the redirect URL of the app. */
  allow(install: Install<Team>): string;
  /** A code is good for one use. */
  redeem(code: string): Install<Team> | undefined;
  remember(install: Install<Team>): string;
  /** So is a refresh token. */
  refresh(refreshToken: string): Install<Team> | undefined;
};

export function createInstalls<Team>(): Installs<Team> {
  const codes = new Map<string, Install<Team>>();
  const refreshTokens = new Map<string, Install<Team>>();
  return {
    allow: (install) => issue(codes, 'code', install),
    redeem: (code) => takeOut(codes, code),
    remember: (install) => issue(refreshTokens, 'xoxe-1', install),
    refresh: (token) => takeOut(refreshTokens, token),
  };
}

function issue<Value>(map: Map<string, Value>, prefix: string, value: Value): string {
  const secret = newSecret(prefix);
  map.set(secret, value);
  return secret;
}

function takeOut<Value>(map: Map<string, Value>, key: string): Value | undefined {
  const value = map.get(key);
  map.delete(key);
  return value;
}
