import { enqueueReport, reportById, settle, voteReasonWords, wentBack } from '../src/alerting/index.ts';
import { DriftbellError } from '../src/domain/errors.ts';
import { feedbackActions } from '../src/domain/feedback-action.ts';
import type { FindingId, MarkId, ReportId, UserId } from '../src/domain/identifiers.ts';
import type { Model } from '../src/domain/model.ts';
import type { Report } from '../src/domain/report.ts';
import type { SeriesMark } from '../src/domain/series-mark.ts';
import { type Verdict, type VoteReason, voteReasons } from '../src/domain/vote.ts';
import { type Untaught, type VoteDone, vote } from '../src/feedback/index.ts';
import { formatWindow } from '../src/messages/format-window.ts';
import { inlineMessage } from '../src/messages/inline-message.ts';
import { type Action, type Message, type MessageBlock, plainMessage, text } from '../src/messages/message.ts';
import { authorise } from './authorise.ts';
import type { CommandDeps } from './command.ts';
import { effectWords, realWords } from './mark-words.ts';
import { reasonQuestion } from './reason-question.ts';

export type VotePressDeps = Pick<CommandDeps, 'stores' | 'clock' | 'access' | 'learning'>;

interface Subject {
  readonly report: Report;
  readonly findingId?: FindingId;
  readonly user: UserId;
}

interface OfReport {
  readonly reportId: ReportId;
  readonly user: UserId;
}

interface OfFinding {
  readonly findingId: FindingId;
  readonly user: UserId;
}

interface Thumb {
  readonly verdict: Verdict;
  readonly word?: string;
}

interface Because {
  readonly reason: VoteReason;
  readonly word?: string;
}

/** The verbs behind thumbs, reasons and what takes them back. Errors are `report.unknown` and `access.denied`. */
export function createVotePresses(deps: VotePressDeps) {
  const { stores, clock } = deps;

  function cast({ report, findingId, user }: Subject, verdict: Verdict, reason?: VoteReason, word?: string) {
    return vote(
      {
        stores,
        clock,
        reportById: (id) => reportById(stores, id),
        showAnew: (shown) => enqueueReport(stores, shown, clock.now()),
        judged: deps.learning?.judged,
      },
      {
        ...{ reportId: report.id, by: user, verdict },
        ...(findingId === undefined ? {} : { findingId }),
        ...(reason === undefined ? {} : { reason }),
        ...(word === undefined ? {} : { word }),
      },
    );
  }

  async function thumb(subject: Subject, verdict: Verdict, word?: string): Promise<Message> {
    await may(subject, 'vote.cast');
    const done = cast(subject, verdict, undefined, word);
    if (verdict === 'not_useful') return reasonQuestion(subject);
    const what = subject.findingId === undefined ? 'report' : 'finding';
    if (!done.isChanged) return plainMessage('You said so before; it is kept.');
    const thanks = done.untaught === undefined ? 'Thank you.' : untaughtWords[done.untaught];
    return inlineMessage([text(`Noted: this ${what} is real. ${thanks}`), ...realWords(done, modelOf(subject.report))]);
  }

  async function because(subject: Subject, reason: VoteReason, word?: string): Promise<Message> {
    await may(subject, 'vote.cast');
    if (reason === 'new_normal' && isBack(subject)) return noNewNormal(subject);
    return stores.transaction(() => {
      const done = cast(subject, 'not_useful', reason, word);
      const { report, user } = subject;
      const settled =
        reason === 'new_normal' ? settle({ stores, clock }, { reportId: report.id, by: user }) : undefined;
      return reasonAnswer({ ...subject, report: settled ?? report }, reason, done);
    });
  }

  function isBack({ report, findingId }: Subject): boolean {
    const about = report.findings.filter(({ id }) => findingId === undefined || id === findingId);
    return wentBack(stores, report, about);
  }

  /** There is no new level to begin with; the other reasons are asked for. */
  function noNewNormal(subject: Subject): Message {
    const { report, findingId } = subject;
    const what = findingId === undefined ? `what report #${report.id} told of` : 'what this finding told of';
    const { zone } = modelOf(report);
    const when = report.resolved === undefined ? '' : ` by ${formatWindow(report.resolved, zone)}`;
    const question = `No new normal is noted: ${what} went back${when}, so there is no new level to take for normal. What was it?`;
    return reasonQuestion(subject, { question, reasons: voteReasons.filter((one) => one !== 'new_normal') });
  }

  function reasonAnswer({ report, findingId }: Subject, reason: VoteReason, done: VoteDone): Message {
    const closed = report.ending === 'settled' ? ` Report #${report.id} is closed with that.` : '';
    // What acts at once and says that the detector was right to look is not learned from anyway.
    const isToBeLearned = reason === 'false_alarm' || reason === 'not_important';
    const untaught = isToBeLearned && done.untaught !== undefined ? ` ${untaughtWords[done.untaught]}` : '';
    const model = modelOf(report);
    const effect = model.retiredAt === undefined ? effectWords(done, model) : retiredWords(model);
    const words = `Noted: ${voteReasonWords[reason]}. ${effect}${untaught}${closed}`;
    const lastMark = Math.max(0, ...done.marks.map(({ id }) => id));
    const value = `${report.id}:${findingId ?? ''}:${lastMark}`;
    const undo: Action = { type: 'button', action: feedbackActions.undoVote, text: 'Undo', value };
    const blocks: MessageBlock[] = [{ type: 'paragraph', content: [text(words)] }];
    if (done.marks.length > 0) blocks.push({ type: 'actions', actions: [undo] });
    return { text: words, blocks };
  }

  // Asynchronous, so that what is unknown rejects instead of throwing.
  const ofReport = async ({ reportId, user }: OfReport): Promise<Subject> => ({
    report: reportById(stores, reportId),
    user,
  });
  const ofFinding = async ({ findingId, user }: OfFinding): Promise<Subject> => ({
    report: reportOf(findingId),
    findingId,
    user,
  });

  return {
    vote: async (press: OfReport & Thumb) => thumb(await ofReport(press), press.verdict, press.word),
    voteReason: async (press: OfReport & Because) => because(await ofReport(press), press.reason, press.word),
    findingVote: async (press: OfFinding & Thumb) => thumb(await ofFinding(press), press.verdict, press.word),
    findingReason: async (press: OfFinding & Because) => because(await ofFinding(press), press.reason, press.word),
    newNormal: async (press: OfReport) => because(await ofReport(press), 'new_normal'),
    /** Without a finding, all that the person said of the report. */
    async undoVote(press: OfReport & Partial<OfFinding> & { readonly lastMark?: MarkId }): Promise<Message> {
      const subject = await ofReport(press);
      await may(subject, 'vote.undo');
      return stores.transaction(() => {
        const standing = stores.seriesMarks
          .ofReport(press.reportId)
          .filter(({ by, findingId }) => by === press.user && (press.findingId ?? findingId) === findingId);
        const own = standing.filter(({ id }) => id <= (press.lastMark ?? id));
        for (const mark of own) undo(mark, press.user, modelOf(subject.report));
        if (own.length === 0) {
          const later = standing.length === 0 ? '' : ' What you said later stands; undo it where that was answered.';
          return plainMessage(`There was nothing of yours to undo.${later}`);
        }
        const again =
          subject.report.ending === 'settled' ? ' The report stays closed; what stays out is reported anew.' : '';
        return plainMessage(
          `Undone: what your votes did at once. The votes stay; press the other thumb if you change your mind.${again}`,
        );
      });
    },
  };

  function undo({ id, kind }: SeriesMark, by: UserId, { slug }: Model): void {
    const at = clock.now();
    stores.seriesMarks.undo(id, by, at);
    stores.audit.add({ at, by, action: 'mark.undo', subject: `model:${slug}`, facts: { mark: id, kind } });
  }

  async function may({ report, user }: Subject, action: string): Promise<void> {
    await authorise(deps, { user, action, need: 'responder', model: modelOf(report) });
  }

  function modelOf({ modelId }: Report): Model {
    const model = stores.models.byId(modelId);
    if (model !== undefined) return model;
    throw gone('report.unknown', 'a report of a model that is kept');
  }

  function reportOf(findingId: FindingId): Report {
    const report = stores.reports.byFinding(findingId);
    if (report !== undefined) return report;
    throw gone('report.unknown', 'a finding that is kept');
  }
}

function retiredWords({ slug }: Model): string {
  return `The vote is kept and does nothing at once: ${slug} is retired, so no window of it is judged any more.`;
}

function gone(code: 'report.unknown', expected: string): DriftbellError {
  return new DriftbellError(code, {
    expected,
    received: 'one that is gone',
    remedy: 'use the newest message about the model',
  });
}

const untaughtWords: Readonly<Record<Untaught, string>> = {
  left_out:
    'The vote is kept; nothing is learned from it at night, since its windows were muted or injected on purpose.',
  rules:
    'The vote is kept; nothing is learned from it at night, since a rule told of this and not a band: learning changes no rule.',
  unseen:
    'The vote is kept; nothing can be learned from it at night, since what its windows were judged by is kept no longer.',
};
