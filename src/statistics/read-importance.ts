import type { Column } from '../domain/column.ts';
import { DriftbellError, describeThrown, isDriftbellError } from '../domain/errors.ts';
import type { Model, Source } from '../domain/model.ts';
import type { Logger } from '../ports/logger.ts';
import type { StatisticsEngine } from '../ports/statistics-engine.ts';
import type { ModelStore } from '../ports/stores.ts';
import { type Importance, importanceColumns, importanceShares, MOST_FEATURES } from './importance.ts';

type ReadingEngine = Pick<StatisticsEngine, 'describe' | 'readRows'>;

/** The importance of watched features as a table tells it. Throws `source.*` and `importance.invalid`. */
export async function readImportance(
  engine: ReadingEngine,
  of: { readonly source: Source; readonly columns: readonly Column[]; readonly signal?: AbortSignal },
): Promise<Importance> {
  const { source, columns, signal } = of;
  const description = await engine.describe(source, signal);
  const names = importanceColumns(description.columns.map(({ name }) => name));
  if (description.rows > MOST_FEATURES) {
    throw new DriftbellError('importance.invalid', {
      expected: `at most ${MOST_FEATURES.toLocaleString('en-US')} rows in ${source.location}`,
      received: description.rows.toLocaleString('en-US'),
      remedy: 'name a table with a row per feature',
    });
  }
  const rows = await engine.readRows(source, names, {
    mostRows: MOST_FEATURES,
    ...(signal === undefined ? {} : { signal }),
  });
  const features = columns.filter(({ role }) => role === 'feature').map(({ name }) => name);
  return importanceShares(
    rows.map(([name = null, number = null]) => [name, number]),
    features,
  );
}

/**
 * Reads the importance of a model's features again, where it has a table of them; those that it no longer tells lose theirs.
 * A table that cannot be read changes nothing but the log. Throws only when asked to stop.
 */
export async function refreshImportance(
  deps: {
    readonly engine: ReadingEngine;
    readonly models: Pick<ModelStore, 'columns' | 'setImportance'>;
    readonly logger: Pick<Logger, 'warn'>;
  },
  model: Model,
  signal?: AbortSignal,
): Promise<void> {
  const { importanceSource: source, slug } = model;
  if (source === undefined) return;
  const columns = deps.models.columns(model.id);
  try {
    const { shares } = await readImportance(deps.engine, { source, columns, ...(signal && { signal }) });
    if (!isStored(columns, shares)) deps.models.setImportance(model.id, shares);
  } catch (thrown) {
    if (isDriftbellError(thrown) && thrown.code === 'cancelled') throw thrown;
    deps.logger.warn(
      { model: slug, location: source.location, error: describeThrown(thrown) },
      'The importance of features cannot be read; the shares stay as they were.',
    );
  }
}

function isStored(columns: readonly Column[], shares: Importance['shares']): boolean {
  return columns.every(
    ({ name, importance }) => importance === (Object.hasOwn(shares, name) ? shares[name] : undefined),
  );
}
