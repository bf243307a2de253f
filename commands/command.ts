import type { DigestLearning, Picture } from '../src/alerting/index.ts';
import type { ChartRequest } from '../src/domain/chart-request.ts';
import type { StoredDetector } from '../src/domain/detector.ts';
import type { Examined } from '../src/domain/examined.ts';
import type { UserId } from '../src/domain/identifiers.ts';
import type { Landing } from '../src/domain/landing.ts';
import type { Model, ModelSettings } from '../src/domain/model.ts';
import type { Report } from '../src/domain/report.ts';
import type { Role } from '../src/domain/role.ts';
import type { Window } from '../src/domain/window.ts';
import type { JudgedWindows, SeeDetections } from '../src/feedback/index.ts';
import type { Message } from '../src/messages/message.ts';
import type { Access } from '../src/ports/access.ts';
import type { Clock } from '../src/ports/clock.ts';
import type { Progress } from '../src/ports/progress.ts';
import type { Stores } from '../src/ports/stores.ts';
import type { FilterSettings } from '../src/postprocessing/index.ts';
import type { Applied, Declared, Edit, Registration } from '../src/registry/index.ts';
import type { Arguments } from './arguments.ts';

/** Who typed a command, and where. */
export interface Caller {
  readonly user: UserId;
  readonly channel: string;
  /** The report in whose thread it was typed: there, a command about a model may leave the model out. */
  readonly report?: Report;
  /** Opens the dialog of a new model, or of the one that is named; absent where the chat has no way to. */
  readonly openForm?: (form: { readonly slug?: string }) => Promise<void>;
  /** Opens the dialog that takes a file of models. */
  readonly openImport?: () => Promise<void>;
}

export interface Invocation extends Caller {
  /** Shown by editing the answer, so that long work is seen to go on. Call it as often as is handy. */
  readonly progress: Progress;
  /** Says that it works, for a command that is long only with some arguments. */
  readonly working: (step?: string) => void;
}

/** For a command that has shown its answer elsewhere, such as in a dialog. */
export const noAnswer: Message = { text: '', blocks: [] };

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

export interface LearningDoor {
  readonly detector: StoredDetector;
  /** What a vote is about, as the detector saw it. */
  readonly judged: JudgedWindows;
  /** What the second stage sees of detections of one model. */
  readonly see: SeeDetections;
  /** What the weekly digest tells and asks of it. */
  readonly digest: DigestLearning;
}

export interface CommandDeps {
  readonly stores: Stores;
  readonly clock: Clock;
  readonly access: Access;
  /** Statistics -> detection -> filters -> report for one window; without one, the newest that has landed. */
  readonly check: (
    model: Model,
    window: Window | undefined,
    /** Told why it has not begun, when it waits for the history of the model. */
    onWait?: (words: string) => void,
  ) => Promise<CheckSummary>;
  /** Draws a chart and uploads it; a picture that fails leaves its words. */
  readonly picture: (request: ChartRequest, name: string) => Promise<Picture>;
  readonly register: (settings: ModelSettings, by: UserId) => Promise<Registration>;
  /** What is configured, reachable and granted. */
  readonly examine: () => Promise<readonly Examined[]>;
  /** What the detector asks of anomalies, before a budget or an owner has changed it. */
  readonly filterSettings: (model: Model) => FilterSettings;
  /** What feedback asks of the detector; absent where nothing is learned from votes. */
  readonly learning?: LearningDoor;
  readonly edit: (model: Model, settings: ModelSettings, by: UserId) => Promise<Edit>;
  /** Registers and edits what a file declares: all of it, or nothing. */
  readonly apply: (declared: readonly Declared[], by: UserId) => Promise<readonly Applied[]>;
  /** Stops the watching too; false when it is retired already. */
  readonly retire: (model: Model, by: UserId) => boolean;
}

/** What may be typed as it is, in the help: a word in the place of an argument, or an option without a value. */
export interface CommandWord {
  readonly name: string;
  readonly summary: string;
}

/** An option with its value: `--zone <zone>`. */
export interface CommandOption extends CommandWord {
  /** What stands after it, in the help. */
  readonly value: string;
}

/**
 * One subcommand of `/drift`. Parsing throws `usage.invalid`; running throws coded errors; both reach the person. Its
 * row routes it, checks the role, and makes help, did-you-mean, the manifest's hint and docs/commands.md.
 */
export interface Command<Input = unknown> {
  readonly name: string;
  /** Other words for it, such as two that belong together: `new normal`. */
  readonly aliases?: readonly string[];
  /** What follows `/drift`: `mute <model> <duration> [reason]`. */
  readonly usage: string;
  readonly summary: string;
  readonly examples: readonly string[];
  /** The least role that may run it: over the model where it is about one, else over Driftbell as a whole. */
  readonly role: Role;
  /**
   * `model`: its first word names one. It is then completed from a beginning that fits only one model, and may be left
   * out in the thread of a report.
   */
  readonly about: 'model' | 'driftbell';
  /** Takes more than a moment: answered with "working" at once, then with the result in its place. */
  readonly isLong?: true;
  /** Every option that it takes a value for: shown by help, and all that is accepted. `--share` is taken by all. */
  readonly options?: readonly CommandOption[];
  /** Options that stand without a value. */
  readonly flags?: readonly CommandWord[];
  /** Words that an argument is chosen from; shown by help. */
  readonly words?: readonly CommandWord[];
  parse(args: Arguments, invocation: Invocation): Input;
  run(deps: CommandDeps, input: Input, invocation: Invocation): Promise<Message> | Message;
}

/** Words, options and flags as they are typed, each with what it says: for the help and docs/commands.md. */
export function wordsTaken({ words = [], options = [], flags = [] }: Command) {
  return [
    ...words.map(({ name, summary }) => ({ typed: name, summary })),
    ...options.map(({ name, value, summary }) => ({ typed: `--${name} <${value}>`, summary })),
    ...flags.map(({ name, summary }) => ({ typed: `--${name}`, summary })),
  ];
}

/** Keeps the input type between `parse` and `run`, and forgets it for the table. */
export function defineCommand<Input>(command: Command<Input>): Command {
  return command as unknown as Command;
}
