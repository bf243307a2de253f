import type { UserId } from '../domain/identifiers.ts';
import type { Label, StoredLabel } from '../domain/label.ts';
import type { Model } from '../domain/model.ts';
import { seriesName } from '../domain/series.ts';
import type { Stores } from '../ports/stores.ts';
import { collectLabels } from './collect-labels.ts';
import { labelLine } from './label-lines.ts';

export interface BringDeps {
  readonly stores: Pick<Stores, 'models' | 'votes' | 'labels' | 'transaction'>;
}

/**
 * Keeps labels of another database, all of them or none, and says how many. Those that this one would export itself are here
 * already, and what a person said here by hand is never written over.
 */
export function bringLabels(
  { stores }: BringDeps,
  labels: readonly Label[],
  modelOf: (slug: string) => Model,
): readonly Label[] {
  const here = new Set(collectLabels(stores).map(labelLine));
  const byHand = new Set(
    stores.models.list().flatMap(({ id }) => stores.labels.of(id).filter(isByHand).map(nameOf(id))),
  );
  return stores.transaction(() =>
    labels.filter((label) => {
      const { model, series, window, isAbove, seen, by, isBroad: _, ...rest } = label;
      const { id } = modelOf(model);
      const brought = { series, fromMs: window.startMs, toMs: window.endMs, by: by.join(' ') as UserId };
      if (here.has(labelLine(label)) || byHand.has(nameOf(id)(brought))) return false;
      stores.labels.put(id, { ...rest, ...brought, windows: [{ window, isAbove, seen }] });
      return true;
    }),
  );
}

function isByHand({ incident }: StoredLabel): boolean {
  return incident === undefined;
}

function nameOf(modelId: Model['id']) {
  return ({ series, fromMs, toMs, by }: Pick<StoredLabel, 'series' | 'fromMs' | 'toMs' | 'by'>): string =>
    JSON.stringify([modelId, seriesName(series), fromMs, toMs, by]);
}
