import { z } from 'zod';
import { type Method, method } from './method.ts';

export const appMethods: Readonly<Record<string, Method>> = {
  'apps.connections.open': method(z.object({}), (core) => ({ url: core.sockets.open() }), 'app'),

  'auth.test': method(z.object({}), (core) => ({
    url: `${core.url}/`,
    team: core.identity.teamName,
    user: core.identity.botName,
    team_id: core.identity.teamId,
    user_id: core.identity.botUserId,
    bot_id: core.identity.botId,
    is_enterprise_install: false,
  })),
};
