import { App, LogLevel, SocketModeReceiver } from '@slack/bolt';
import { createWorkspace, type Workspace, type WorkspaceOptions } from '../../src/workspace/index.ts';

export const anna = 'U0ANNA';
export const bruno = 'U0BRUNO';

/** Tests post faster than Slack lets anyone; those of the limits themselves ask for them. */
const noRates = { postBurst: undefined, hasTiers: false };

export function startWorkspace(overrides: Partial<WorkspaceOptions> = {}): Promise<Workspace> {
  return createWorkspace({
    port: 0,
    now: () => Date.now(),
    channels: ['general', 'ml-health'],
    users: [
      { id: anna, name: 'anna' },
      { id: bruno, name: 'bruno' },
    ],
    commands: [{ command: '/echo', description: 'Says it again', usageHint: 'text' }],
    botName: 'echobot',
    ...overrides,
    limits: { ...noRates, ...overrides.limits },
  });
}

/** The receiver is built by hand because the socket client must keep its own retry settings. */
export async function startApp(workspace: Workspace, register: (app: App) => void): Promise<App> {
  const receiver = new SocketModeReceiver({
    appToken: workspace.appToken,
    logLevel: LogLevel.ERROR,
    installerOptions: { clientOptions: { slackApiUrl: workspace.apiUrl } },
  });
  const app = new App({
    token: workspace.botToken,
    receiver,
    logLevel: LogLevel.ERROR,
    convoStore: false,
    clientOptions: { slackApiUrl: workspace.apiUrl, retryConfig: { retries: 0 } },
  });
  register(app);
  await app.start();
  return app;
}

export function channelId(workspace: Workspace, name: string): string {
  const channel = workspace.state.channelNamed(name);
  if (!channel) throw new Error(`expected a channel ${name}, found none; add it to the options`);
  return channel.id;
}

/** Polls until the value is there; the sockets under test are real. */
export async function eventually<T>(read: () => T | undefined): Promise<T> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const value = read();
    if (value !== undefined && value !== false) return value;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error('expected the value within 2 seconds, got none');
}
