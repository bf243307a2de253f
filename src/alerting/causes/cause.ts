import type { Column } from '../../domain/column.ts';
import type { StoredFinding } from '../../domain/finding.ts';
import type { DeclaredEvent } from '../../domain/model.ts';
import type { Window } from '../../domain/window.ts';
import type { Signature } from './signature.ts';

/** Why findings are taken for one story, the most telling first. */
export const causeLinks = ['deploy', 'schema', 'signature', 'column', 'prefix', 'correlation', 'upstream'] as const;
export type CauseLink = (typeof causeLinks)[number];

/** Findings that are likely one story. */
export interface Cause {
  /** The strongest first; never empty. */
  readonly findings: readonly StoredFinding[];
  readonly onset: Window;
  /** Absent for one that stands alone. */
  readonly links: readonly CauseLink[];
  /** What all of it looks like, where most agree. */
  readonly signature?: Signature;
  /** What the names of all its columns begin with. */
  readonly prefix?: string;
  readonly event?: DeclaredEvent;
  /** Part of the rows that went missing, where it is the same in all of them, 0..1. */
  readonly lostShare?: number;
  /** Simes' tail probability of the group; absent where a finding has none. */
  readonly tail?: number;
  /** Severity x importance x movement of the score: what causes are ordered by. */
  readonly weight: number;
}

export interface CauseInput {
  readonly findings: readonly StoredFinding[];
  /** What is watched, with the importance of the features. */
  readonly columns: readonly Column[];
  readonly events: readonly DeclaredEvent[];
  /**
   * Deviations of series in the windows before the incident, by series name: (value - baseline) / (upper - lower), NaN
   * where a window was not judged. All of one length, on the same windows.
   */
  readonly pastDeviations: ReadonlyMap<string, Float64Array>;
}
