import { DriftbellError } from '../domain/errors.ts';

/** The columns of series files, for help and hints: what is read is in `series-columns.ts`. */
export const SERIES_COLUMNS = 'time,value[,series][,anomaly][,rows][,kind]';

/** A line of a series file that cannot be read. */
export function invalidLine(file: string, line: number, expected: string, received: string): DriftbellError {
  return new DriftbellError('series.invalid', {
    expected: `${expected} in ${file}, line ${line}`,
    received,
    remedy: `correct the file: its columns are ${SERIES_COLUMNS}, in any order`,
  });
}
