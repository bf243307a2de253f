import { collectDigest, digestMessage } from '../src/alerting/index.ts';
import { type Message, plainMessage } from '../src/messages/message.ts';
import { defineCommand } from './command.ts';
import { refuseExtras } from './find-model.ts';
import { idIn, requireId } from './slack-ids.ts';

const USAGE = 'digest [channel]';

export const digest = defineCommand<{ readonly channel: string }>({
  name: 'digest',
  usage: USAGE,
  summary: 'Shows you the week of this channel’s models as the weekly digest would: health, reports, noise, votes.',
  examples: ['digest', 'digest #model-health'],
  role: 'viewer',
  about: 'driftbell',
  parse: (args, { channel }) => {
    refuseExtras(args, 1, [], USAGE);
    const [named] = args.words;
    return { channel: named === undefined ? channel : idIn(named) };
  },
  run: ({ stores, clock, learning }, { channel }): Message => {
    const deps = { stores, ...(learning && { learning: learning.digest }) };
    const collected = collectDigest(deps, channel, clock.now());
    if (collected.models.length > 0) return digestMessage(collected);
    requireId(channel, 'channel');
    return plainMessage('No model reports to this channel: `/drift list` shows where they do.');
  },
});
