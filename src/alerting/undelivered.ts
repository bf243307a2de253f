import { counted } from '../domain/counted.ts';
import type { EpochMs } from '../domain/identifiers.ts';
import type { Model } from '../domain/model.ts';
import type { OutboxEntry, Stores } from '../ports/stores.ts';

/** Messages to one channel that were tried and have not gone out, or were given up. */
export interface Undelivered {
  readonly channel: string;
  /** Models that speak there. */
  readonly slugs: readonly string[];
  readonly messages: number;
  /** Tries of the one that was tried most often. */
  readonly attempts: number;
  /** What stood in the way, as a sentence with what to do. */
  readonly error: string;
  /** True where they are tried no more. */
  readonly isGivenUp: boolean;
}

type UndeliveredDeps = Pick<Stores, 'outbox' | 'reports' | 'models'>;

const MOST_ENTRIES = 1_000;
/** So long it is told what was given up: until somebody who was away for a fortnight looks. */
const GIVEN_UP_MS = 14 * 86_400_000;
/** Models of a channel that are named. */
const MOST_SLUGS = 3;

/** By channel and by what stands in the way, what still waits first; of one model only, where one is named. */
export function undelivered(stores: UndeliveredDeps, now: EpochMs, only?: Model): readonly Undelivered[] {
  const waiting = stores.outbox.due(Number.MAX_SAFE_INTEGER, MOST_ENTRIES);
  const givenUp = stores.outbox.failed(now - GIVEN_UP_MS, MOST_ENTRIES);
  return [
    ...grouped(stores, waiting, { only, isGivenUp: false }),
    ...grouped(stores, givenUp, { only, isGivenUp: true }),
  ];
}

function grouped(
  stores: UndeliveredDeps,
  entries: readonly OutboxEntry[],
  { only, isGivenUp }: { readonly only: Model | undefined; readonly isGivenUp: boolean },
): readonly Undelivered[] {
  const groups = new Map<string, Undelivered>();
  for (const entry of entries) {
    const { lastError: error, attempts } = entry;
    const { channel, model } = addresseeOf(stores, entry);
    if (error === undefined || channel === undefined) continue;
    if (only !== undefined && model?.id !== only.id && channel !== only.channel) continue;
    const key = `${channel} ${error}`;
    const none = { channel, slugs: slugsOf(stores, channel), messages: 0, attempts: 0, error, isGivenUp };
    const before = groups.get(key) ?? none;
    groups.set(key, { ...before, messages: before.messages + 1, attempts: Math.max(before.attempts, attempts) });
  }
  return [...groups.values()];
}

/** `2 messages to C0ALERTS1 (churn), tried 9 times: Expected Slack to accept … Invite the bot to the channel.` */
export function undeliveredWords({ channel, slugs, messages, attempts, error, isGivenUp }: Undelivered): string {
  const more = slugs.length > MOST_SLUGS ? [`${slugs.length - MOST_SLUGS} more`] : [];
  const of = slugs.length === 0 ? '' : ` (${[...slugs.slice(0, MOST_SLUGS), ...more].join(', ')})`;
  const tried = isGivenUp
    ? `given up after ${counted(attempts, 'try', 'tries')}`
    : `tried ${counted(attempts, 'time')}`;
  return `${counted(messages, 'message')} to ${channel}${of}, ${tried}: ${error.replace(/\.?$/, '.')}`;
}

/** What changes a report is said where its message stands. */
function addresseeOf({ reports, models }: UndeliveredDeps, entry: OutboxEntry): { channel?: string; model?: Model } {
  if (entry.kind === 'channel') return { channel: entry.channel };
  const report = reports.byId(entry.reportId);
  const model = report === undefined ? undefined : models.byId(report.modelId);
  if (model === undefined) return {};
  return { channel: reports.posted(entry.reportId)?.channel ?? model.channel, model };
}

function slugsOf({ models }: UndeliveredDeps, channel: string): readonly string[] {
  return models
    .list()
    .filter((model) => model.channel === channel)
    .map(({ slug }) => slug);
}
