import type { AnyMiddlewareArgs, Middleware } from '@slack/bolt';
import { describeThrown, isDriftbellError } from '../../domain/errors.ts';
import { type Message, plainMessage } from '../../messages/message.ts';
import type { Logger } from '../../ports/logger.ts';
import { answer, answerIn } from '../answer.ts';
import { AppMention } from '../payloads.ts';
import { openRequest, type RequestArgs, requestOf, respondOf } from '../request.ts';

/** Their listeners acknowledge by themselves, with errors for the form or with options. */
const answeredInAck: ReadonlySet<string> = new Set(['view_submission', 'block_suggestion']);

/**
 * The outermost layer of every request. Acknowledges at once whatever needs no answer in the acknowledgement, so that
 * an unknown action, a refused team or a slow database never becomes a time-out; then turns any error into one
 * ephemeral line for the person and one log line with the same reference.
 */
export function createBoundary(logger: Logger): Middleware<AnyMiddlewareArgs> {
  return async (args) => {
    const { request, log } = openRequest(args, logger);
    try {
      if (!answeredInAck.has(request.envelope.type ?? '')) await acknowledge(args, log);
      await args.next();
      await closeUnanswered(args, request.envelope.type);
    } catch (thrown) {
      const message = errorMessage(thrown, request.reference, { isPress: request.envelope.type === 'block_actions' });
      const facts = { key: request.key, error: describeThrown(thrown) };
      if (isDriftbellError(thrown)) log.info({ ...facts, code: thrown.code }, 'A request was answered with an error.');
      else log.error({ ...facts, stack: stackOf(thrown) }, 'A request failed.');
      await tell(args, message).catch((failure: unknown) => {
        log.warn({ error: describeThrown(failure) }, 'An error could not be shown to the person.');
      });
    }
  };
}

/** What a person reads when something did not work. */
export function errorMessage(thrown: unknown, reference: string, { isPress }: { readonly isPress: boolean }): Message {
  if (!isDriftbellError(thrown)) return plainMessage(`Something broke here; reference ${reference}.`);
  if (thrown.code === 'report.unknown' && isPress) {
    return plainMessage(
      'This report is no longer kept, so its buttons do nothing. `/drift status` shows what is open.',
    );
  }
  return plainMessage(thrown.message);
}

function stackOf(thrown: unknown): string | undefined {
  return thrown instanceof Error ? thrown.stack : undefined;
}

/** A submission that no listener took, such as a repeat: unanswered, it would end in Slack's own words of trouble. */
async function closeUnanswered(args: RequestArgs, type: string | undefined): Promise<void> {
  if (type !== 'view_submission' || requestOf(args).tellError !== undefined) return;
  if ('ack' in args && args.ack !== undefined) await args.ack();
}

/** A failed acknowledgement is no reason to stop: Slack sends the request again, and the repeat is only acknowledged. */
async function acknowledge(args: RequestArgs, log: Logger): Promise<void> {
  if (!('ack' in args) || args.ack === undefined) return;
  await args.ack().catch((failure: unknown) => {
    log.warn({ error: describeThrown(failure) }, 'A request could not be acknowledged.');
  });
}

async function tell(args: RequestArgs, message: Message): Promise<void> {
  const { tellError } = requestOf(args);
  if (tellError !== undefined) return tellError(message);
  const respond = respondOf(args);
  if (respond !== undefined) return answer(respond, message, { visibility: 'ephemeral' });
  const mention = AppMention.safeParse(args.body);
  if (!mention.success) return;
  const { channel, user, thread_ts: threadTs } = mention.data.event;
  const place = { channel, user, ...(threadTs === undefined ? {} : { threadTs }) };
  await answerIn(args.client, place, message, { visibility: 'ephemeral' });
}
