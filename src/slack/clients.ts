import { WebClient, type WebClientOptions } from '@slack/web-api';
import type { Logger } from '../ports/logger.ts';
import { createBoltLogger } from './bolt-logger.ts';
import type { SlackSettings } from './settings.ts';

/** A trigger id dies after 3 s, so an answer that takes longer is of no use. */
const INTERACTIVE_TIMEOUT_MS = 2_500;
/** The outbox can wait, but not for ever. */
const DELIVERY_TIMEOUT_MS = 10_000;

/** For answers to what a person just did. Never queues behind a rate limit. */
export function interactiveOptions(settings: SlackSettings): WebClientOptions {
  return clientOptions(settings, INTERACTIVE_TIMEOUT_MS);
}

export function createInteractiveClient(settings: SlackSettings, logger: Logger): WebClient {
  return new WebClient(settings.botToken, { ...interactiveOptions(settings), logger: createBoltLogger(logger) });
}

/** For the outbox, which paces and repeats by itself: a retry in here would post a message twice. */
export function createDeliveryClient(settings: SlackSettings, logger: Logger): WebClient {
  return new WebClient(settings.botToken, {
    ...clientOptions(settings, DELIVERY_TIMEOUT_MS),
    logger: createBoltLogger(logger),
  });
}

/** A new object each time, and never with `headers`: the client writes its token into the object it is given. */
export function clientOptions(settings: SlackSettings, timeout: number): WebClientOptions {
  return {
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout,
    ...(settings.apiUrl === undefined ? {} : { slackApiUrl: settings.apiUrl }),
  };
}
