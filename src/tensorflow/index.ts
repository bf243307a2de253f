export { type BackendName, backendNames, startBackend } from './backend.ts';
export { createDetector, createDetectorFrom, type DetectorOptions } from './create-detector.ts';
export { describeShortTerm, describeWeights } from './describe-weights.ts';
export { checksumOf, encodeWeights, type LoadedDetector, loadDetector, saveDetector } from './detector-folder.ts';
export { fitContext } from './fit-context.ts';
export { MANIFEST_FORMAT, ManifestFile, SHORT_TERM_FILE, WEIGHTS_FILE } from './manifest.ts';
export { type TrainDetectorOptions, type TrainedDetector, trainDetector } from './train-detector.ts';
export { type TrainDriftbellOptions, type TrainedDriftbell, trainDriftbell } from './train-driftbell.ts';
