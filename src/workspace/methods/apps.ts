import { z } from 'zod';
import { validateBlocks } from '../blocks/validate.ts';
import type { Core } from '../core.ts';
import { SlackRefusal } from '../errors.ts';
import { sendEvent } from '../inbound/events.ts';
import type { Json } from '../records.ts';
import { parseView } from '../views.ts';
import { JsonArg, type Method, method } from './method.ts';

export const appMethods: Readonly<Record<string, Method>> = {
  'api.test': method(z.looseObject({}), (_, args) => (Object.keys(args).length > 0 ? { args } : {}), 'none'),

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

  'auth.revoke': method(z.object({ test: z.string().optional() }), (core, args, { token }) => {
    if (args.test === 'true' || args.test === '1') return { revoked: false };
    core.tokens.revoke(token);
    const bot = [core.identity.botUserId];
    void sendEvent(core, 'tokens_revoked', { type: 'tokens_revoked', tokens: { oauth: [], bot } });
    return { revoked: true };
  }),

  'bots.info': method(z.object({ bot: z.string().optional() }), (core, args) => {
    const { botId, botName, botUserId, appId } = core.identity;
    if (args.bot !== undefined && args.bot !== botId) throw new SlackRefusal('bot_not_found');
    return {
      bot: { id: botId, deleted: false, name: botName, updated: 0, app_id: appId, user_id: botUserId, icons: {} },
    };
  }),

  'team.info': method(z.object({ team: z.string().optional() }), (core, args) => {
    const { teamId, teamName } = core.identity;
    if (args.team !== undefined && args.team !== teamId) throw new SlackRefusal('team_not_found');
    return { team: { id: teamId, name: teamName, domain: teamName, email_domain: '', icon: {} } };
  }),

  'blocks.validate': method(
    z.object({ blocks: JsonArg.optional(), view: JsonArg.optional(), message: JsonArg.optional() }),
    (core, args) => {
      const problems = findProblems(core, args);
      if (problems.length > 0) throw new SlackRefusal('invalid_blocks', problems);
      return {};
    },
    'none',
  ),
};

function findProblems(core: Core, args: Json): readonly string[] {
  const message = z.object({ blocks: z.unknown() }).safeParse(args.message);
  if (args.view !== undefined) return viewProblems(core, args.view);
  const blocks = args.blocks ?? (message.success ? message.data.blocks : undefined);
  if (blocks === undefined) throw new SlackRefusal('invalid_arguments', ['expected one of blocks, view, message']);
  const root = args.blocks === undefined ? '/message/blocks' : '/blocks';
  const check = validateBlocks(blocks, { surface: 'message', root, isReadyImage: () => true, nextId: core.ids.next });
  return check.ok ? [] : check.problems;
}

function viewProblems(core: Core, view: unknown): readonly string[] {
  const type = z.object({ type: z.enum(['modal', 'home']) }).safeParse(view);
  try {
    parseView(core, view, type.success ? type.data.type : 'modal');
    return [];
  } catch (error) {
    if (error instanceof SlackRefusal) return error.problems.length > 0 ? error.problems : [error.code];
    throw error;
  }
}
