import {
  type WebAPICallResult,
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
} from '@slack/web-api';
import { DriftbellError, describeThrown, type ErrorCode, isDriftbellError } from '../domain/errors.ts';

export interface SlackErrorRow {
  readonly code: Extract<ErrorCode, `slack.${string}`>;
  readonly remedy: string;
  /** Slack's word in words, where the word is easily taken for another thing. */
  readonly meaning?: string;
}

const TOKEN = 'set SLACK_BOT_TOKEN to the bot token that the app settings show, and start again';
const REINSTALL = 'reinstall the app from manifest.json, which lists the scopes, and start again';
const CHANNEL = 'invite the bot to the channel, or name another one';
const NO_CHANNEL = 'there is no such channel, or it is a private one that the bot is not in';
const DIALOG = 'open the dialog again: Slack waits three seconds for it, and that was longer';
const OUR_MESSAGE = 'report this as a bug of Driftbell with the log line above it';
const GONE = 'nothing: a report that is still open is posted anew';
const WAIT = 'wait: it is sent again later';
const FILE = 'wait, or look at the numbers in the text: the picture is left out';

/** Waited when Slack limits the rate without saying for how long. */
export const UNTOLD_WAIT_SECONDS = 30;

/** Slack's error strings. `slack.rejected`: again would fail again; `slack.unreachable`: later may do. */
export const slackErrors: Readonly<Record<string, SlackErrorRow>> = {
  invalid_auth: { code: 'slack.rejected', remedy: TOKEN },
  not_authed: { code: 'slack.rejected', remedy: TOKEN },
  account_inactive: { code: 'slack.rejected', remedy: TOKEN },
  token_revoked: { code: 'slack.rejected', remedy: TOKEN },
  token_expired: { code: 'slack.rejected', remedy: TOKEN },
  not_allowed_token_type: { code: 'slack.rejected', remedy: TOKEN },
  missing_scope: { code: 'slack.rejected', remedy: REINSTALL },
  no_permission: { code: 'slack.rejected', remedy: REINSTALL },
  access_denied: { code: 'slack.rejected', remedy: REINSTALL },
  ekm_access_denied: { code: 'slack.rejected', remedy: 'ask a workspace admin: posting is suspended' },
  channel_not_found: { code: 'slack.rejected', remedy: CHANNEL, meaning: NO_CHANNEL },
  not_in_channel: { code: 'slack.rejected', remedy: CHANNEL, meaning: 'the bot is not in the channel' },
  is_archived: {
    code: 'slack.rejected',
    remedy: 'unarchive the channel, or name another one',
    meaning: 'the channel is archived',
  },
  restricted_action: { code: 'slack.rejected', remedy: 'ask a workspace admin who may post in the channel' },
  user_not_in_channel: { code: 'slack.rejected', remedy: 'answer in a channel that the person is in' },
  message_not_found: { code: 'slack.gone', remedy: GONE },
  thread_not_found: { code: 'slack.gone', remedy: GONE },
  cannot_reply_to_message: {
    code: 'slack.gone',
    remedy: GONE,
    meaning: 'the message that its thread belongs to is gone, or takes no replies',
  },
  cant_update_message: { code: 'slack.rejected', remedy: 'use the token of the bot that posted the message' },
  edit_window_closed: { code: 'slack.rejected', remedy: 'let the workspace allow edits of older messages' },
  expired_trigger_id: { code: 'slack.rejected', remedy: DIALOG },
  exchanged_trigger_id: { code: 'slack.rejected', remedy: DIALOG },
  invalid_trigger_id: { code: 'slack.rejected', remedy: DIALOG },
  push_limit_reached: { code: 'slack.rejected', remedy: 'close the dialogs that are open, and try again' },
  view_too_large: { code: 'slack.rejected', remedy: OUR_MESSAGE },
  hash_conflict: { code: 'slack.rejected', remedy: 'look at it again: it has changed meanwhile' },
  invalid_blocks: { code: 'slack.rejected', remedy: OUR_MESSAGE },
  invalid_blocks_format: { code: 'slack.rejected', remedy: OUR_MESSAGE },
  msg_blocks_too_long: { code: 'slack.rejected', remedy: OUR_MESSAGE },
  msg_too_long: { code: 'slack.rejected', remedy: OUR_MESSAGE },
  no_text: { code: 'slack.rejected', remedy: OUR_MESSAGE },
  invalid_arguments: { code: 'slack.rejected', remedy: OUR_MESSAGE },
  metadata_too_large: { code: 'slack.rejected', remedy: OUR_MESSAGE },
  invalid_metadata_format: { code: 'slack.rejected', remedy: OUR_MESSAGE },
  invalid_metadata_schema: { code: 'slack.rejected', remedy: OUR_MESSAGE },
  file_not_found: { code: 'slack.rejected', remedy: FILE },
  file_deleted: { code: 'slack.rejected', remedy: FILE },
  file_uploads_disabled: { code: 'slack.rejected', remedy: 'ask a workspace admin to allow file uploads' },
  storage_limit_reached: { code: 'slack.rejected', remedy: 'free file storage in the workspace' },
  ratelimited: { code: 'slack.rate_limited', remedy: WAIT },
  rate_limited: { code: 'slack.rate_limited', remedy: WAIT },
  message_limit_exceeded: { code: 'slack.rate_limited', remedy: WAIT },
  internal_error: { code: 'slack.unreachable', remedy: WAIT },
  fatal_error: { code: 'slack.unreachable', remedy: WAIT },
  service_unavailable: { code: 'slack.unreachable', remedy: WAIT },
  request_timeout: { code: 'slack.unreachable', remedy: WAIT },
  team_added_to_org: { code: 'slack.unreachable', remedy: WAIT },
};

const unknownError: SlackErrorRow = {
  code: 'slack.rejected',
  remedy: "look the error up in Slack's reference of the method, and report it if it is not yours",
};

/** Slack's own word for what it refused, or undefined when the trouble was another one. */
export function slackErrorName(thrown: unknown): string | undefined {
  if (isDriftbellError(thrown)) return slackErrorName(thrown.facts.cause);
  return thrown instanceof WebAPIPlatformError ? thrown.data.error : undefined;
}

/** Refusals of the blocks rather than of the message: a plainer form may pass. */
const BLOCK_REFUSALS: ReadonlySet<string> = new Set(['invalid_blocks', 'invalid_blocks_format', 'msg_blocks_too_long']);

export function isBlockRefusal(thrown: unknown): boolean {
  return BLOCK_REFUSALS.has(slackErrorName(thrown) ?? '');
}

/** Anything that a Web API client throws, as an error of ours. */
export function fromSlackError(thrown: unknown, call: string): DriftbellError {
  if (isDriftbellError(thrown)) return thrown;
  if (thrown instanceof WebAPIRateLimitedError) return rateLimited(thrown, call, thrown.retryAfter);
  if (thrown instanceof WebAPIPlatformError && isErrorName(thrown.data.error)) return refused(thrown, call);
  return new DriftbellError('slack.unreachable', {
    expected: `an answer of Slack to ${call}`,
    received: unansweredText(thrown),
    remedy: WAIT,
    cause: thrown,
  });
}

/** The library takes any body that is no JSON, such as a proxy's page, for the name of an error. */
function isErrorName(name: unknown): boolean {
  return typeof name === 'string' && /^\w{1,80}$/.test(name);
}

function refused(thrown: WebAPIPlatformError, call: string): DriftbellError {
  const name = thrown.data.error;
  const { code, remedy, meaning } = Object.hasOwn(slackErrors, name)
    ? (slackErrors[name] ?? unknownError)
    : unknownError;
  if (code === 'slack.rate_limited') {
    return rateLimited(thrown, call, thrown.data.response_metadata?.retryAfter ?? UNTOLD_WAIT_SECONDS);
  }
  const details = [...scopesOf(thrown.data), ...(thrown.data.response_metadata?.messages ?? [])];
  return new DriftbellError(code, {
    expected: `Slack to accept ${call}`,
    received: [meaning === undefined ? name : `${name} (${meaning})`, ...details].join(', '),
    remedy,
    cause: thrown,
  });
}

function rateLimited(cause: Error, call: string, retryAfterSeconds: number): DriftbellError {
  return new DriftbellError('slack.rate_limited', {
    expected: `Slack to accept ${call}`,
    received: `a request to wait ${retryAfterSeconds} s`,
    remedy: WAIT,
    cause,
    retryAfterSeconds,
  });
}

function scopesOf(data: WebAPICallResult & { readonly needed?: unknown }): string[] {
  return typeof data.needed === 'string' ? [`needed: ${data.needed}`] : [];
}

function unansweredText(thrown: unknown): string {
  if (thrown instanceof WebAPIHTTPError) return `HTTP ${thrown.statusCode}`;
  if (thrown instanceof WebAPIRequestError) return describeThrown(thrown.original);
  return describeThrown(thrown);
}
