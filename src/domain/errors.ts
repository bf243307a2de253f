/**
 * Every error that a person may see has a code of this table. The first word names the part it comes from; `exit`
 * is what the command line ends with: 1 = the work failed, 2 = wrong use or bad input, 130 = stopped on request.
 */
export const errorCodes = {
  'usage.invalid': { exit: 2, meaning: 'A command, option or argument is not of the expected form.' },
  'config.invalid': { exit: 2, meaning: 'A setting from the environment is missing or malformed.' },
  'file.unusable': { exit: 2, meaning: 'A file or folder that was named cannot be read or written.' },
  'access.denied': { exit: 1, meaning: 'The person has not the role that this needs.' },
  'source.not_found': { exit: 2, meaning: 'The file, folder or glob of a source matches nothing.' },
  'source.unreadable': { exit: 2, meaning: 'The source exists but cannot be read in its format.' },
  'source.column_missing': { exit: 2, meaning: 'A named column is not in the source.' },
  'source.time_unusable': { exit: 2, meaning: 'The time column cannot be read as points in time.' },
  'source.empty': { exit: 2, meaning: 'The source has no rows where some are needed.' },
  'importance.invalid': { exit: 2, meaning: 'A table of feature importance is not of the expected form.' },
  'statistics.invalid': { exit: 2, meaning: 'A line of imported statistics is not of the expected form.' },
  'series.invalid': { exit: 2, meaning: 'A series file is not of the expected form.' },
  'model.exists': { exit: 2, meaning: 'A model with this slug is registered already.' },
  'model.unknown': { exit: 2, meaning: 'No model has this slug.' },
  'model.conflict': { exit: 1, meaning: 'Somebody else has changed the model meanwhile.' },
  'report.unknown': { exit: 2, meaning: 'No report has this id.' },
  'report.conflict': { exit: 1, meaning: 'Another action on the report came first.' },
  'detector.invalid': { exit: 2, meaning: 'A detector folder is incomplete, altered or of another version.' },
  'detector.backend': { exit: 1, meaning: 'No TensorFlow.js backend could be started.' },
  'statistics.failed': { exit: 1, meaning: 'The engine failed while computing statistics.' },
  'chart.failed': { exit: 1, meaning: 'A chart could not be rendered.' },
  'slack.rejected': { exit: 1, meaning: 'Slack answered a call with an error.' },
  'slack.gone': { exit: 1, meaning: 'The message is not in Slack any more.' },
  'slack.rate_limited': { exit: 1, meaning: 'Slack asked to wait before the next call.' },
  'slack.unreachable': { exit: 1, meaning: 'Slack gave no usable answer: a time-out, a dropped connection or a 5xx.' },
  'workspace.failed': { exit: 2, meaning: 'The local workspace could not start, mostly because its port is taken.' },
  'store.failed': { exit: 1, meaning: 'The database could not be opened, migrated or written.' },
  'learning.failed': { exit: 1, meaning: 'What would be learned is not fit to be used.' },
  'doctor.ill': { exit: 1, meaning: 'Something that Driftbell needs is not as it should be.' },
  'job.timeout': { exit: 1, meaning: 'A job took longer than its limit and was stopped.' },
  cancelled: { exit: 130, meaning: 'The work was stopped on request.' },
} as const satisfies Record<string, { readonly exit: ExitCode; readonly meaning: string }>;

/** 130 is what a shell gives for a program that Ctrl-C ended. */
export type ExitCode = 1 | 2 | 130;

export type ErrorCode = keyof typeof errorCodes;

export interface ErrorFacts {
  /** What was expected, as a noun phrase: `a time column of timestamps`. */
  readonly expected: string;
  /** What came instead: `column "when" of type VARCHAR holding "yesterday"`. */
  readonly received: string;
  /** What to do, as an imperative: `name another column with --time-column`. */
  readonly remedy: string;
  readonly cause?: unknown;
  /** Seconds to wait before a retry may succeed, when the other side said so. */
  readonly retryAfterSeconds?: number;
}

/** The one error class of the project: a code and three facts that make one line for people. */
export class DriftbellError extends Error {
  override readonly name = 'DriftbellError';
  readonly code: ErrorCode;
  readonly facts: ErrorFacts;

  constructor(code: ErrorCode, facts: ErrorFacts) {
    super(
      oneLine(
        `Expected ${facts.expected}, got ${withoutStop(facts.received)}. ${capitalise(withoutStop(facts.remedy))}.`,
      ),
      facts.cause === undefined ? {} : { cause: facts.cause },
    );
    this.code = code;
    this.facts = facts;
  }

  get exitCode(): ExitCode {
    return errorCodes[this.code].exit;
  }
}

export function isDriftbellError(error: unknown): error is DriftbellError {
  return error instanceof DriftbellError;
}

/** The first line of any thrown thing, for use inside a sentence. */
export function describeThrown(thrown: unknown): string {
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  return oneLine(text.split('\n', 1)[0] ?? '').trim() || 'an error without a message';
}

function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, ' ');
}

/** Words of other programs may bring their own full stop. */
function withoutStop(text: string): string {
  return text.replace(/(?<!\.)\.\s*$/, '');
}

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
