import type { Core } from '../core.ts';
import type { Json } from '../records.ts';
import type { Delivery } from './transport.ts';

export type RefusalReason =
  | 'unknown_command'
  | 'invalid_command_response'
  | 'unknown_place'
  | 'unknown_shortcut'
  | 'stale_action'
  | 'invalid_values';

/** What became of something a person did. */
export type Outcome =
  | { readonly ok: true; readonly payload: Json }
  | {
      readonly ok: false;
      readonly error: RefusalReason | 'operation_timeout' | 'dispatch_failed' | 'http_error';
      /** One line for the person. */
      readonly detail: string;
      /** Modal errors by block id. */
      readonly errors?: Readonly<Record<string, string>>;
    };

export function refuse(error: RefusalReason, detail: string): Outcome {
  return { ok: false, error, detail };
}

export function outcomeOf(core: Core, delivery: Delivery): Outcome {
  if (delivery.ok) return delivery;
  const { botName } = core.identity;
  const details = {
    dispatch_failed: `${botName} is not connected to this workspace; start it and try again`,
    operation_timeout: `${botName} did not answer within ${core.limits.ackDeadlineMs / 1_000} seconds`,
    http_error: `${botName} answered with HTTP ${delivery.status}`,
  };
  return { ok: false, error: delivery.error, detail: details[delivery.error] };
}

/** The fields every interaction payload has. */
export function interactionBase(core: Core, userId: string): Json {
  const user = core.state.user(userId);
  const name = user?.name ?? userId;
  const { teamId, teamName } = core.identity;
  return {
    team: { id: teamId, domain: teamName },
    user: { id: userId, username: name, name, team_id: user?.homeTeamId ?? teamId },
    token: core.app.verificationToken,
    enterprise: null,
    is_enterprise_install: false,
  };
}

/** What an interaction has that may open a dialog. */
export function triggerFields(core: Core, user: string): Json {
  return { trigger_id: core.triggers.issue({ user, teamId: core.identity.teamId }) };
}
