import type { Label } from '../../domain/label.ts';
import type { Stores } from '../../ports/stores.ts';
import { resolveLabels } from './resolve-labels.ts';

/** The agreed truth of all models, from every vote and everything that was said by hand. */
export function collectLabels({
  models,
  votes,
  labels,
}: Pick<Stores, 'models' | 'votes' | 'labels'>): readonly Label[] {
  return models.list().flatMap((model) => resolveLabels(model, votes.ofModel(model.id), labels.of(model.id)));
}
