import { DriftbellError } from '../../src/domain/errors.ts';
import type { Model } from '../../src/domain/model.ts';

/** The model of a dialog is not there any more. */
export function goneModel(): DriftbellError {
  return new DriftbellError('model.unknown', {
    expected: 'a model that is kept',
    received: 'a dialog about one that is gone',
    remedy: 'see what there is with `/drift list`',
  });
}

/** `again`: how the dialog is opened anew. */
export function changedMeanwhile({ slug }: Pick<Model, 'slug'>, again: string): DriftbellError {
  return new DriftbellError('model.conflict', {
    expected: `${slug} as it was when the dialog was opened`,
    received: 'a model that somebody else has changed since',
    remedy: `${again}: it shows what holds now`,
  });
}
