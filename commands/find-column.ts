import { TRAFFIC_COLUMN } from '../src/domain/column.ts';
import { DriftbellError } from '../src/domain/errors.ts';
import type { Model } from '../src/domain/model.ts';
import { nearest } from '../src/domain/nearest.ts';
import type { Stores } from '../src/ports/stores.ts';

/** What people call the traffic of a model, which has no column of its own. */
const TRAFFIC_WORD = 'traffic';

/** Columns that are named where none is near. */
const NAMED = 8;

/**
 * The watched column of that name: in its case, in any case, or the only one that begins so; `traffic` is the traffic.
 * Undefined when there is none, so that a command may take the word for something else.
 */
export function columnNamed(stores: Pick<Stores, 'models'>, model: Model, typed: string): string | undefined {
  const names = stores.models.columns(model.id).map(({ name }) => name);
  if (names.includes(typed)) return typed;
  const word = typed.toLowerCase();
  if (word === TRAFFIC_WORD && names.includes(TRAFFIC_COLUMN)) return TRAFFIC_COLUMN;
  const inAnyCase = names.filter((name) => name.toLowerCase() === word);
  if (inAnyCase.length === 1) return inAnyCase[0];
  const beginning = word === '' ? [] : names.filter((name) => name.toLowerCase().startsWith(word));
  return beginning.length === 1 ? beginning[0] : undefined;
}

/** The same for a word that can only be a column. Throws `usage.invalid` with the nearest name. */
export function findColumn(stores: Pick<Stores, 'models'>, model: Model, typed: string): string {
  const found = columnNamed(stores, model, typed);
  if (found !== undefined) return found;
  const columns = stores.models.columns(model.id).map(({ name }) => name);
  const names = columns.filter((name) => name !== TRAFFIC_COLUMN);
  if (names.length < columns.length) names.unshift(TRAFFIC_WORD);
  const close = nearest(typed, names);
  const more = names.length > NAMED ? ' …' : '';
  throw new DriftbellError('usage.invalid', {
    expected: `a watched column of ${model.slug}`,
    received: JSON.stringify(typed.slice(0, 80)),
    remedy:
      close === undefined ? `choose one of ${names.slice(0, NAMED).join(', ')}${more}` : `did you mean \`${close}\``,
  });
}
