import { type Undelivered, undelivered, undeliveredWords } from '../alerting/index.ts';
import { counted } from '../domain/counted.ts';
import { describeThrown, isDriftbellError } from '../domain/errors.ts';
import { doubtful, type Examined, ill, well } from '../domain/examined.ts';
import { latestOfNow } from '../domain/future.ts';
import type { EpochMs } from '../domain/identifiers.ts';
import type { Model } from '../domain/model.ts';
import { shiftWindow, windowAt } from '../domain/window.ts';
import { CHECK_JOB, newestReadyWindow, PROCESS_JOB } from '../jobs/index.ts';
import type { Core } from '../main.ts';
import { formatInstant } from '../messages/format-instant.ts';
import { futureRemark } from '../messages/time-remarks.ts';
import { planFromColumns } from '../statistics/index.ts';
import { detectorWords, learnedWords } from './detector-words.ts';

type Examinable = Pick<Core, 'stores' | 'engine' | 'detector' | 'learning' | 'clock'>;

/** Windows that a source may be behind before that is worth a word. */
const LATE_WINDOWS = 2;
/** Checks are asked for every hour by default; a day without one means that nobody asks. */
const QUIET_CHECKS_MS = 26 * 3_600_000;
/** Tries after which a message will hardly go out by itself: with waits that double, about half an hour. */
const STUCK_ATTEMPTS = 9;
const MOST_ENTRIES = 1_000;
/** Channels that are told one by one. */
const MOST_CHANNELS = 5;

/** What can be told of a bot from its database, its detector and the sources of its models. Writes nothing. */
export async function examineCore(core: Examinable, signal?: AbortSignal): Promise<readonly Examined[]> {
  const models = core.stores.models.list();
  const sources: Examined[] = [];
  for (const model of models) sources.push(await examineSource(core, model, signal));
  return [
    detectorWords(core.detector.manifest),
    ...learnedWords(core.stores.corrections, core.learning.detector.id),
    ...(models.length === 0
      ? [doubtful('models', 'No model is registered.', 'register one with `/drift register` or `driftbell import`')]
      : sources),
    ...examineProcess(core, models),
    ...models.flatMap((model) => examineChecks(core, model)),
    examineOutbox(core),
  ];
}

async function examineSource(core: Examinable, model: Model, signal: AbortSignal | undefined): Promise<Examined> {
  const part = `source of ${model.slug}`;
  const { stores, engine, clock } = core;
  try {
    const plan = planFromColumns(model, stores.models.columns(model.id));
    const latestMs = latestOfNow(clock.now(), model.latenessMinutes);
    const { lastMs, readAs, future } = await engine.timeRange(plan, { latestMs, signal });
    const newest = newestReadyWindow(model, clock.now());
    const due = shiftWindow(newest, -LATE_WINDOWS, model.zone, model.granularity);
    const reading = readAs === undefined ? '' : ` (${model.timeColumn} is read as ${readAs})`;
    const until = `${model.source.location} has rows until ${formatInstant(lastMs, model.zone)}${reading}`;
    const later = future === undefined ? '' : ` ${futureRemark(future, model.zone)}`;
    if (lastMs >= due.endMs) {
      return future === undefined
        ? well(part, `${until}.`)
        : doubtful(part, `${until}.${later}`, 'correct the times of these rows where they are written');
    }
    const missing = windowAt(lastMs, model.zone, model.granularity).key;
    return doubtful(
      part,
      `${until}, and none since; the newest window that is due is ${newest.key}, its last one is ${missing}.${later}`,
      'look whether what writes the source still runs',
    );
  } catch (thrown) {
    if (signal?.aborted === true) throw thrown;
    if (!isDriftbellError(thrown)) return ill(part, `${describeThrown(thrown)}.`, 'look at the source');
    const { expected, received, remedy } = thrown.facts;
    return ill(part, `Expected ${expected}, got ${received}.`, remedy);
  }
}

/** A bot renews the lease of its process while it lives. */
function examineProcess({ stores, clock }: Examinable, models: readonly Model[]): Examined[] {
  const process = stores.runs.latest(PROCESS_JOB);
  if (process === undefined) {
    return models.length === 0
      ? []
      : [doubtful('bot', 'No bot has ever worked with this database.', 'start one: `driftbell start`')];
  }
  const since = `since ${formatInstant(process.startedAt, 'UTC')}`;
  const isAlive = process.outcome === 'running' && process.leaseUntil > clock.now();
  if (isAlive) return [well('bot', `It works with this database ${since}.`)];
  const ended = process.endedAt === undefined ? 'it was killed' : `it ended ${formatInstant(process.endedAt, 'UTC')}`;
  return [
    doubtful(
      'bot',
      `None is running: the last one began ${formatInstant(process.startedAt, 'UTC')}, ${ended}.`,
      'start one: `driftbell start`',
    ),
  ];
}

function examineChecks({ stores, clock }: Examinable, model: Model): Examined[] {
  const part = `checks of ${model.slug}`;
  const run = stores.runs.latest(CHECK_JOB, model.id);
  if (run === undefined) {
    const isYoung = clock.now() - model.registeredAt < QUIET_CHECKS_MS;
    return isYoung
      ? []
      : [ill(part, 'None has ever run.', `look whether the bot runs; try \`driftbell check --model ${model.slug}\``)];
  }
  const when = formatInstant(run.startedAt, model.zone);
  if (run.outcome === 'failed') {
    return [
      ill(
        part,
        `The last one, ${when}, failed: ${run.error ?? 'nobody knows why'}`,
        `try \`driftbell check --model ${model.slug}\``,
      ),
    ];
  }
  if (isOld(run.startedAt, clock.now())) {
    return [doubtful(part, `The last one was ${when}.`, 'look whether the bot runs and what DRIFTBELL_SCHEDULE says')];
  }
  return [well(part, `The last one was ${when}.`)];
}

function examineOutbox({ stores, clock }: Examinable): Examined {
  const entries = stores.outbox.due(Number.MAX_SAFE_INTEGER, MOST_ENTRIES);
  const stuck = undelivered(stores, clock.now());
  const givenUp = stuck.filter(({ isGivenUp }) => isGivenUp);
  if (givenUp.length > 0) return examineGivenUp(givenUp, stuck, entries.length);
  if (entries.length === 0) return well('outbox', 'Everything that was written has been sent.');
  const tries = entries.reduce((most, { attempts }) => Math.max(most, attempts), 0);
  const waiting = counted(entries.length, 'message waits', 'messages wait');
  if (tries === 0) return well('outbox', `${waiting} to be sent.`);
  const text = [`${waiting}; one was tried ${counted(tries, 'time')}.`, ...stuckWords(stuck)].join(' ');
  const [slug = '<model>'] = stuck.flatMap(({ slugs }) => slugs);
  const remedy = `do what is said of each channel; another one is named with \`/drift edit ${slug} --channel #other\``;
  return tries >= STUCK_ATTEMPTS ? ill('outbox', text, remedy) : doubtful('outbox', text, remedy);
}

/** What was given up is lost to the channel until somebody asks for it. */
function examineGivenUp(givenUp: readonly Undelivered[], stuck: readonly Undelivered[], waiting: number): Examined {
  const many = givenUp.reduce((sum, { messages }) => sum + messages, 0);
  const wait = waiting === 0 ? '' : `, ${counted(waiting, 'message waits', 'messages wait')}`;
  const [slug = '<model>'] = givenUp.flatMap(({ slugs }) => slugs);
  return ill(
    'outbox',
    [
      `${counted(many, 'message was', 'messages were')} given up${wait}.`,
      ...stuckWords([...givenUp, ...stuck.filter(({ isGivenUp }) => !isGivenUp)]),
    ].join(' '),
    `do what is said of each channel; what was given up is not sent again: \`/drift report ${slug}\` shows how its report stands`,
  );
}

function stuckWords(stuck: readonly Undelivered[]): readonly string[] {
  const more = stuck.length - MOST_CHANNELS;
  const rest = more > 0 ? [`${counted(more, 'channel')} more.`] : [];
  return [...stuck.slice(0, MOST_CHANNELS).map(undeliveredWords), ...rest];
}

function isOld(startedAt: EpochMs, now: EpochMs): boolean {
  return now - startedAt > QUIET_CHECKS_MS;
}
