import type { Command } from 'commander';
import type { Config } from '../config.ts';
import type { Bot, Core } from '../main.ts';
import type { CliDeps } from './deps.ts';
import { openCore } from './open-core.ts';
import { requireFreePort } from './require-free-port.ts';
import { slackSettings } from './slack-settings.ts';

export function registerStart(program: Command, deps: CliDeps): void {
  program
    .command('start')
    .description('the bot; without Slack credentials it starts the local workspace instead')
    .action(() => start(deps));
}

async function start(deps: CliDeps): Promise<void> {
  const config = deps.readConfig();
  await requireFreePort(config.slack);
  const core = await openCore(deps);
  try {
    const bot = await connect(core, config, deps);
    await deps.untilStopped();
    await bot.stop();
  } finally {
    await core.close();
  }
}

async function connect(core: Core, config: Config, { terminal, clock, logger }: CliDeps): Promise<Pick<Bot, 'stop'>> {
  const { schedule, calibrationSchedule, learningSchedule, digestSchedule, mentionFrom } = config;
  const { createPreviewTable } = await import('../bot/preview-table.ts');
  const { memoryLimit, threads, detectorFolder } = config;
  const options = {
    previewTable: createPreviewTable({
      ...{ clock, logger, memoryLimit, threads },
      ...(detectorFolder === undefined ? {} : { detectorFolder }),
    }),
    schedule,
    calibrationSchedule,
    learningSchedule,
    ...(digestSchedule === undefined ? {} : { digestSchedule }),
    ...(mentionFrom === undefined ? {} : { mentionFrom }),
  };
  if (config.slack.kind === 'local') {
    const { startLocalBot } = await import('../local-bot.ts');
    const { port, host } = config.slack;
    const local = await startLocalBot(core, { port, host, ...options });
    terminal.write(
      `No Slack credentials are set: Driftbell runs in the local workspace at ${local.workspace.pageUrl}\n`,
    );
    if (local.workspace.warning !== '') terminal.write(`Warning: ${local.workspace.warning}\n`);
    return local;
  }
  const { createBot } = await import('../main.ts');
  const bot = createBot(core, {
    slack: slackSettings(config.slack),
    access: config.access,
    ...options,
  });
  await bot.start();
  terminal.write('Driftbell is connected to Slack.\n');
  return bot;
}
