import { counted } from '../domain/counted.ts';
import { describeThrown } from '../domain/errors.ts';
import type { Model } from '../domain/model.ts';
import type { PostedMessage } from '../domain/report.ts';
import { type Message, text } from '../messages/message.ts';
import type { Chat } from '../ports/chat.ts';
import type { Clock } from '../ports/clock.ts';
import type { Logger } from '../ports/logger.ts';
import type { Progress } from '../ports/progress.ts';

/** Slack allows about fifty edits a minute in a workspace; a person looks less often. */
const PAUSE_MS = 5_000;

export interface HistoryTold {
  readonly progress: Progress;
  /** The last word: how many windows there are, or why there are none. */
  end(outcome: { readonly windows: number } | { readonly error: unknown }): Promise<void>;
}

/**
 * One message in the channel of a model that is edited while its history is computed. The work does not wait for the
 * chat, and a chat that does not take the message stops no work.
 */
export function tellHistory(
  { chat, clock, logger }: { readonly chat: Chat; readonly clock: Clock; readonly logger: Logger },
  model: Model,
  by: string,
): HistoryTold {
  let posted: PostedMessage | undefined;
  let telling: Promise<void> = tell('⏳ Its history is being computed.');
  let notBefore = clock.now() + PAUSE_MS;

  async function tell(words: string): Promise<void> {
    try {
      const message = historyMessage(model, by, words);
      if (posted === undefined) posted = await chat.post(message, { channel: model.channel });
      else await chat.update(posted, message);
    } catch (thrown) {
      logger.warn({ model: model.slug, error: describeThrown(thrown) }, 'Progress could not be told in the channel.');
    }
  }

  return {
    progress(done, total, step) {
      if (clock.now() < notBefore) return;
      notBefore = clock.now() + PAUSE_MS;
      telling = telling.then(() => tell(`⏳ Its history is being computed: ${step}, ${done} of ${total}.`));
    },
    async end(outcome) {
      await telling;
      if ('error' in outcome) await tell(`⚠️ Its history could not be computed: ${describeThrown(outcome.error)}`);
      else await tell(`✅ Its history is there: ${counted(outcome.windows, 'window')} with an expected band.`);
    },
  };
}

function historyMessage({ slug }: Model, by: string, words: string): Message {
  return {
    text: `${slug} is watched. ${words}`,
    blocks: [
      {
        type: 'paragraph',
        content: [
          { type: 'text', text: slug, style: 'bold' },
          text(' is watched, as '),
          { type: 'user', userId: by },
          text(` has set it up.\n${words}`),
        ],
      },
    ],
  };
}
