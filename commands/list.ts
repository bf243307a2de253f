import { waitsUntil } from '../src/alerting/index.ts';
import { counted } from '../src/domain/counted.ts';
import type { Model } from '../src/domain/model.ts';
import { formatInstant } from '../src/messages/format-instant.ts';
import { bold, code, type Inline, type Message, plainMessage, text } from '../src/messages/message.ts';
import { type CommandDeps, defineCommand } from './command.ts';
import { refuseExtras } from './find-model.ts';

const USAGE = 'list';

export const list = defineCommand<undefined>({
  name: 'list',
  usage: USAGE,
  summary: 'Lists the watched models and how they are.',
  examples: ['list'],
  role: 'viewer',
  about: 'driftbell',
  parse: (args) => refuseExtras(args, 0, [], USAGE) as undefined,
  run: (deps): Message => {
    const models = deps.stores.models.list();
    if (models.length === 0) return plainMessage('No model is watched yet. Register one with `/drift register`.');
    const title = counted(models.length, 'watched model');
    return {
      text: `${title}: ${models.map((model) => `${model.slug} (${health(deps, model)})`).join(', ')}.`,
      blocks: [
        { type: 'paragraph', content: [bold(title)] },
        { type: 'list', items: models.map((model) => line(deps, model)), overflowNote: 'models' },
      ],
    };
  },
});

function line(deps: CommandDeps, model: Model): Inline {
  return [
    code(model.slug),
    text(` ${health(deps, model)}, reports to `),
    { type: 'channel', channelId: model.channel },
  ];
}

/** `quiet`, `firing, high, report #3`, `muted until …`, `told after its quiet hours …`. */
export function health({ stores, clock }: Pick<CommandDeps, 'stores' | 'clock'>, model: Model): string {
  const now = clock.now();
  const mute = stores.mutes.active(model.id, now);
  const open = stores.reports.open(model.id);
  const isJudged = stores.runs.newestDone('check', model.id) !== undefined;
  const state =
    open === undefined
      ? isJudged
        ? 'quiet'
        : 'not judged yet'
      : `${open.state}, ${open.severity}, report #${open.id}`;
  if (mute !== undefined) return `${state}, muted until ${formatInstant(mute.untilMs, model.zone)}`;
  const waits = open && waitsUntil(model, open.severity, now);
  return waits === undefined ? state : `${state}, quiet hours until ${formatInstant(waits, model.zone)}`;
}
