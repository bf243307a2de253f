import type { Server } from 'node:http';
import { HTTPReceiver, type Receiver } from '@slack/bolt';
import { DriftbellError, describeThrown } from '../domain/errors.ts';
import { createBoltLogger } from './bolt-logger.ts';
import type { SlackSettings } from './settings.ts';
import { createSocket, type SocketDeps } from './socket.ts';

/** The way in: Socket Mode or HTTP, with the same life. */
export interface Transport {
  readonly receiver: Receiver;
  start(): Promise<void>;
  /** Takes no new requests; does not wait for those under way. */
  stop(): Promise<void>;
  /** Ends what is still open, for good. */
  end(): void;
  isConnected(): boolean;
  /** Where HTTP requests arrive. */
  port(): number | undefined;
}

export const HTTP_ENDPOINT = '/slack/events';

export function createTransport(settings: SlackSettings, deps: Pick<SocketDeps, 'clock' | 'logger'>): Transport {
  const { transport } = settings;
  if (transport.mode === 'http') return createHttp(transport.signingSecret, transport.port, deps);
  const socket = createSocket({ ...deps, settings, appToken: transport.appToken });
  return { ...socket, end: () => undefined, port: () => undefined };
}

function createHttp(signingSecret: string, port: number, { logger }: Pick<SocketDeps, 'logger'>): Transport {
  const receiver = new HTTPReceiver({ signingSecret, endpoints: HTTP_ENDPOINT, logger: createBoltLogger(logger) });
  let server: Server | undefined;
  return {
    receiver,
    async start() {
      server = await receiver.start(port).catch((cause: unknown) => {
        throw new DriftbellError('config.invalid', {
          expected: `port ${port} to be free for Slack's requests`,
          received: describeThrown(cause),
          remedy: 'name another port',
          cause,
        });
      });
    },
    async stop() {
      const closing = server === undefined ? undefined : receiver.stop();
      closing?.catch(() => undefined);
      server?.closeIdleConnections();
    },
    end: () => server?.closeAllConnections(),
    isConnected: () => server?.listening === true,
    port: () => portOf(server),
  };
}

function portOf(server: Server | undefined): number | undefined {
  const address = server?.address();
  return typeof address === 'object' && address !== null ? address.port : undefined;
}
