import type { DetectorId } from './identifiers.ts';

export const detectorConfigurations = ['paper', 'code', 'driftbell'] as const;
export type DetectorConfiguration = (typeof detectorConfigurations)[number];

/** Measured on the labelled series named in `on`; null where a figure cannot be computed. */
export interface DetectorQuality {
  readonly on: string;
  readonly precision: number | null;
  readonly recall: number | null;
  readonly f1: number | null;
}

/** What is known of a trained pair of networks; written beside the weights as `manifest.json`. */
export interface DetectorManifest {
  readonly name: string;
  readonly configuration: DetectorConfiguration;
  readonly historyWindows: number;
  readonly seed: number;
  readonly trainedOn: string;
  readonly quality: readonly DetectorQuality[];
  /** SHA-256 of the weights file, lower-case hex. */
  readonly checksum: string;
}

export interface StoredDetector {
  readonly id: DetectorId;
  readonly manifest: DetectorManifest;
  readonly folder: string;
}
