import type { AnyMiddlewareArgs, Middleware } from '@slack/bolt';
import { plainMessage } from '../../messages/message.ts';
import { answer } from '../answer.ts';
import type { Envelope } from '../payloads.ts';
import { requestOf, respondOf } from '../request.ts';

export interface Home {
  readonly teamId: string;
  readonly appId?: string;
  /** In an organisation people of many workspaces share its channels; only the payload's own team is checked. */
  readonly isEnterprise: boolean;
}

const REFUSAL =
  'Driftbell answers only people of its own workspace, and refuses those of other organisations. Ask a member of this channel who belongs to it: `/drift list --share`, for instance, shows its answer to the whole channel.';

/** Stops payloads of other apps and workspaces, and people who are here as guests of a shared channel. */
export function createSameWorkspace(home: () => Home | undefined): Middleware<AnyMiddlewareArgs> {
  return async (args) => {
    const { request, log } = requestOf(args);
    const foreign = foreignPart(request.envelope, home());
    if (foreign === undefined) return args.next();
    log.warn({ foreign, key: request.key }, 'A request from outside the workspace was refused.');
    const respond = respondOf(args);
    if (respond !== undefined) await answer(respond, plainMessage(REFUSAL), { visibility: 'ephemeral' });
  };
}

function foreignPart(envelope: Envelope, home: Home | undefined): string | undefined {
  if (home === undefined) return 'unknown workspace';
  const { api_app_id: appId, team_id: teamId, team, user, event } = envelope;
  if (home.appId !== undefined && appId !== undefined && appId !== home.appId) return `app ${appId}`;
  const personTeams = home.isEnterprise ? [] : [user?.team_id, event?.user_team, event?.source_team];
  const other = [teamId, team?.id, ...personTeams].find((id) => id !== undefined && id !== home.teamId);
  return other === undefined ? undefined : `team ${other}`;
}
