import { App } from '@slack/bolt';
import { z } from 'zod';
import { DriftbellError, describeThrown } from '../domain/errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { Logger } from '../ports/logger.ts';
import { createBoltLogger } from './bolt-logger.ts';
import { interactiveOptions } from './clients.ts';
import type { ActionDoors, CommandDoor, FormDoor, HomeDoor } from './doors.ts';
import { fromSlackError } from './errors.ts';
import { registerListeners } from './listeners/register.ts';
import { createBoundary } from './middleware/boundary.ts';
import { createInFlight, type InFlight } from './middleware/in-flight.ts';
import { createOnce } from './middleware/once.ts';
import { createSameWorkspace } from './middleware/same-workspace.ts';
import type { SlackSettings } from './settings.ts';
import { createTransport, type Transport } from './transport.ts';

export interface SlackAppDeps {
  readonly settings: SlackSettings;
  readonly commands: CommandDoor;
  readonly actions: ActionDoors;
  readonly forms: FormDoor;
  readonly home: HomeDoor;
  /** True the first time a key is seen, false for a repeat. */
  readonly claim: (key: string) => boolean;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Who the bot is in its workspace. */
export interface SlackIdentity {
  readonly teamId: string;
  readonly teamName: string;
  readonly botUserId: string;
  readonly botId: string;
  readonly isEnterprise: boolean;
}

export interface SlackApp {
  /** Checks the token, then opens the way in. Throws `slack.*` and, for a port in use, `config.invalid`. */
  start(): Promise<SlackIdentity>;
  /** Takes nothing new and waits for what is under way, at most `deadlineMs`. Resolves with how many were given up. */
  stop(deadlineMs: number): Promise<number>;
  isConnected(): boolean;
  /** Known after `start`. */
  identity(): SlackIdentity | undefined;
  /** The port of HTTP mode while it listens. */
  port(): number | undefined;
}

const AuthTest = z
  .object({
    team_id: z.string(),
    team: z.string(),
    user_id: z.string(),
    bot_id: z.string(),
    enterprise_id: z.string().nullish(),
  })
  .transform(
    (answer): SlackIdentity => ({
      teamId: answer.team_id,
      teamName: answer.team,
      botUserId: answer.user_id,
      botId: answer.bot_id,
      isEnterprise: typeof answer.enterprise_id === 'string',
    }),
  );

/** The Slack edge: nothing is sent or read before `start`. */
export function createSlackApp(deps: SlackAppDeps): SlackApp {
  const { settings, clock, logger } = deps;
  const transport = createTransport(settings, { clock, logger });
  const inFlight = createInFlight();
  const app = createBoltApp(deps, transport);
  let identity: SlackIdentity | undefined;
  const home = () => identity && { ...identity, ...(settings.appId === undefined ? {} : { appId: settings.appId }) };

  // Counted before all else, so that a shutdown also waits for an error to be told.
  app.use(inFlight.middleware);
  app.use(createBoundary(logger));
  app.use(createSameWorkspace(home));
  app.use(createOnce(deps.claim));
  registerListeners(app, { ...deps, format: formatOptions(settings) });
  app.error(async ({ error }: { readonly error: Error }) => {
    logger.error({ error: describeThrown(error) }, 'A request failed before it reached a listener.');
    // Without this, Bolt takes the error for handled, and the person waits for a time-out.
    throw error;
  });

  return {
    async start() {
      identity = await whoAmI(app);
      await transport.start();
      logger.info({ ...identity, mode: settings.transport.mode }, 'Connected to Slack.');
      return identity;
    },
    stop: (deadlineMs) => stop(transport, inFlight, clock, deadlineMs),
    isConnected: transport.isConnected,
    identity: () => identity,
    port: transport.port,
  };
}

function createBoltApp({ settings, logger }: SlackAppDeps, { receiver }: Transport): App {
  return new App({
    receiver,
    token: settings.botToken,
    clientOptions: interactiveOptions(settings),
    logger: createBoltLogger(logger),
    convoStore: false,
    deferInitialization: true,
    extendedErrorHandler: true,
  });
}

async function whoAmI(app: App): Promise<SlackIdentity> {
  try {
    await app.init();
    return AuthTest.parse(await app.client.auth.test());
  } catch (thrown) {
    if (!(thrown instanceof z.ZodError)) throw atStart(fromSlackError(thrown, 'auth.test'));
    throw new DriftbellError('slack.rejected', {
      expected: 'the token of a bot',
      received: 'the token of something else',
      remedy: 'set SLACK_BOT_TOKEN to the bot token, which begins with xoxb-',
      cause: thrown,
    });
  }
}

/** At the start nothing is sent again later: the process ends. */
function atStart(error: DriftbellError): DriftbellError {
  if (error.code !== 'slack.unreachable') return error;
  return new DriftbellError(error.code, {
    ...error.facts,
    remedy: 'look at the network and at SLACK_API_URL, and start again',
  });
}

async function stop(transport: Transport, inFlight: InFlight, clock: Clock, deadlineMs: number): Promise<number> {
  const patience = new AbortController();
  const deadline = clock.sleep(deadlineMs, patience.signal).catch(() => undefined);
  await Promise.race([transport.stop(), deadline]);
  await Promise.race([inFlight.idle(), deadline]);
  patience.abort();
  transport.end();
  return inFlight.count();
}

function formatOptions({ feedback }: SlackSettings) {
  return feedback === undefined ? {} : { feedback };
}
