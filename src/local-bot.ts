import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repostOpenReports } from './alerting/index.ts';
import type { UserId } from './domain/identifiers.ts';
import { defaultAccess } from './domain/role.ts';
import { type Bot, type BotOptions, type Core, createBot } from './main.ts';
import { packageRoot } from './platform/package-root.ts';
import { HTTP_ENDPOINT } from './slack/index.ts';
import { appOfManifest, createWorkspace, type Workspace } from './workspace/index.ts';

/** The one channel of the local workspace. */
export const LOCAL_CHANNEL = 'model-health';

/** People of the local workspace; the page lets one act as each. */
const USERS = [
  { id: 'U0OWNER', name: 'owner' },
  { id: 'U0RESPONDER', name: 'responder' },
  { id: 'U0GUEST', name: 'guest', isGuest: true },
  { id: 'U0PARTNER', name: 'partner', isExternal: true },
] as const;

/** Who the page acts as at first. */
export const LOCAL_OWNER = USERS[0].id as UserId;

const USER_GROUPS = [{ id: 'S0OWNERS', handle: 'model-owners', name: 'Model owners', users: [USERS[0].id] }] as const;

export interface LocalBotOptions extends Omit<BotOptions, 'slack' | 'access'> {
  readonly port: number;
  /** Of the page; only this machine when absent. */
  readonly host?: string;
  /** HTTP: signed requests instead of a socket. */
  readonly mode?: 'socket' | 'http';
  /** The workspace takes as many posts at once as come, where months of reports go by in a minute. */
  readonly takesAnyPace?: boolean;
}

export interface LocalBot {
  readonly workspace: Workspace;
  readonly bot: Bot;
  stop(): Promise<void>;
}

/** The bot connected to a local workspace instead of Slack: the same app, the same wires. */
export async function startLocalBot(core: Core, options: LocalBotOptions): Promise<LocalBot> {
  const { port, host, mode, takesAnyPace = false, ...running } = options;
  const manifest: unknown = JSON.parse(readFileSync(join(packageRoot(), 'manifest.json'), 'utf8'));
  const workspace = await createWorkspace({
    ...appOfManifest(manifest),
    title: 'Driftbell local workspace',
    port,
    ...(host === undefined ? {} : { host }),
    now: () => core.clock.now(),
    channels: [LOCAL_CHANNEL],
    users: USERS,
    userGroups: USER_GROUPS,
    ...(takesAnyPace && { limits: { postBurst: undefined, hasTiers: false } }),
  });
  try {
    const bot = await startBot(core, workspace, mode, running);
    return {
      workspace,
      bot,
      async stop() {
        await bot.stop();
        await workspace.close();
      },
    };
  } catch (thrown) {
    await workspace.close();
    throw thrown;
  }
}

async function startBot(
  core: Core,
  workspace: Workspace,
  mode: LocalBotOptions['mode'],
  running: Omit<BotOptions, 'slack' | 'access'>,
): Promise<Bot> {
  const bot = createBot(core, {
    slack: {
      botToken: workspace.botToken,
      transport:
        mode === 'http'
          ? { mode: 'http', signingSecret: workspace.signingSecret, port: 0 }
          : { mode: 'socket', appToken: workspace.appToken },
      apiUrl: workspace.apiUrl,
    },
    access: { ...defaultAccess, admins: [USERS[0].id] },
    ...running,
  });
  repostOpenReports(core.stores, core.clock.now());
  await bot.start();
  if (mode === 'http') await workspace.useRequestUrl(`http://127.0.0.1:${bot.port()}${HTTP_ENDPOINT}`);
  return bot;
}
