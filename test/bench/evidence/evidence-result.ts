import type { StatisticKind } from '../../../src/domain/statistic-kind.ts';
import type { CleanFigures } from './clean-figures.ts';
import type { Excerpt } from './excerpts.ts';
import type { SetFigures } from './measure-sets.ts';
import type { Reliability } from './reliability.ts';
import type { DetectorFacts } from './variants.ts';

/** All that the document says, but for the seconds. */
export interface EvidenceResult {
  readonly command: string;
  readonly versions: string;
  readonly detectors: readonly DetectorFacts[];
  readonly sets: readonly SetFigures[];
  readonly clean: readonly CleanFigures[];
  readonly cleanWindows: Readonly<Record<StatisticKind, number>>;
  /** False episodes per 1,000 series-weeks of real daily series as they are, by the detectors' own rules. */
  readonly cleanDaily: readonly { readonly variant: string; readonly rate: number | null }[];
  /** Of the compared variant; empty where it has no tail probabilities. */
  readonly reliability: readonly Reliability[];
  /** For the pictures. */
  readonly excerpts: readonly Excerpt[];
}
