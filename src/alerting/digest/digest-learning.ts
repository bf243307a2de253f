import type { EpochMs, FindingId, ReportId } from '../../domain/identifiers.ts';
import type { LearningReport } from '../../domain/learned-version.ts';
import type { Model } from '../../domain/model.ts';
import type { SeriesKey } from '../../domain/series.ts';

/** A finding without a vote of which a verdict would teach much. */
export interface DigestQuestion {
  readonly model: string;
  readonly reportId: ReportId;
  readonly findingId: FindingId;
  readonly series: SeriesKey;
  /** On which side of its baseline it is worst. */
  readonly isAbove: boolean;
  /** Probability that it is real, as far as was learned. */
  readonly probability: number;
}

/** What the digest asks of feedback, which is a step of its own. */
export interface DigestLearning {
  /** What a version that is in force changed, in one line. */
  readonly receipt: (number: number, report: LearningReport) => string;
  /** That the detector decays; absent where it holds up. */
  readonly alarm: (now: EpochMs) => string | undefined;
  /** The most telling first; none where most reports have votes. */
  readonly questions: (models: readonly Model[], now: EpochMs) => readonly DigestQuestion[];
}
