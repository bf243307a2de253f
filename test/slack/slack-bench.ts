import { shortcuts } from '../../src/domain/shortcut.ts';
import { createSystemClock } from '../../src/platform/system-clock.ts';
import type { Chat } from '../../src/ports/chat.ts';
import {
  createDeliveryClient,
  createSlackApp,
  createSlackGateway,
  type HomeDoor,
  type SlackApp,
  type SlackSettings,
} from '../../src/slack/index.ts';
import { createWorkspace, type Workspace, type WorkspaceOptions } from '../../src/workspace/index.ts';
import { waitFor } from '../wait-for.ts';
import { createRecordingDoors, type DoorAnswers, type RecordingDoors } from './recording-doors.ts';
import { createRecordingLogger, type LogLine } from './recording-logger.ts';

export const ANNA = 'U0ANNA';

export interface SlackBench {
  readonly workspace: Workspace;
  readonly app: SlackApp;
  readonly chat: Chat;
  readonly doors: RecordingDoors;
  readonly lines: LogLine[];
  readonly settings: SlackSettings;
  /** The id of #alerts. */
  readonly channel: string;
  close(): Promise<void>;
}

export interface BenchOptions {
  readonly answers?: DoorAnswers;
  readonly settings?: Partial<SlackSettings>;
  readonly home?: HomeDoor;
  readonly limits?: NonNullable<WorkspaceOptions['limits']>;
}

/** The real Bolt app over a real socket against the local workspace. */
export async function startBench(options: BenchOptions = {}): Promise<SlackBench> {
  const clock = createSystemClock();
  const workspace = await createWorkspace({
    port: 0,
    now: clock.now,
    channels: ['alerts', 'general'],
    users: [{ id: ANNA, name: 'anna' }],
    commands: [{ command: '/drift', description: 'Model health', usageHint: 'help' }],
    shortcuts: Object.values(shortcuts).map(({ id, ...words }) => ({ type: 'message', callbackId: id, ...words })),
    botName: 'driftbell',
    limits: { fileReadyDelayMs: 400, ...options.limits },
  });
  const logger = createRecordingLogger();
  const doors = createRecordingDoors(options.answers);
  const settings: SlackSettings = {
    botToken: workspace.botToken,
    apiUrl: workspace.apiUrl,
    transport: { mode: 'socket', appToken: workspace.appToken },
    ...options.settings,
  };
  const app = createSlackApp({
    settings,
    commands: doors.commands,
    actions: doors.actions,
    forms: doors.forms,
    home: options.home ?? doors.home,
    claim: claimOnce(),
    clock,
    logger,
  });
  const chat = createSlackGateway({ client: createDeliveryClient(settings, logger), clock, logger });
  await app.start();
  const channel = workspace.state.channelNamed('alerts')?.id ?? '';
  const close = async (): Promise<void> => {
    await app.stop(1_000);
    await workspace.close();
  };
  return { workspace, app, chat, doors, lines: logger.lines, settings, channel, close };
}

export function claimOnce(): (key: string) => boolean {
  const seen = new Set<string>();
  return (key) => !seen.has(key) && seen.add(key) !== undefined;
}

/** Waits for something that a handler does after its acknowledgement. */
export function until<T>(look: () => T | undefined | false, what: string): Promise<T> {
  return waitFor(look, what, { seconds: 4 });
}
