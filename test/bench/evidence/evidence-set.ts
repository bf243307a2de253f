import type { EvaluationSet } from '../../../src/detection/index.ts';

/** A set of the evidence, with what a reader must know of it. */
export interface EvidenceSet extends EvaluationSet {
  readonly about: string;
  readonly source: string;
  readonly licence: string;
  /** Names of the sets that the one threshold is chosen on; never the set itself. */
  readonly thresholdFrom: readonly string[];
  /** `real`: values and labels are; `injected`: real values, drawn faults; `synthetic`: drawn; `tuning`: only chosen on. */
  readonly role: 'real' | 'injected' | 'synthetic' | 'tuning';
}
