import { z } from 'zod';
import type { Core } from '../core.ts';
import { SlackRefusal } from '../errors.ts';
import type { Json } from '../records.ts';
import { newSecret } from '../tokens.ts';
import { type Method, method } from './method.ts';

/** Life of a token that is rotated. */
const rotatedLifeSeconds = 12 * 60 * 60;

const Args = z.object({
  client_id: z.string().optional(),
  client_secret: z.string().optional(),
  code: z.string().optional(),
  grant_type: z.enum(['authorization_code', 'refresh_token']).default('authorization_code'),
  redirect_uri: z.string().optional(),
  refresh_token: z.string().optional(),
});

export const oauthMethods: Readonly<Record<string, Method>> = {
  'oauth.v2.access': method(
    Args,
    (core, args) => {
      if (args.client_id !== core.app.clientId) throw new SlackRefusal('invalid_client_id');
      if (args.client_secret !== core.app.clientSecret) throw new SlackRefusal('bad_client_secret');
      if (args.grant_type === 'refresh_token') {
        const install = core.installs.refresh(args.refresh_token ?? '');
        if (!install) throw new SlackRefusal('invalid_refresh_token');
        return grantBot(core, install);
      }
      const install = core.installs.redeem(args.code ?? '');
      if (!install) throw new SlackRefusal('invalid_code');
      return grantBot(core, install);
    },
    'none',
  ),
};

type Install = { readonly core: Core; readonly user: string; readonly isRotated: boolean };

function grantBot({ installs, now, tokens }: Core, install: Install): Json {
  const { core, user, isRotated } = install;
  const { teamId, teamName, appId, botUserId } = core.identity;
  const token = newSecret(isRotated ? 'xoxe.xoxb' : 'xoxb');
  const expiry = isRotated ? { expiresAt: now() + rotatedLifeSeconds * 1_000 } : {};
  tokens.put(token, { kind: 'bot', teamId, scopes: core.scopes, ...expiry });
  return {
    access_token: token,
    token_type: 'bot',
    scope: core.scopes.join(','),
    bot_user_id: botUserId,
    app_id: appId,
    team: { id: teamId, name: teamName },
    enterprise: null,
    authed_user: { id: user },
    is_enterprise_install: false,
    ...(isRotated ? { refresh_token: installs.remember(install), expires_in: rotatedLifeSeconds } : {}),
  };
}
