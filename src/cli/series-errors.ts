import { DriftbellError } from '../domain/errors.ts';

/** A line of a series file that cannot be read. */
export function invalidLine(file: string, line: number, expected: string, received: string): DriftbellError {
  return new DriftbellError('series.invalid', {
    expected: `${expected} in ${file}, line ${line}`,
    received,
    remedy: 'correct the file: its columns are time,value[,anomaly] or series,time,value[,anomaly]',
  });
}
