import { type Departure, isAboutAsFar } from '../../domain/departure.ts';
import { groupBy } from '../../domain/group-by.ts';
import { type EpochMs, type FindingId, SYSTEM_USER } from '../../domain/identifiers.ts';
import type { StoredLabel } from '../../domain/label.ts';
import type { Model } from '../../domain/model.ts';
import type { Report } from '../../domain/report.ts';
import type { SeriesMark } from '../../domain/series-mark.ts';
import { isSameOrTwin, isSameSide, sideName } from '../../domain/twin-series.ts';
import { formatInstant } from '../../messages/format-instant.ts';
import { sentence } from '../../messages/message.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Stores } from '../../ports/stores.ts';
import { shareInterval } from '../health/share-interval.ts';
import { standingLabels } from '../labels/standing-labels.ts';
import { type ToldFinding, toldFindings, votedReports } from '../votes/told-findings.ts';
import { wrongShares } from '../votes/voter-reliability.ts';
import { markedWords, noteMark } from './note-mark.ts';

/**
 * What comes with each month, such as a batch at its end, and that nobody voted on: where votes say that what comes again
 * after a month is a false alarm, the next time of it stays quiet, too.
 *
 * A finding came again when the same series went the same way about as far a month later, whether that was told or held. Of
 * all findings of the workspace that were voted on and came again, a share s was called a false alarm. With a share w of wrong
 * votes (`wrongShares`) the share that is one is
 *
 *   p = (s - w) / (1 - 2 w)
 *
 * Where LEAST_RETURNED came again and p is at least LEAST_FALSE at the low end of the interval of s, each finding that nobody
 * voted on is quieted until it could have come again (`RETURN_DAYS`), unless people called one like it on the series real.
 * What was injected on purpose is left out. Edge cases: without votes, or where more than MOST_WRONG of them seem
 * wrong, nothing is quieted.
 */
export interface ReturnsDeps {
  readonly stores: Pick<
    Stores,
    'models' | 'reports' | 'votes' | 'labels' | 'events' | 'seriesMarks' | 'audit' | 'outbox' | 'transaction'
  >;
  readonly clock: Clock;
}

/** Months have 28 to 31 days, and a batch may come a working day early or late. */
const RETURN_DAYS = { least: 26, most: 33 } as const;
/** So long people have to vote before silence counts. */
const SILENT_DAYS = 14;
/** As the cut of stage 2: what is quieted may be real one time in five. */
const LEAST_FALSE = 0.8;
/** Where more seem wrong, silence counts for nothing. */
const MOST_WRONG = 0.2;
/** Fewer that came again say nothing. */
const LEAST_RETURNED = 20;
/** Standard deviations: four in five sure, as nothing is lost for long; what is held is told in its thread and undone by a 👍. */
const SURE = 0.84;
const DAY_MS = 86_400_000;

/** What was known when it was decided that returns stay quiet. */
export interface ReturnsEvidence {
  /** Findings that were voted on and came again. */
  readonly returned: number;
  /** Of them, those that were called a false alarm. */
  readonly falseAlarms: number;
}

export function expectReturns({ stores, clock }: ReturnsDeps): readonly SeriesMark[] {
  const now = clock.now();
  return stores.transaction(() => {
    const histories = stores.models.list().map((model) => historyOf(stores, model, now));
    const evidence = evidenceOf(histories.flatMap(({ told }) => told));
    if (!isTrusted(evidence, wrongShares(stores.votes.spoken()).usual)) return [];
    return histories.flatMap(({ model, told, marks }) =>
      told
        .filter((one) => isSilent(one, now) && !marks.some((mark) => isLike(one, mark)))
        .filter(({ id }) => !stores.seriesMarks.wasPut(id, SYSTEM_USER))
        .map((one) => expectReturn(stores, { model, one, evidence, now })),
    );
  });
}

interface Expected {
  readonly model: Model;
  readonly one: Returning;
  readonly evidence: ReturnsEvidence;
  readonly now: EpochMs;
}

/** A finding as far as its return matters. */
interface Returning {
  readonly id: FindingId;
  readonly reportId: Report['id'];
  readonly series: SeriesMark['series'];
  readonly isAbove: boolean;
  readonly departure: Departure;
  readonly fromMs: EpochMs;
  readonly toMs: EpochMs;
  readonly isOver: boolean;
  readonly isBand: boolean;
  /** Above 0: people say that it was real; undefined: nobody voted. */
  readonly balance?: number;
  readonly cameAgain: boolean;
  /** People called one like it on its series and side real. */
  readonly wasReal: boolean;
}

interface History {
  readonly model: Model;
  readonly told: readonly Returning[];
  readonly marks: readonly SeriesMark[];
}

function historyOf(stores: ReturnsDeps['stores'], model: Model, now: EpochMs): History {
  const marks = stores.seriesMarks.active(model.id, now).filter(({ kind }) => kind === 'quieted');
  const all = votedReports(stores, model);
  const labels = standingLabels(all.votes, all.labels);
  const injected = stores.events.overlapping(model.id, 0, now).filter(({ kind }) => kind === 'injected');
  const told = toldFindings(model, all)
    .map((one) => returningOf(one, labels))
    .filter(({ fromMs, toMs }) => !injected.some(({ startMs, endMs }) => startMs < toMs && endMs > fromMs));
  const bySeries = groupBy(told, ({ series, isAbove }) => sideName(series, isAbove));
  const lastHeld = new Map(
    marks.flatMap(({ findingId, lastHeldMs }) => (findingId === undefined ? [] : [[findingId, lastHeldMs] as const])),
  );
  return {
    ...{ model, marks },
    told: [...bySeries.values()].flatMap((alike) =>
      alike.map((one) => ({
        ...one,
        cameAgain:
          isMonthsLater(one.fromMs, lastHeld.get(one.id)) ||
          alike.some((later) => isMonthLater(one.fromMs, later.fromMs) && isAboutAsFar(later.departure, one.departure)),
        wasReal: alike.some(({ balance = 0, departure }) => balance > 0 && isAboutAsFar(one.departure, departure)),
      })),
    ),
  };
}

function returningOf(
  { finding: { id, series, worst, from, to }, report, spoken, isAbove, departure }: ToldFinding,
  labels: readonly StoredLabel[],
): Returning {
  // What was expected once, is the new normal or does not matter says nothing of what comes again.
  const plain = spoken.filter(({ vote: { reason } }) => reason === undefined || reason === 'false_alarm');
  const isNamed = labels.some(
    ({ series: of, fromMs, toMs }) => isSameOrTwin(of, series) && fromMs < to.endMs && toMs > from.startMs,
  );
  return {
    ...{ id, reportId: report.id, series, isOver: report.state === 'resolved', isBand: worst.rule === 'band' },
    ...{ cameAgain: false, wasReal: false, isAbove, departure },
    ...{ fromMs: from.startMs, toMs: to.endMs },
    ...((spoken.length > 0 || isNamed) && { balance: plain.reduce((sum, { weight }) => sum + weight, 0) }),
  };
}

function isMonthLater(fromMs: EpochMs, laterMs: EpochMs): boolean {
  const days = (laterMs - fromMs) / DAY_MS;
  return days >= RETURN_DAYS.least && days <= RETURN_DAYS.most;
}

/** Of a mark only the last time is kept that it held something: one month later, or several. */
function isMonthsLater(fromMs: EpochMs, lastMs: EpochMs | undefined): boolean {
  if (lastMs === undefined) return false;
  const days = (lastMs - fromMs) / DAY_MS;
  return Math.ceil(days / RETURN_DAYS.most) <= Math.floor(days / RETURN_DAYS.least);
}

function evidenceOf(told: readonly Returning[]): ReturnsEvidence {
  const returned = told.filter(({ balance, cameAgain }) => cameAgain && balance !== undefined && balance !== 0);
  return { returned: returned.length, falseAlarms: returned.filter(({ balance = 0 }) => balance < 0).length };
}

function isTrusted({ returned, falseAlarms }: ReturnsEvidence, wrong: number): boolean {
  if (wrong > MOST_WRONG || returned < LEAST_RETURNED) return false;
  return (shareInterval(falseAlarms, returned, SURE).low - wrong) / (1 - 2 * wrong) >= LEAST_FALSE;
}

function isSilent({ balance, wasReal, isBand, isOver, fromMs }: Returning, now: EpochMs): boolean {
  if (balance !== undefined || wasReal || !isBand || !isOver) return false;
  const days = (now - fromMs) / DAY_MS;
  return days >= SILENT_DAYS && days <= RETURN_DAYS.most;
}

function isLike(one: Returning, { series, isAbove = false, departure }: SeriesMark): boolean {
  return isSameSide(one, { series, isAbove }) && isAboutAsFar(one.departure, departure);
}

function expectReturn(stores: ReturnsDeps['stores'], { model, one, evidence, now }: Expected): SeriesMark {
  const { id: findingId, reportId, series, isAbove, departure, fromMs, toMs } = one;
  const expiresAt = fromMs + (RETURN_DAYS.most + 1) * DAY_MS;
  const mark = stores.seriesMarks.put({
    ...{ modelId: model.id, series, kind: 'quieted', fromMs, toMs, isAbove, departure, expiresAt },
    ...{ by: SYSTEM_USER, at: now, reportId, findingId },
  });
  const words = sentence(expectedWords(mark, model, evidence));
  noteMark(stores, { model, mark, action: 'mark.expect', key: 'expected', facts: { ...evidence }, words, now });
  return mark;
}

function expectedWords(
  { id, series, expiresAt }: SeriesMark,
  { slug, zone }: Model,
  { returned, falseAlarms }: ReturnsEvidence,
): string {
  const until = formatInstant(expiresAt ?? 0, zone);
  return `Nobody has said what ${markedWords(series)} was. Of ${returned} findings that people voted on and that came again after a month, ${falseAlarms} were called false alarms; so if it comes again about as far by ${until}, it stays quiet. Press 👍 if it matters, or type \`/drift marks ${slug} undo ${id}\`.`;
}
