import type { UserId } from '../src/domain/identifiers.ts';
import type { Landing } from '../src/domain/landing.ts';
import type { Model, ModelSettings } from '../src/domain/model.ts';
import type { Window } from '../src/domain/window.ts';
import type { Message } from '../src/messages/message.ts';
import type { Clock } from '../src/ports/clock.ts';
import type { Stores } from '../src/ports/stores.ts';
import type { Registration } from '../src/registry/index.ts';
import type { Arguments } from './arguments.ts';

/** Who typed a command, and where. */
export interface Invocation {
  readonly user: UserId;
  readonly channel: string;
}

/** What judging one window did, in numbers. */
export interface CheckSummary {
  readonly window: Window;
  /** What is known of its rows; absent where nobody has looked. */
  readonly landing?: Landing & { readonly rows: number | null };
  readonly unreadColumns: number;
  readonly judgedSeries: number;
  readonly anomalies: number;
  readonly step: string;
  readonly reportId?: number;
}

export interface CommandDeps {
  readonly stores: Stores;
  readonly clock: Clock;
  /** Statistics -> detection -> filters -> report for one window; without one, the newest that has landed. */
  readonly check: (model: Model, window: Window | undefined) => Promise<CheckSummary>;
  readonly register: (settings: ModelSettings, by: UserId) => Promise<Registration>;
}

/** An option with its value: `--zone <zone>`. */
export interface CommandOption {
  readonly name: string;
  /** What stands after it, in the help. */
  readonly value: string;
  readonly summary: string;
}

/** One subcommand of `/drift`. Parsing throws `usage.invalid`; running throws coded errors; both reach the user. */
export interface Command<Input = unknown> {
  readonly name: string;
  /** What follows `/drift`: `mute <model> <duration> [reason]`. */
  readonly usage: string;
  readonly summary: string;
  readonly examples: readonly string[];
  /** Every option that it takes a value for: shown by help, and all that is accepted. */
  readonly options?: readonly CommandOption[];
  /** Options that stand without a value. */
  readonly flags?: readonly string[];
  parse(args: Arguments, invocation: Invocation): Input;
  run(deps: CommandDeps, input: Input, invocation: Invocation): Promise<Message> | Message;
}

/** Keeps the input type between `parse` and `run`, and forgets it for the table. */
export function defineCommand<Input>(command: Command<Input>): Command {
  return command as unknown as Command;
}
