import { type DetectorManifest, detectorVersion } from '../domain/detector.ts';
import { type Examined, well } from '../domain/examined.ts';

/** Of a detector that could be loaded: that is when its checksum is looked at. */
export function detectorWords(manifest: DetectorManifest): Examined {
  const { configuration } = manifest;
  return well(
    'detector',
    `${detectorVersion(manifest)}, ${configuration}: its weights have the checksum of its manifest.`,
  );
}
