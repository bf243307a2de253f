import { DriftbellError } from '../domain/errors.ts';

/** What the verbs say of a slug that no model has. */
export function unknownModel(slug: string): DriftbellError {
  return new DriftbellError('model.unknown', {
    expected: 'the slug of a registered model',
    received: JSON.stringify(slug),
    remedy: 'list them with `driftbell export`, or register it first with `driftbell import`',
  });
}
