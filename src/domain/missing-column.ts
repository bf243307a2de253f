import { DriftbellError } from './errors.ts';
import { nearest } from './nearest.ts';

/** Names listed in the message; a wide table has more. */
const LISTED_NAMES = 12;

/** `source.column_missing`, with the name that is near and some of those that exist. */
export function missingColumn(what: string, name: string, existing: readonly string[]): DriftbellError {
  const near = nearest(name, existing);
  const listed = existing.slice(0, LISTED_NAMES).map((each) => JSON.stringify(each));
  const more = existing.length > LISTED_NAMES ? ` and ${existing.length - LISTED_NAMES} more` : '';
  const columns = existing.length === 0 ? 'the source has no columns' : `the columns are ${listed.join(', ')}${more}`;
  return new DriftbellError('source.column_missing', {
    expected: `${what} that is in the source`,
    received: JSON.stringify(name),
    remedy: near === undefined ? columns : `perhaps ${JSON.stringify(near)} is meant; ${columns}`,
  });
}
