import { counted } from '../domain/counted.ts';
import { DriftbellError } from '../domain/errors.ts';

/** Errors that are told one by one. */
const MOST_TOLD = 50;

/**
 * All that is wrong as one error, so that nobody mends a file error by error. One alone stays as it is. `remedy`: of all
 * of them; absent: each keeps its own.
 */
export function joinErrors(
  errors: readonly DriftbellError[],
  { whole, remedy: ofAll }: { readonly whole: string; readonly remedy?: string },
): DriftbellError | undefined {
  const [first, ...others] = errors;
  if (first === undefined || others.length === 0) return first;
  const remedies = new Set(errors.map(({ facts }) => facts.remedy));
  const isShared = ofAll !== undefined || remedies.size === 1;
  const told = errors.slice(0, MOST_TOLD).map(({ facts: { expected, received, remedy } }, place) => {
    return `(${place + 1}) ${expected}, got ${received}${isShared ? '' : ` (${remedy})`}`;
  });
  const more = errors.length > MOST_TOLD ? [`${errors.length - MOST_TOLD} more`] : [];
  return new DriftbellError(first.code, {
    expected: `${whole} that can be imported`,
    received: `${counted(errors.length, 'error')}, where was expected ${[...told, ...more].join('; ')}`,
    remedy: ofAll ?? (isShared ? first.facts.remedy : 'mend all of them; nothing was changed'),
    cause: new AggregateError(errors),
  });
}
