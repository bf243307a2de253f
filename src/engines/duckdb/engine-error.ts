import { DriftbellError, describeThrown, isDriftbellError } from '../../domain/errors.ts';

/** The engine writes the kind of error first: `IO Error: No files found ...`. */
const INTERRUPTED = /^INTERRUPT Error/;
const OUT_OF_MEMORY = /^Out of Memory Error/;
const NO_FILES = /No files found that match|Cannot open file|No such file/;
/** Longest engine message that is passed on. */
const LONGEST_REASON = 300;

/** Its own names for kinds of errors say nothing to people. */
const KIND = /^[A-Z]\w*(?: \w+)* (?:Error|Exception): /;

/** The beginning of a row of JSON. */
const QUOTED_OBJECT = /Object \{.*\.\.\. (?=has )/;

/** One line of the engine, without its kind of error and without the data that it quotes at length. */
export function engineReason(thrown: unknown): string {
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  const column = /^Error when converting.*$/m.exec(message)?.[0];
  const line = (column ?? csvReason(message) ?? describeThrown(thrown))
    .replace(KIND, '')
    .replace(QUOTED_OBJECT, 'an object ')
    .replace(/\.$/, '');
  return line.length > LONGEST_REASON ? `${line.slice(0, LONGEST_REASON)}…` : line;
}

/** What can be wrong with a line of CSV. Lines between it and the place quote the data. */
const CSV_REASON = /^(?:Invalid unicode|Value with unterminated|Expected Number of Columns|Maximum line size).*$/m;

function csvReason(message: string): string | undefined {
  const line = /^Invalid Input Error: CSV Error on Line: (\d+)/.exec(message)?.[1];
  const reason = CSV_REASON.exec(message)?.[0];
  return line === undefined || reason === undefined ? undefined : `line ${line}: ${reason}`;
}

/** A request to stop, whether it came while the engine computed or between two of its queries. */
export function isInterruption(thrown: unknown): boolean {
  if (isDriftbellError(thrown)) return thrown.code === 'cancelled';
  return thrown instanceof Error && INTERRUPTED.test(thrown.message);
}

/** What a person gets to see when the engine gives up on a whole source. */
export function sourceError(thrown: unknown, location: string): DriftbellError {
  if (thrown instanceof DriftbellError) return thrown;
  const reason = engineReason(thrown);
  if (isInterruption(thrown)) return cancelled(thrown);
  if (thrown instanceof Error && OUT_OF_MEMORY.test(thrown.message)) {
    return new DriftbellError('statistics.failed', {
      expected: 'statistics within the memory limit',
      received: reason,
      remedy: 'raise the memory limit or watch fewer columns at a time',
      cause: thrown,
    });
  }
  if (NO_FILES.test(reason)) return notFound(location, thrown);
  return new DriftbellError('source.unreadable', {
    expected: `a readable source at ${location}`,
    received: reason,
    remedy: 'check that the file is complete and of the format its ending says',
    cause: thrown,
  });
}

export function notFound(location: string, cause?: unknown): DriftbellError {
  return new DriftbellError('source.not_found', {
    expected: `a file, folder or glob at ${location}`,
    received: 'nothing there',
    remedy: 'check the path; it is relative to the folder the command runs in',
    ...(cause === undefined ? {} : { cause }),
  });
}

/** A file without a byte: whoever writes it has failed, or not yet begun. */
export function emptyFile(location: string): DriftbellError {
  return new DriftbellError('source.empty', {
    expected: `rows in ${location}`,
    received: 'an empty file (0 bytes)',
    remedy: 'check what writes it, and run again when it holds rows',
  });
}

export function cancelled(cause?: unknown): DriftbellError {
  return new DriftbellError('cancelled', {
    expected: 'the statistics to finish',
    received: 'a request to stop',
    remedy: 'run again to start over; nothing was stored',
    ...(cause === undefined ? {} : { cause }),
  });
}
