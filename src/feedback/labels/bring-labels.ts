import type { UserId } from '../../domain/identifiers.ts';
import type { Label, StoredLabel } from '../../domain/label.ts';
import type { Model } from '../../domain/model.ts';
import { seriesName } from '../../domain/series.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Stores } from '../../ports/stores.ts';
import { collectLabels } from './collect-labels.ts';
import { labelLine, type PlacedLabel } from './label-lines.ts';
import { requireKnown } from './require-known.ts';
import { isBrought } from './standing-labels.ts';

export interface BringDeps {
  readonly stores: Pick<Stores, 'models' | 'votes' | 'labels' | 'statistics' | 'audit' | 'transaction'>;
  readonly clock: Clock;
}

export interface BringInput {
  readonly labels: readonly PlacedLabel[];
  readonly modelOf: (slug: string) => Model;
  /** Where they come from. */
  readonly file: string;
  readonly by: UserId;
}

/**
 * Keeps labels of another database, all of them or none, with one entry in the audit, and gives those that it kept. Throws
 * `file.unusable` with the first that is of a column or a window that its model cannot have, or of what is to come. Those that
 * this one would export itself, or brought along before, are here already, also where they stand twice in the file; and what a
 * person said here by hand is never written over.
 */
export function bringLabels(
  { stores, clock }: BringDeps,
  { labels, modelOf, file, by: user }: BringInput,
): readonly PlacedLabel[] {
  const here = new Set([...collectLabels(stores), ...broughtLabels(stores)].map(lineOf));
  const byHand = new Set(
    stores.models.list().flatMap(({ id }) =>
      stores.labels
        .of(id)
        .filter((label) => !isBrought(label))
        .map(nameOf(id)),
    ),
  );
  const now = clock.now();
  return stores.transaction(() => {
    const kept = labels.filter(({ label, place }) => {
      const { model, series, window, isAbove, seen, by, isBroad: _, ...rest } = label;
      const known = modelOf(model);
      const { id } = known;
      const brought = { series, fromMs: window.startMs, toMs: window.endMs, by: by.join(' ') as UserId };
      if (here.has(lineOf(label)) || byHand.has(nameOf(id)(brought))) return false;
      requireKnown(stores, known, { label, place }, now);
      stores.labels.put(id, { ...rest, ...brought, heardAt: now, windows: [{ window, isAbove, seen }] });
      here.add(lineOf(label));
      return true;
    });
    if (kept.length === 0) return kept;
    const facts = { file, labels: kept.length, models: [...new Set(kept.map(({ label }) => label.model))].sort() };
    stores.audit.add({ at: now, by: user, action: 'label.import', subject: 'driftbell', facts });
    return kept;
  });
}

/** Who is an owner is known here, so a label is the same whatever its line says of that. */
function lineOf(label: Label): string {
  return labelLine({ ...label, isBroad: false });
}

/** As they were brought along, whatever else was said of the same windows. */
function broughtLabels({ models, labels }: Pick<Stores, 'models' | 'labels'>): readonly Label[] {
  return models.list().flatMap(({ id, slug: model }) =>
    labels.of(id).flatMap(({ incident, by, weight = 1, windows, ...label }) => {
      if (incident === undefined) return [];
      const people = by.split(' ') as UserId[];
      return windows.map((one) => ({ ...label, ...one, model, incident, weight, by: people, isBroad: false }));
    }),
  );
}

function nameOf(modelId: Model['id']) {
  return ({ series, fromMs, toMs, by }: Pick<StoredLabel, 'series' | 'fromMs' | 'toMs' | 'by'>): string =>
    JSON.stringify([modelId, seriesName(series), fromMs, toMs, by]);
}
