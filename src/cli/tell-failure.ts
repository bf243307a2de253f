import { CommanderError } from 'commander';
import { DriftbellError, describeThrown, errorCodes, isDriftbellError } from '../domain/errors.ts';
import { WorkspaceError } from '../workspace/errors.ts';
import { fileFailure } from './file-failure.ts';
import { inShellWords } from './shell-words.ts';
import { usageFailure } from './usage-failure.ts';

const EXIT_FAILED = 1;

export interface Failure {
  /** One line for standard error. */
  readonly line: string;
  readonly exitCode: number;
}

/** What a person is told of anything that ended a verb. Only what nobody foresaw is called a bug. */
export function tellFailure(
  thrown: unknown,
  asked: { readonly verb: string | undefined; readonly verbs: readonly string[] },
): Failure {
  if (isStopped(thrown)) return { line: 'driftbell: stopped', exitCode: errorCodes.cancelled.exit };
  const known = knownError(thrown, asked);
  if (known !== undefined) {
    return { line: `driftbell: ${printable(inShellWords(known.message))} [${known.code}]`, exitCode: known.exitCode };
  }
  const line = `driftbell: ${printable(describeThrown(thrown))} [unexpected; please report it]`;
  return { line, exitCode: EXIT_FAILED };
}

/** What came from a file may hold what moves a cursor, colours a terminal or turns the reading direction: told by its number. */
function printable(text: string): string {
  return text.replace(
    /[^\P{Cc}\n\t]|\p{Surrogate}|[\u202A-\u202E\u2066-\u2069]/gu,
    (one) => `\\u{${one.codePointAt(0)?.toString(16)}}`,
  );
}

function isStopped(thrown: unknown): boolean {
  if (isDriftbellError(thrown)) return thrown.code === 'cancelled';
  return thrown instanceof Error && thrown.name === 'AbortError';
}

function knownError(
  thrown: unknown,
  { verb, verbs }: { readonly verb: string | undefined; readonly verbs: readonly string[] },
): DriftbellError | undefined {
  if (isDriftbellError(thrown)) return thrown;
  if (thrown instanceof CommanderError) return usageFailure(thrown, verb, verbs);
  if (thrown instanceof WorkspaceError) return workspaceFailure(thrown, verb);
  return portFailure(thrown) ?? fileFailure(thrown);
}

function workspaceFailure(error: WorkspaceError, verb: string | undefined): DriftbellError {
  const option = verb === 'demo' ? '--port or ' : '';
  return new DriftbellError('workspace.failed', {
    expected: error.facts.expected,
    received: error.facts.received,
    remedy: `stop the other program, or choose another port with ${option}DRIFTBELL_WORKSPACE_PORT`,
    cause: error,
  });
}

/** HTTP mode listens on a port of its own. */
function portFailure(thrown: unknown): DriftbellError | undefined {
  if (!(thrown instanceof Error) || (thrown as NodeJS.ErrnoException).syscall !== 'listen') return undefined;
  const { code, port } = thrown as NodeJS.ErrnoException & { readonly port?: number };
  return new DriftbellError('config.invalid', {
    expected: port === undefined ? 'a free port' : `port ${port} to be free`,
    received: code === 'EADDRINUSE' ? 'one in use' : describeThrown(thrown),
    remedy: 'stop the other program, or set PORT to another port',
    cause: thrown,
  });
}
