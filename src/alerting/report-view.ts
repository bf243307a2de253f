import type { EpochMs, UserId } from '../domain/identifiers.ts';
import type { DeclaredEvent, Model } from '../domain/model.ts';
import type { Mute } from '../domain/mute.ts';
import type { Report } from '../domain/report.ts';
import type { Vote } from '../domain/vote.ts';
import type { Cause } from './causes/index.ts';
import type { FilterCount } from './dropped-by.ts';
import type { Picture } from './picture.ts';

/** Everything a report's message is made of: a value, so that the message is a pure function of it. */
export interface ReportView {
  readonly report: Report;
  readonly model: Model;
  readonly votes: readonly Vote[];
  readonly events: readonly DeclaredEvent[];
  readonly mute?: Mute;
  /** Series that were judged in the newest window, the report's own among them. */
  readonly watchedSeries: number;
  /** False when the score's mean was judged and stayed inside its band; absent when it was not judged. */
  readonly hasScoreMoved?: boolean;
  /** Columns of a resolved report of which the same is still true: it lasts so long that it is a habit. */
  readonly lastingColumns?: readonly string[];
  /** What the findings are likely about, the strongest first. */
  readonly causes: readonly Cause[];
  /** What filters left out of the newest window. */
  readonly droppedBy: readonly FilterCount[];
  /** Importance of the features where it was told, by column. */
  readonly importance: Readonly<Record<string, number>>;
  /** Who is to be told at once. */
  readonly mentions: readonly UserId[];
  readonly detectorName: string;
  readonly chart?: Picture;
  readonly now: EpochMs;
}

export interface Tally {
  readonly real: readonly UserId[];
  readonly notUseful: readonly Vote[];
}

/** Who says what of a report or any of its findings; a person who says the same of several is named once. */
export function tally(votes: readonly Vote[]): Tally {
  const notUseful = votes.filter(({ verdict }) => verdict === 'not_useful');
  const isFirst = ({ by, reason }: Vote, place: number) =>
    notUseful.findIndex((vote) => vote.by === by && vote.reason === reason) === place;
  return {
    real: [...new Set(votes.filter(({ verdict }) => verdict === 'real').map(({ by }) => by))],
    notUseful: notUseful.filter(isFirst),
  };
}
