import type { Core } from '../core.ts';
import type { Json } from '../records.ts';
import type { Delivery } from '../socket-mode.ts';

export type RefusalReason =
  | 'unknown_command'
  | 'invalid_command_response'
  | 'unknown_place'
  | 'stale_action'
  | 'invalid_values';

/** What became of something a person did. */
export type Outcome =
  | { readonly ok: true; readonly payload: Json }
  | {
      readonly ok: false;
      readonly error: RefusalReason | 'operation_timeout' | 'dispatch_failed';
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
  const detail =
    delivery.error === 'dispatch_failed'
      ? `${botName} is not connected to this workspace; start it and try again`
      : `${botName} did not answer within ${core.limits.ackDeadlineMs / 1_000} seconds`;
  return { ok: false, error: delivery.error, detail };
}

/** The fields every interaction payload starts with. */
export function interactionBase(core: Core, user: string): Json {
  const name = core.state.user(user)?.name ?? user;
  const { teamId, teamName, appId } = core.identity;
  return {
    team: { id: teamId, domain: teamName },
    user: { id: user, username: name, name, team_id: teamId },
    api_app_id: appId,
    token: 'local-verification-token',
    enterprise: null,
    is_enterprise_install: false,
    trigger_id: core.triggers.issue(user),
  };
}
