import { counted } from '../domain/counted.ts';
import type { Model } from '../domain/model.ts';
import type { OutboxEntry, Stores } from '../ports/stores.ts';

/** Messages to one channel that were tried and have not gone out. */
export interface Undelivered {
  readonly channel: string;
  /** Models that speak there. */
  readonly slugs: readonly string[];
  readonly messages: number;
  /** Tries of the one that was tried most often. */
  readonly attempts: number;
  /** What stood in the way, as a sentence with what to do. */
  readonly error: string;
}

type UndeliveredDeps = Pick<Stores, 'outbox' | 'reports' | 'models'>;

const MOST_ENTRIES = 1_000;
/** Models of a channel that are named. */
const MOST_SLUGS = 3;

/** By channel and by what stands in the way; of one model only, where one is named. */
export function undelivered(stores: UndeliveredDeps, only?: Model): readonly Undelivered[] {
  const groups = new Map<string, Undelivered>();
  for (const entry of stores.outbox.due(Number.MAX_SAFE_INTEGER, MOST_ENTRIES)) {
    const { lastError: error, attempts } = entry;
    const { channel, model } = addresseeOf(stores, entry);
    if (error === undefined || channel === undefined) continue;
    if (only !== undefined && model?.id !== only.id && channel !== only.channel) continue;
    const key = `${channel} ${error}`;
    const before = groups.get(key) ?? { channel, slugs: slugsOf(stores, channel), messages: 0, attempts: 0, error };
    groups.set(key, { ...before, messages: before.messages + 1, attempts: Math.max(before.attempts, attempts) });
  }
  return [...groups.values()];
}

/** `2 messages to C0ALERTS1 (churn), tried 9 times: Expected Slack to accept … Invite the bot to the channel.` */
export function undeliveredWords({ channel, slugs, messages, attempts, error }: Undelivered): string {
  const more = slugs.length > MOST_SLUGS ? [`${slugs.length - MOST_SLUGS} more`] : [];
  const of = slugs.length === 0 ? '' : ` (${[...slugs.slice(0, MOST_SLUGS), ...more].join(', ')})`;
  return `${counted(messages, 'message')} to ${channel}${of}, tried ${counted(attempts, 'time')}: ${error.replace(/\.?$/, '.')}`;
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
