import { mute as muteModel } from '../src/alerting/index.ts';
import { requireUntil, resolveUntil, type Until } from '../src/domain/until.ts';
import { formatInstant } from '../src/messages/format-instant.ts';
import { type Message, plainMessage } from '../src/messages/message.ts';
import { defineCommand } from './command.ts';
import { findModel, refuseExtras, requireWord } from './find-model.ts';

const USAGE = 'mute <model> <duration> [reason]';

export const mute = defineCommand<{ readonly slug: string; readonly until: Until; readonly reason?: string }>({
  name: 'mute',
  usage: USAGE,
  summary: 'Posts nothing new about a model for a while. Detection goes on.',
  examples: ['mute flight-delay 4h', 'mute flight-delay 3d "backfill is running"', 'mute flight-delay until fri 09:00'],
  role: 'responder',
  about: 'model',
  parse: (args) => {
    refuseExtras(args, Number.POSITIVE_INFINITY, [], USAGE);
    const slug = requireWord(args, 0, 'model', USAGE);
    requireWord(args, 1, 'duration', USAGE);
    const { until, used } = requireUntil(args.words.slice(1));
    const reason = args.words.slice(1 + used).join(' ');
    return { slug, until, ...(reason === '' ? {} : { reason }) };
  },
  run: (deps, { slug, until, reason }, { user }): Message => {
    const model = findModel(deps.stores, slug);
    const untilMs = resolveUntil(until, deps.clock.now(), model.zone);
    muteModel(deps, { model, by: user, untilMs, ...(reason === undefined ? {} : { reason }) });
    return plainMessage(
      `${model.slug} is muted until ${formatInstant(untilMs, model.zone)}. Undo with \`/drift unmute ${model.slug}\`.`,
    );
  },
});
