import { mute as muteModel } from '../src/alerting/index.ts';
import { formatInstant } from '../src/messages/format-instant.ts';
import { type Message, plainMessage } from '../src/messages/message.ts';
import { defineCommand } from './command.ts';
import { parseDuration } from './duration.ts';
import { findModel, refuseExtras, requireWord } from './find-model.ts';

const USAGE = 'mute <model> <duration> [reason]';

export const mute = defineCommand<{ readonly slug: string; readonly durationMs: number; readonly reason?: string }>({
  name: 'mute',
  usage: USAGE,
  summary: 'Posts nothing new about a model for a while. Detection goes on.',
  examples: ['mute flight-delay 4h', 'mute flight-delay 3d "backfill is running"'],
  parse: (args) => {
    refuseExtras(args, Number.POSITIVE_INFINITY, [], USAGE);
    const slug = requireWord(args, 0, 'model', USAGE);
    const durationMs = parseDuration(requireWord(args, 1, 'duration', USAGE), args.words.slice(1).join(' '));
    const reason = args.words.slice(2).join(' ');
    return { slug, durationMs, ...(reason === '' ? {} : { reason }) };
  },
  run: (deps, { slug, durationMs, reason }, { user }): Message => {
    const model = findModel(deps.stores, slug);
    const untilMs = deps.clock.now() + durationMs;
    muteModel(deps, { model, by: user, untilMs, ...(reason === undefined ? {} : { reason }) });
    return plainMessage(
      `${model.slug} is muted until ${formatInstant(untilMs, model.zone)}. Undo with \`/drift unmute ${model.slug}\`.`,
    );
  },
});
