import { createHash } from 'node:crypto';
import type { AllMiddlewareArgs, AnyMiddlewareArgs, RespondFn } from '@slack/bolt';
import type { Message } from '../messages/message.ts';
import type { Logger } from '../ports/logger.ts';
import { Envelope, parsePayload } from './payloads.ts';

/** Eight hexadecimal digits: short enough to read out, and a thousand requests rarely share one. */
const REFERENCE_LENGTH = 8;

export type RequestArgs = AnyMiddlewareArgs & AllMiddlewareArgs;

/** One request of Slack, whatever its kind, with a name by which people and the log can find it. */
export interface SlackRequest {
  /** The same for every delivery of the same press, command or event. */
  readonly key: string;
  readonly reference: string;
  readonly envelope: Envelope;
}

export interface OpenedRequest {
  readonly request: SlackRequest;
  readonly log: Logger;
  /** How the person is told of an error where something is shown already that it should take the place of. */
  tellError?: (message: Message) => Promise<void>;
}

const CONTEXT_KEY = 'driftbell';

export function readRequest(args: RequestArgs): SlackRequest {
  const envelope = parsePayload(Envelope, args.body);
  const key = identityKey(envelope, args.body, args.context.envelopeId);
  return { key, reference: digest(key).slice(0, REFERENCE_LENGTH), envelope };
}

/** Notes the request for all that come after. */
export function openRequest(args: RequestArgs, logger: Logger): OpenedRequest {
  const request = readRequest(args);
  const opened: OpenedRequest = { request, log: logger.child({ reference: request.reference }) };
  Object.assign(args.context, { [CONTEXT_KEY]: opened });
  return opened;
}

/** What `openRequest` noted; the boundary runs before everything else, so it is always there. */
export function requestOf(args: Pick<RequestArgs, 'context'>): OpenedRequest {
  return args.context[CONTEXT_KEY] as OpenedRequest;
}

export function respondOf(args: RequestArgs): RespondFn | undefined {
  return 'respond' in args ? args.respond : undefined;
}

/** Identity before transport: Slack may repeat one press in a new envelope, and HTTP has no envelope at all. */
function identityKey(envelope: Envelope, body: unknown, envelopeId: unknown): string {
  const { event_id: eventId, actions, user, message, container, view, command, trigger_id: triggerId } = envelope;
  if (eventId !== undefined) return `event:${eventId}`;
  if (command !== undefined && triggerId !== undefined) return `command:${triggerId}`;
  const [action] = actions ?? [];
  if (action?.action_ts !== undefined) {
    const place = message?.ts ?? container?.message_ts ?? view?.id ?? '';
    return `action:${action.action_ts}:${user?.id ?? ''}:${action.action_id ?? ''}:${place}`;
  }
  const { callback_id: callbackId, action_ts: actionTs } = envelope;
  if (callbackId !== undefined && actionTs !== undefined) return `shortcut:${actionTs}:${user?.id ?? ''}:${callbackId}`;
  // A view that was answered with errors keeps its hash, and is submitted again under another trigger.
  if (view?.id !== undefined) return `view:${view.id}:${view.hash ?? ''}:${triggerId ?? ''}`;
  return typeof envelopeId === 'string' ? `envelope:${envelopeId}` : `body:${digest(JSON.stringify(body) ?? '')}`;
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
