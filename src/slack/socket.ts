import { SocketModeReceiver } from '@slack/bolt';
import { describeThrown } from '../domain/errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { Logger } from '../ports/logger.ts';
import { createBoltLogger } from './bolt-logger.ts';
import { clientOptions } from './clients.ts';
import { fromSlackError } from './errors.ts';
import type { SlackSettings } from './settings.ts';

export interface SocketDeps {
  readonly settings: SlackSettings;
  readonly appToken: string;
  readonly clock: Clock;
  readonly logger: Logger;
}

export interface Socket {
  readonly receiver: SocketModeReceiver;
  /** Resolves when Slack said hello. Throws `slack.*`. */
  start(): Promise<void>;
  stop(): Promise<void>;
  isConnected(): boolean;
}

const OPEN_TIMEOUT_MS = 10_000;
/** From the address to Slack's hello. */
const HELLO_TIMEOUT_MS = 15_000;
/** Waits of 0.5, 1, 2 ... seconds between attempts to come back, never longer than half a minute. */
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;

/**
 * Socket Mode with a reconnection of our own. The library's waits five seconds before each, also when Slack merely
 * asks for a new connection, and an error within it ends the process; ours goes on at once and catches everything.
 */
export function createSocket({ settings, appToken, clock, logger }: SocketDeps): Socket {
  const receiver = new SocketModeReceiver({
    appToken,
    logger: createBoltLogger(logger),
    autoReconnectEnabled: false,
    installerOptions: { clientOptions: clientOptions(settings, OPEN_TIMEOUT_MS) },
    customPropertiesExtractor: ({ envelope_id: envelopeId }) => ({ envelopeId }),
  });
  const { client } = receiver;
  const stopping = new AbortController();
  let isConnected = false;
  let isReturning = false;

  async function connect(): Promise<void> {
    const started = client.start().catch((thrown: unknown) => {
      // The library rejects with nothing at all when the socket closes before Slack's hello.
      throw fromSlackError(thrown ?? new Error('the socket closed before it was open'), 'apps.connections.open');
    });
    const patience = new AbortController();
    const tooLate = clock.sleep(HELLO_TIMEOUT_MS, patience.signal).then(
      () => fromSlackError(new Error(`no hello within ${HELLO_TIMEOUT_MS / 1000} s`), 'the opened socket'),
      () => undefined,
    );
    const failure = await Promise.race([started.then(() => undefined), tooLate]).finally(() => patience.abort());
    if (failure !== undefined) {
      started.catch(() => undefined);
      client.disconnect().catch(() => undefined);
      throw failure;
    }
  }

  async function comeBack(): Promise<void> {
    let waitMs = FIRST_WAIT_MS;
    while (!isConnected && !stopping.signal.aborted) {
      try {
        await connect();
      } catch (thrown) {
        logger.warn({ error: describeThrown(thrown), waitMs }, 'Slack could not be reached over its socket.');
        await clock.sleep(waitMs, stopping.signal).catch(() => undefined);
        waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS);
      }
    }
  }

  function goBack(): void {
    if (isReturning || isConnected || stopping.signal.aborted) return;
    isReturning = true;
    comeBack()
      .catch((thrown: unknown) => logger.error({ error: describeThrown(thrown) }, 'The way back to Slack failed.'))
      .finally(() => {
        isReturning = false;
        // The new connection may have ended while the loop was ending.
        goBack();
      });
  }

  client.on('connected', () => {
    isConnected = true;
  });
  client.on('disconnected', () => {
    const wasConnected = isConnected;
    isConnected = false;
    if (wasConnected) goBack();
  });

  return {
    receiver,
    start: connect,
    async stop() {
      stopping.abort();
      await client.disconnect();
    },
    isConnected: () => isConnected,
  };
}
