import { type DetectorManifest, detectorVersion } from '../domain/detector.ts';
import { doubtful, type Examined, ill, well } from '../domain/examined.ts';
import type { DetectorId } from '../domain/identifiers.ts';
import type { CorrectionStore } from '../ports/stores.ts';

/** Of a detector that could be loaded: that is when its checksum is looked at. */
export function detectorWords(manifest: DetectorManifest): Examined {
  const { configuration } = manifest;
  return well(
    'detector',
    `${detectorVersion(manifest)}, ${configuration}: its weights have the checksum of its manifest.`,
  );
}

/** Of what votes taught it: the versions whose weights are not what was written, if there are any. */
export function learnedWords(corrections: Pick<CorrectionStore, 'damaged' | 'inForce'>, id: DetectorId): Examined[] {
  const damaged = corrections.damaged(id);
  if (damaged.length === 0) return [];
  const { version, refused } = corrections.inForce(id) ?? {};
  const which = damaged.length === 1 ? `Version ${damaged[0]} is` : `Versions ${damaged.join(', ')} are`;
  const text = `${which} damaged: the weights do not match their checksum.`;
  const part = 'learned versions';
  const remedy = 'restore the database from a backup, or let the next nights learn anew';
  if (refused === undefined) return [doubtful(part, `${text} None of them is in force.`, remedy)];
  return [ill(part, `${text} Version ${version?.number ?? 0} is in force instead of ${refused}.`, remedy)];
}
