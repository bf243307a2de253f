import type { StoredFinding } from '../../domain/finding.ts';
import type { FindingId } from '../../domain/identifiers.ts';
import type { Model } from '../../domain/model.ts';
import type { Report } from '../../domain/report.ts';
import type { Vote } from '../../domain/vote.ts';
import { plainMessage } from '../../messages/message.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Stores } from '../../ports/stores.ts';
import { markedWords } from '../marks/note-mark.ts';
import { balanceOf, isMatterOfTaste, REPORT_WEIGHT, wordsOn } from './finding-balance.ts';
import { votesOnFinding } from './votes-on-finding.ts';

/** What the rule makes of the votes on a finding at present. */
type Outcome = 'real' | 'false_alarm' | 'unimportant' | 'tie' | 'untaught';

interface Disputed {
  readonly model: Model;
  readonly report: Report;
  /** The finding that was voted on; absent: the whole report. */
  readonly findingId: FindingId | undefined;
  readonly now: number;
}

/**
 * Tells the thread, once for a report and once for each of its findings, that people contradict each other: what counts at
 * present and how it is settled; and once that they agree after all. After it was said of the report nothing more is said of
 * its findings.
 */
export function noteDispute(
  { votes, outbox, seriesMarks }: Pick<Stores, 'votes' | 'outbox' | 'seriesMarks'>,
  { model, report, findingId, now: at }: Disputed,
): void {
  const cast = votes.ofReport(report.id);
  const about = report.findings.filter(({ id }) => findingId === undefined || id === findingId);
  const disputed = about.filter(({ id }) => isDisputed(plainWords(model, cast, id)));
  const add = (key: string, words: string) =>
    outbox.add({
      ...{ kind: 'note', reportId: report.id, revision: 0, isBroadcast: false, at },
      ...{ key, message: plainMessage(words) },
    });
  if (disputed.length > 0) {
    if (outbox.has(keyOf('disputed', report))) return;
    const isQuieted = seriesMarks
      .ofReport(report.id)
      .some((mark) => mark.kind === 'quieted' && disputed.some(({ id }) => id === mark.findingId));
    const words = disputeWords(model, { cast, findings: disputed, findingId, isQuieted });
    add(keyOf('disputed', report, findingId), words);
    return;
  }
  const told = [findingId, undefined].find((of) => outbox.has(keyOf('disputed', report, of)));
  const wasTold = outbox.has(keyOf('disputed', report, told));
  const findings = report.findings.filter(({ id }) => told === undefined || id === told);
  if (!wasTold || findings.some(({ id }) => isDisputed(plainWords(model, cast, id)))) return;
  add(keyOf('agreed', report, told), agreedWords(model, { cast, findings, findingId: told }));
}

/** Of a thumb down whose reason did not come by the night. */
const LATE_MS = 2 * 86_400_000;

/** What `noteDispute` says of votes that wait for their reason: it decides how they count. */
export function noteLateDisputes({
  stores,
  clock,
}: {
  readonly stores: Pick<Stores, 'models' | 'reports' | 'votes' | 'outbox' | 'seriesMarks' | 'transaction'>;
  readonly clock: Clock;
}): void {
  const now = clock.now();
  stores.transaction(() => {
    for (const model of stores.models.list()) {
      const late = stores.votes.ofModel(model.id).filter((vote) => waitsForReason(vote) && vote.at > now - LATE_MS);
      for (const { reportId, findingId } of late) {
        const report = stores.reports.byId(reportId);
        if (report !== undefined) noteDispute(stores, { model, report, findingId, now });
      }
    }
  });
}

/** True of a thumb down while its reason may still be chosen. */
export function waitsForReason({ verdict, reason }: Pick<Vote, 'verdict' | 'reason'>): boolean {
  return verdict === 'not_useful' && reason === undefined;
}

/** Of what is told once for a report, or for a finding of it. */
function keyOf(what: 'disputed' | 'agreed', { id }: Report, findingId?: FindingId): string {
  return `${what}:${id}${findingId === undefined ? '' : `:${findingId}`}`;
}

/** What was expected, or is the new normal, contradicts nobody: the detector was right to look. */
function plainWords(model: Model, cast: readonly Vote[], findingId: FindingId): readonly Vote[] {
  return votesOnFinding(model, cast, findingId)
    .map(({ vote }) => vote)
    .filter(({ reason }) => reason !== 'expected_once' && reason !== 'new_normal');
}

function isDisputed(words: readonly Vote[]): boolean {
  return new Set(words.map(({ verdict }) => verdict)).size > 1;
}

const OUTCOME_WORDS: Readonly<Record<Outcome, string>> = {
  real: 'real',
  false_alarm: 'a false alarm',
  unimportant: 'true but unimportant',
  tie: 'a tie, of which nothing is learned',
  untaught: 'nothing, since there is nothing to learn from',
};

interface Voted {
  readonly cast: readonly Vote[];
  readonly findings: readonly StoredFinding[];
  /** Absent: the whole report. */
  readonly findingId: FindingId | undefined;
}

/** `this report`, or what a finding is about, and how many say what. */
function tally(model: Model, { cast, findings, findingId }: Voted): { readonly what: string; readonly thumbs: string } {
  const [first] = findings as readonly [StoredFinding];
  const words = findings.flatMap(({ id }) => plainWords(model, cast, id));
  const people = (verdict: Vote['verdict']) =>
    new Set(words.filter((vote) => vote.verdict === verdict).map(({ by }) => by)).size;
  const what = findingId === undefined ? 'this report' : markedWords(first.series);
  return { what, thumbs: `${people('real')} 👍, ${people('not_useful')} 👎` };
}

function agreedWords(model: Model, voted: Voted): string {
  const { what, thumbs } = tally(model, voted);
  const outcomes = voted.findings.map(({ id }) => outcomeOf(model, voted.cast, id));
  return `Votes on ${what} agree now: ${thumbs}. ${presentWords(outcomes).replace('For now', 'So')}`;
}

function disputeWords(model: Model, voted: Voted & { readonly isQuieted: boolean }): string {
  const { cast, findings, isQuieted } = voted;
  const words = findings.flatMap(({ id }) => plainWords(model, cast, id));
  const { what, thumbs } = tally(model, voted);
  return [
    `Votes on ${what} disagree: ${thumbs}.`,
    presentWords(findings.map(({ id }) => outcomeOf(model, cast, id))),
    ...(isQuieted ? ['What a 👎 quieted stays quiet unless the night finds that more weight calls it real.'] : []),
    ruleWords(words),
    'To settle it, agree and press the other thumb, or let one more person vote.',
  ].join(' ');
}

function ruleWords(words: readonly Vote[]): string {
  const kinds = new Set(words.map((vote) => vote.findingId === undefined));
  const broad = kinds.size > 1 ? `, one on the whole report ${REPORT_WEIGHT} of one on a finding` : '';
  return `The latest word of each person counts, an owner’s twice, a 👎 without a reason half${broad}.`;
}

function presentWords(outcomes: readonly Outcome[]): string {
  const different = [...new Set(outcomes)];
  if (different.length === 1) return `For now that counts as ${OUTCOME_WORDS[different[0] as Outcome]}.`;
  const counts = different.map((outcome, place) => {
    const many = outcomes.filter((one) => one === outcome).length;
    const counted = place > 0 ? '' : ` of ${outcomes.length} findings ${many === 1 ? 'counts' : 'count'}`;
    return `${many}${counted} as ${OUTCOME_WORDS[outcome]}`;
  });
  return `For now ${counts.join('; ')}.`;
}

function outcomeOf(model: Model, cast: readonly Vote[], findingId: FindingId): Outcome {
  const words = wordsOn(model, cast, findingId);
  if (words.length === 0) return 'untaught';
  const { balance, agreeing } = balanceOf(words);
  if (balance === 0) return 'tie';
  if (balance > 0) return 'real';
  return isMatterOfTaste(agreeing) ? 'unimportant' : 'false_alarm';
}
