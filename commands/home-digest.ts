import { digestChannels } from '../src/alerting/index.ts';
import type { EpochMs } from '../src/domain/identifiers.ts';
import type { Model } from '../src/domain/model.ts';
import { formatInstant } from '../src/messages/format-instant.ts';
import { type Inline, type MessageBlock, sentence, text } from '../src/messages/message.ts';

/** Channels that are named: a person reads few. */
const NAMED_CHANNELS = 3;

/** When the channels of some models get their weekly digest, and how to see it now; nothing where there are no models. */
export function digestBlocks(
  models: readonly Model[],
  nextDigest: (channel: string) => EpochMs | undefined,
): MessageBlock[] {
  if (models.length === 0) return [];
  const due = digestChannels(models).flatMap(({ channel, zone }) => {
    const at = nextDigest(channel);
    return at === undefined ? [] : [{ channel, at: formatInstant(at, zone) }];
  });
  const named = due.slice(0, NAMED_CHANNELS).flatMap(({ channel, at }, place): Inline => {
    return [text(place === 0 ? 'Next weekly digest: ' : ', '), { type: 'channel', channelId: channel }, text(` ${at}`)];
  });
  const more = due.length > NAMED_CHANNELS ? ` +${due.length - NAMED_CHANNELS} more` : '';
  const [before, see] = due.length === 0 ? ['', 'No weekly digest is due: '] : [`${more} · `, ''];
  const command = sentence(`${before}${see}\`/drift digest\` in a channel shows you its week at any time`);
  return [{ type: 'context', content: [...named, ...command] }];
}
