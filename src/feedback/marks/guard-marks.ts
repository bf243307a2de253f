import { type Departure, isAboutAsFar } from '../../domain/departure.ts';
import { type EpochMs, SYSTEM_USER } from '../../domain/identifiers.ts';
import type { StoredLabel } from '../../domain/label.ts';
import type { Model } from '../../domain/model.ts';
import type { SeriesKey } from '../../domain/series.ts';
import type { MarkKind, SeriesMark } from '../../domain/series-mark.ts';
import { isSameOrTwin, isSameSide } from '../../domain/twin-series.ts';
import { text, user } from '../../messages/message.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Stores } from '../../ports/stores.ts';
import { standingLabels } from '../labels/standing-labels.ts';
import { type DoubtReason, falseAlarmDoubt, isEnough } from '../votes/false-alarm-probability.ts';
import { personWeight, TIE } from '../votes/finding-balance.ts';
import { type ToldFinding, toldFindings, votedReports } from '../votes/told-findings.ts';
import { wrongShares } from '../votes/voter-reliability.ts';
import { markedWords, noteMark } from './note-mark.ts';

/**
 * What votes do at once passes no gate, so it is looked at again each night.
 *
 * balance of a mark = sum over the findings that it is about, or would hide, of the latest word of each person: real counts
 * for it to go, any thumb down for it to stay; an owner's word twice, a word on the whole report for REPORT_WEIGHT; and
 * what people said by hand of windows that it held. Above 0 the mark is lifted; a tie leaves it. A quiet pattern that votes are
 * not sure enough of, by what is known since (`falseAlarmDoubt`), is lifted as well.
 */
export interface GuardDeps {
  readonly stores: Pick<
    Stores,
    'models' | 'reports' | 'votes' | 'labels' | 'seriesMarks' | 'audit' | 'outbox' | 'transaction'
  >;
  readonly clock: Clock;
}

/** Lifts what more weight speaks against than for, with a line in the thread; the marks that were lifted. */
export function guardMarks({ stores, clock }: GuardDeps): readonly SeriesMark[] {
  const now = clock.now();
  return stores.transaction(() => {
    const wrong = wrongShares(stores.votes.spoken());
    return stores.models.list().flatMap((model) => {
      const marks = stores.seriesMarks.active(model.id, now);
      if (marks.length === 0) return [];
      const all = votedReports(stores, model);
      const told = toldFindings(model, all);
      const words = [...saidWords(model, standingLabels(all.votes, all.labels)), ...votedWords(told)];
      const contradicted = marks.filter((mark) => isContradicted(mark, words));
      const { probability, why } = falseAlarmDoubt(told, wrong);
      const unsure = marks.filter(
        (mark) => !contradicted.includes(mark) && isByVote(mark) && !isEnough(probability(patternOf(mark))),
      );
      for (const mark of contradicted) lift(stores, model, mark, { now, why: 'more weight speaks for it being real' });
      for (const mark of unsure)
        lift(stores, model, mark, { now, why: `${DOUBTS[why(mark.by)]}, so it takes a second one` });
      return [...contradicted, ...unsure];
    });
  });
}

const DOUBTS: Readonly<Record<DoubtReason, string>> = {
  contradicted: 'votes are contradicted often',
  mostly_real: 'people mostly call findings there real, and one vote may be a slip',
};

/** A quiet pattern that a person voted for. */
function isByVote({ kind, by, reportId }: SeriesMark): boolean {
  return kind === 'quieted' && by !== SYSTEM_USER && reportId !== undefined;
}

function patternOf({ series, isAbove, departure }: SeriesMark) {
  return { series, isAbove: isAbove === true, departure };
}

function isContradicted(mark: SeriesMark, words: readonly Word[]): boolean {
  const about = words.filter((word) => isAbout(mark, word));
  return about.reduce((sum, { weight }) => sum + weight, 0) > TIE;
}

/** What people said of a finding, or of windows by hand. Above 0: it was real. */
interface Word {
  readonly weight: number;
  readonly series: SeriesKey;
  readonly isAbove: boolean;
  readonly fromMs: EpochMs;
  readonly toMs: EpochMs;
  /** Of a finding; absent: said by hand. */
  readonly departure?: Departure;
}

function isAbout(mark: SeriesMark, word: Word): boolean {
  if (!isSameOrTwin(word.series, mark.series)) return false;
  if (mark.kind === 'quieted') {
    if (!isSameSide(word, patternOf(mark))) return false;
    return word.departure === undefined ? word.toMs > mark.at : isAboutAsFar(word.departure, mark.departure);
  }
  // What came after the vote is another story, but for windows that were expected.
  const toMs = mark.toMs ?? Math.max(mark.at, mark.fromMs + 1);
  return word.fromMs < toMs && word.toMs > mark.fromMs;
}

function votedWords(told: readonly ToldFinding[]): readonly Word[] {
  return told.flatMap(({ finding: { series, from, to }, isAbove, departure, spoken }) =>
    spoken.map(({ weight }) => ({
      ...{ series, isAbove, departure },
      ...{ fromMs: from.startMs, toMs: to.endMs, weight },
    })),
  );
}

function saidWords(model: Model, labels: readonly StoredLabel[]): readonly Word[] {
  return labels.flatMap(({ series, fromMs, toMs, verdict, by, weight: brought, windows }) => {
    const weight = (verdict === 'real' ? 1 : -1) * (brought ?? personWeight(model, by));
    const sides = new Set(windows.map(({ isAbove }) => isAbove));
    return [...sides].map((isAbove) => ({ weight, series, isAbove, fromMs, toMs }));
  });
}

const WAS: Readonly<Record<MarkKind, string>> = {
  quieted: 'is no longer quiet',
  expected_once: 'no longer counts as expected',
  new_normal: 'is no longer taken for a new normal',
  not_important: 'no longer counts as unimportant',
};

function lift(
  stores: GuardDeps['stores'],
  model: Model,
  mark: SeriesMark,
  { now, why }: { readonly now: EpochMs; readonly why: string },
) {
  const { id, series, kind, by } = mark;
  stores.seriesMarks.undo(id, SYSTEM_USER, now);
  const whose = by === SYSTEM_USER ? [text('by Driftbell')] : [text('by a vote of '), user(by)];
  const words = [
    text(`${markedWords(series)} ${WAS[kind]} `),
    ...whose,
    text(`: ${why}. It holds from the next window on.`),
  ];
  noteMark(stores, { model, mark, action: 'mark.lift', key: 'lifted', facts: { by }, words, now });
}
