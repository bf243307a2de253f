import { afterEach, describe, expect, it } from 'vitest';
import { createSystemClock } from '../../src/platform/system-clock.ts';
import { createSlackApp, type SlackApp } from '../../src/slack/index.ts';
import { createWorkspace, type Workspace } from '../../src/workspace/index.ts';
import { createRecordingDoors } from './recording-doors.ts';
import { createRecordingLogger } from './recording-logger.ts';
import { ANNA, claimOnce, until } from './slack-bench.ts';

const clock = createSystemClock();
let app: SlackApp | undefined;
let workspace: Workspace | undefined;

afterEach(async () => {
  await app?.stop(500);
  await workspace?.close();
});

function openWorkspace(port: number): Promise<Workspace> {
  return createWorkspace({
    port,
    now: clock.now,
    channels: ['alerts'],
    users: [{ id: ANNA, name: 'anna' }],
    commands: [{ command: '/drift', description: 'Model health', usageHint: 'help' }],
    botName: 'driftbell',
    botToken: 'xoxb-1-fixed',
    appToken: 'xapp-1-fixed',
  });
}

describe('the socket', () => {
  it('comes back after an outage of Slack, without ending the process', async () => {
    workspace = await openWorkspace(0);
    const port = Number(new URL(workspace.url).port);
    const doors = createRecordingDoors();
    const logger = createRecordingLogger();
    app = createSlackApp({
      settings: {
        botToken: workspace.botToken,
        apiUrl: workspace.apiUrl,
        transport: { mode: 'socket', appToken: workspace.appToken },
      },
      ...doors,
      claim: claimOnce(),
      clock,
      logger,
    });
    await app.start();

    await workspace.close();
    await until(() => app?.isConnected() === false, 'the loss');
    await until(() => logger.lines.some(({ message }) => /could not be reached/.test(message)), 'a failed attempt');
    workspace = await openWorkspace(port);
    await until(() => app?.isConnected() === true, 'the return');

    const channel = workspace.state.channelNamed('alerts')?.id ?? '';
    await workspace.issueCommand({ user: ANNA, channel, text: '/drift help' });
    await until(() => doors.calls[0], 'a command');
    expect(doors.calls).toHaveLength(1);
  });
});
