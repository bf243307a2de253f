import { commands, usageHint } from '../commands/index.ts';
import { repostOpenReports } from './alerting/index.ts';
import { defaultAccess } from './domain/role.ts';
import { type Bot, type Core, createBot } from './main.ts';
import { createWorkspace, type Workspace } from './workspace/index.ts';

/** The one channel of the local workspace. */
export const LOCAL_CHANNEL = 'model-health';

/** People of the local workspace; the page lets one act as each. */
const USERS = [
  { id: 'U0OWNER', name: 'owner' },
  { id: 'U0RESPONDER', name: 'responder' },
] as const;

export interface LocalBot {
  readonly workspace: Workspace;
  readonly bot: Bot;
  stop(): Promise<void>;
}

/** The bot connected to a local workspace instead of Slack: the same app over a real socket. */
export async function startLocalBot(
  core: Core,
  options: { readonly port: number; readonly schedule?: string; readonly calibrationSchedule?: string },
): Promise<LocalBot> {
  const workspace = await createWorkspace({
    port: options.port,
    now: () => core.clock.now(),
    channels: [LOCAL_CHANNEL],
    users: USERS,
    botName: 'driftbell',
    commands: [
      {
        command: '/drift',
        description: 'Model health',
        usageHint: usageHint(commands),
      },
    ],
  });
  const bot = createBot(core, {
    slack: {
      botToken: workspace.botToken,
      transport: { mode: 'socket', appToken: workspace.appToken },
      apiUrl: workspace.apiUrl,
    },
    access: { ...defaultAccess, admins: [USERS[0].id] },
    ...(options.schedule === undefined ? {} : { schedule: options.schedule }),
    ...(options.calibrationSchedule === undefined ? {} : { calibrationSchedule: options.calibrationSchedule }),
  });
  repostOpenReports(core.stores, core.clock.now());
  await bot.start();
  return {
    workspace,
    bot,
    async stop() {
      await bot.stop();
      await workspace.close();
    },
  };
}
