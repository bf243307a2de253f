import type { Core } from '../core.ts';
import type { Json } from '../records.ts';
import { type Outcome, outcomeOf } from './outcome.ts';
import type { Delivery } from './transport.ts';

/** Events the workspace can send. */
export const eventTypes = [
  'app_home_opened',
  'app_mention',
  'message.im',
  'tokens_revoked',
  'app_uninstalled',
  'member_joined_channel',
] as const;
export type EventType = (typeof eventTypes)[number];

/** Sends an event that the app subscribed to; one that was not acknowledged comes again later. */
export async function sendEvent(core: Core, type: EventType, event: Json): Promise<Outcome> {
  if (core.events && !core.events.has(type)) return { ok: true, payload: {} };
  const payload = envelope(core, event);
  const first = await core.transport.deliver('events_api', payload);
  if (!first.ok) scheduleRetry(core, payload, 1, first);
  return outcomeOf(core, first);
}

function envelope(core: Core, event: Json): Json {
  const { teamId, appId, botUserId } = core.identity;
  const people = [event.user].flatMap((id) => (typeof id === 'string' ? (core.state.user(id) ?? []) : []));
  return {
    token: core.app.verificationToken,
    team_id: teamId,
    context_team_id: teamId,
    api_app_id: appId,
    event,
    type: 'event_callback',
    event_id: core.ids.next('Ev'),
    event_time: Math.floor(core.now() / 1_000),
    authorizations: [
      { enterprise_id: null, team_id: teamId, user_id: botUserId, is_bot: true, is_enterprise_install: false },
    ],
    is_ext_shared_channel: people.some((user) => user.homeTeamId !== undefined),
  };
}

const reasons = {
  operation_timeout: 'http_timeout',
  dispatch_failed: 'connection_failed',
  http_error: 'http_error',
} as const;

function scheduleRetry(core: Core, payload: Json, attempt: number, failed: Delivery & { ok: false }): void {
  const delay = core.limits.eventRetryDelaysMs[attempt - 1];
  if (delay === undefined || failed.isFinal) return;
  const timer = setTimeout(async () => {
    const next = await core.transport.deliver('events_api', payload, { attempt, reason: reasons[failed.error] });
    if (!next.ok) scheduleRetry(core, payload, attempt + 1, next);
  }, delay);
  timer.unref();
}
