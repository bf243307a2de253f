import { type CommandDeps, createAccess, createModelPresses, createPresses } from '../commands/index.ts';
import { createDelivery, createPictures } from './alerting/index.ts';
import { createCommandDoor } from './bot/command-door.ts';
import { createFillings } from './bot/fillings.ts';
import { createForms } from './bot/forms.ts';
import { createHomeDoor } from './bot/home-door.ts';
import type { PreviewTable } from './bot/preview-table.ts';
import { createRegistrar } from './bot/registrar.ts';
import { watchJobs } from './bot/watch-jobs.ts';
import { watchModels } from './bot/watch-models.ts';
import type { Core } from './create-core.ts';
import { examineCore } from './doctor/examine-core.ts';
import { describeThrown } from './domain/errors.ts';
import type { SeverityWord } from './domain/report.ts';
import { type AccessSettings, defaultAccess } from './domain/role.ts';
import {
  checkNow,
  createModelWatch,
  createOutboxWorker,
  createSchedule,
  type HeldDatabase,
  holdDatabase,
  type OutboxWorker,
  type Schedule,
  takeTurn,
} from './jobs/index.ts';
import {
  createDeliveryClient,
  createInteractiveClient,
  createPeople,
  createSlackApp,
  createSlackGateway,
  examineSlack,
  type SlackSettings,
} from './slack/index.ts';

export interface BotOptions {
  readonly slack: SlackSettings;
  /** Absent: as in a fresh installation. */
  readonly access?: AccessSettings;
  /** Replays a table before it is registered; absent: dialogs say nothing of the past. */
  readonly previewTable?: PreviewTable;
  /** Cron expression at which each model is brought up to date; absent: only on request. */
  readonly schedule?: string;
  /** Cron expression in UTC at which tail probabilities are calibrated anew; absent: only on request. */
  readonly calibrationSchedule?: string;
  /** Cron expression, in each channel's zone, at which its digest is posted; absent: only on request. */
  readonly digestSchedule?: string;
  /** Severity from which a report mentions its owners; absent: never. */
  readonly mentionFrom?: SeverityWord;
  /** Cron expression in UTC at which votes are learned from; absent: only on request. */
  readonly learningSchedule?: string;
}

/** The core with its chat: commands, buttons, outbox and timers. */
export interface Bot {
  readonly outbox: OutboxWorker;
  readonly schedule: Schedule;
  /** Where HTTP requests arrive, in HTTP mode. */
  port(): number | undefined;
  /** Connects, brings every model up to date and starts the timers. Where that fails, all that was started is stopped. */
  start(): Promise<void>;
  /** Takes nothing new, waits for what is under way, keeps the rest for the next start. */
  stop(): Promise<void>;
}

/** How long a shutdown waits for handlers that are under way. */
const STOP_DEADLINE_MS = 25_000;

export function createBot(core: Core, options: BotOptions): Bot {
  const { stores, clock, logger, charts, checks } = core;
  const chat = createSlackGateway({ client: createDeliveryClient(options.slack, logger), clock, logger });
  const deliver = createDelivery({
    ...{ stores, chat, charts, clock, logger },
    ...(options.mentionFrom === undefined ? {} : { mentionFrom: options.mentionFrom }),
  });
  const schedule = createSchedule(logger);
  const stopping = new AbortController();
  const underWay = new Set<Promise<unknown>>();
  let held: HeldDatabase | undefined;
  let lookAtDigests = (): void => undefined;

  const access = createAccess({
    settings: options.access ?? defaultAccess,
    people: createPeople(createInteractiveClient(options.slack, logger), clock),
    logger,
  });
  const fillings = createFillings();
  const watch =
    options.schedule === undefined
      ? undefined
      : createModelWatch({
          ...{ schedule, expression: options.schedule, models: stores.models.list },
          turn: async (model, signal) => {
            await fillings.settled(model.id);
            await takeTurn(checks, model, { signal });
          },
        });
  const registrar = createRegistrar({
    ...{ core, chat, watch, fillings, background, signal: stopping.signal },
    kick: () => outbox.kick(),
    onChange: () => lookAtDigests(),
  });
  const commandDeps: CommandDeps = {
    stores,
    clock,
    access,
    filterSettings: core.filterSettings,
    learning: core.learning,
    examine: async () => [...(await examineSlack(options.slack, logger)), ...(await examineCore(core))],
    picture: createPictures({ charts, chat, logger }),
    check: async (model, window, onWait) => {
      await fillings.settled(model.id, onWait);
      const summary = await checkNow(checks, model, window);
      outbox.kick();
      return summary;
    },
    register: registrar.register,
    edit: registrar.edit,
    apply: registrar.apply,
    retire: registrar.retire,
  };
  const presses = Object.assign(createPresses(commandDeps), createModelPresses(commandDeps));
  const app = createSlackApp({
    settings: options.slack,
    commands: createCommandDoor(commandDeps, () => outbox.kick()),
    actions: presses,
    home: createHomeDoor(commandDeps, schedule),
    forms: createForms(core, {
      ...{ commands: commandDeps, chat, previewTable: options.previewTable, digestSchedule: options.digestSchedule },
      onDigestPlan: () => lookAtDigests(),
    }),
    claim: (key) => stores.interactions.claim(key, clock.now()),
    clock,
    logger,
  });

  /** Work that nobody waits for; the runner has logged its failure. */
  function background(work: () => Promise<unknown>): void {
    const running = work()
      .catch(() => undefined)
      .finally(() => underWay.delete(running));
    underWay.add(running);
  }

  async function start(): Promise<void> {
    await app.start();
    held = holdDatabase(checks);
    const jobs = { core, schedule, options, background, kick: () => outbox.kick(), signal: stopping.signal };
    lookAtDigests = watchJobs(jobs).lookAtDigests;
    if (watch === undefined) return;
    const { list: models } = stores.models;
    watchModels({ checks, schedule, watch, models, background, signal: stopping.signal });
  }

  async function stop(): Promise<void> {
    stopping.abort();
    await schedule.stop();
    await app.stop(STOP_DEADLINE_MS);
    await Promise.allSettled(underWay);
    await outbox.stop();
    held?.release();
  }

  // Works from here on: what is made after it could fail and leave it behind.
  const outbox = createOutboxWorker({ deliver, clock, logger });
  return {
    outbox,
    schedule,
    port: () => app.port(),
    start: () =>
      start().catch(async (thrown: unknown) => {
        // Why it could not start says more than what else went wrong then.
        await stop().catch((error: unknown) =>
          logger.error({ error: describeThrown(error) }, 'The bot could not stop.'),
        );
        throw thrown;
      }),
    stop,
  };
}
