import { createServer } from 'node:net';
import type { Config } from '../config.ts';
import { DriftbellError, describeThrown } from '../domain/errors.ts';

/** Before anything is made or opened: a start that fails must not leave a new database behind. */
export async function requireFreePort(slack: Config['slack']): Promise<void> {
  if (slack.kind === 'socket') return;
  if (slack.kind === 'http') return await listenOnce(slack.port);
  const { port, host } = slack;
  await listenOnce(port, host).catch((thrown: unknown) => {
    const isTaken = (thrown as NodeJS.ErrnoException).code === 'EADDRINUSE';
    throw new DriftbellError('workspace.failed', {
      expected: `port ${port} on ${host} to be free`,
      received: isTaken ? 'one in use' : describeThrown(thrown),
      remedy:
        'stop the other program, or choose another address with DRIFTBELL_WORKSPACE_PORT and DRIFTBELL_WORKSPACE_HOST',
      cause: thrown,
    });
  });
}

function listenOnce(port: number, host?: string): Promise<void> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, ...(host === undefined ? {} : { host }) }, () => server.close(() => resolve()));
  });
}
