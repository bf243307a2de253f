import type { Command } from 'commander';
import { eventOf, parseEventKind } from '../../commands/event-words.ts';
import { findModel } from '../../commands/find-model.ts';
import { SYSTEM_USER } from '../domain/identifiers.ts';
import { formatInstant } from '../messages/format-instant.ts';
import { declareEvent, withdrawEvent } from '../postprocessing/index.ts';
import type { CliDeps } from './deps.ts';
import { openKnownCore } from './open-core.ts';

interface EventArguments {
  readonly model: string;
  readonly kind: string;
  readonly from: string;
  readonly to?: string;
  readonly text?: string;
  readonly withdraw?: true;
}

export function registerEvent(program: Command, deps: CliDeps): void {
  program
    .command('event')
    .description('declare a deploy, a note, or something expected that holds what falls in it; for deploy scripts')
    .requiredOption('--model <slug>', 'the model')
    .requiredOption('--kind <kind>', 'deploy, expected or note')
    .option('--from <time>', 'a day, a time or now', 'now')
    .option('--to <time>', 'end; a day counts whole (default: that day, or a moment for a deploy or note)')
    .option('--text <words>', 'what people read: v2 of the features')
    .option('--withdraw', 'take back what was declared of the kind from that time on')
    .action((options: EventArguments) => declare(deps, options));
}

async function declare(deps: CliDeps, options: EventArguments): Promise<void> {
  const kind = parseEventKind(options.kind);
  const core = await openKnownCore(deps);
  try {
    const model = findModel(core.stores, options.model);
    const words = [options.from, options.to, options.text].filter((word) => word !== undefined);
    const event = eventOf(kind, words, { model, now: deps.clock.now() });
    const from = formatInstant(event.startMs, model.zone);
    if (options.withdraw === true) {
      const withdrawn = withdrawEvent(core, { model, by: SYSTEM_USER, kind, startMs: event.startMs });
      deps.terminal.write(`${model.slug}: ${withdrawn} withdrawn of ${kind} from ${from}\n`);
      return;
    }
    declareEvent(core, { model, by: SYSTEM_USER, event });
    deps.terminal.write(
      `${model.slug}: ${kind} from ${from} to ${formatInstant(event.endMs, model.zone)}: ${event.text}\n`,
    );
  } finally {
    await core.close();
  }
}
