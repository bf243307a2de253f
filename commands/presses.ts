import {
  acknowledge,
  detailsMessage,
  enqueueReport,
  findingsMessage,
  mute,
  presentReport,
  reportById,
  unmute,
  voteReasonWords,
} from '../src/alerting/index.ts';
import type { ReportId, UserId } from '../src/domain/identifiers.ts';
import type { Model } from '../src/domain/model.ts';
import { reportActions } from '../src/domain/report-action.ts';
import type { Role } from '../src/domain/role.ts';
import { requireUntil, resolveUntil } from '../src/domain/until.ts';
import { type Verdict, type VoteReason, voteReasons } from '../src/domain/vote.ts';
import { type JudgedWindows, vote } from '../src/feedback/index.ts';
import { formatInstant } from '../src/messages/format-instant.ts';
import { type Message, plainMessage, text } from '../src/messages/message.ts';
import { authorise } from './authorise.ts';
import type { CommandDeps } from './command.ts';

interface Press {
  readonly reportId: ReportId;
  readonly user: UserId;
}

export interface PressDeps extends Pick<CommandDeps, 'stores' | 'clock' | 'access'> {
  /** Takes what stays out in a report as right from now on. Absent: the answer is kept as a vote. */
  readonly newNormal?: (press: Press) => Message | Promise<Message>;
  /** What a vote is about, as the detector saw it; absent: nothing is learned from votes. */
  readonly judged?: JudgedWindows;
}

/**
 * The verbs behind a report's buttons. Each answers with what only the person sees; the report itself is shown anew
 * through the outbox. Errors are `report.unknown` and `report.conflict`.
 */
export function createPresses(deps: PressDeps) {
  const { stores, clock, judged } = deps;

  function cast(press: Press, verdict: Verdict, reason?: VoteReason): boolean {
    const { isChanged } = vote(
      {
        stores,
        clock,
        reportById: (id) => reportById(stores, id),
        showAnew: (report) => enqueueReport(stores, report, clock.now()),
        judged,
      },
      { reportId: press.reportId, by: press.user, verdict, ...(reason === undefined ? {} : { reason }) },
    );
    return isChanged;
  }

  return {
    async vote(press: Press & { readonly verdict: Verdict }): Promise<Message> {
      await may(press, 'vote.cast');
      const isChanged = cast(press, press.verdict);
      if (press.verdict === 'not_useful') return whyQuestion(press.reportId);
      return plainMessage(isChanged ? 'Noted: this report is real. Thank you.' : 'You said so before; it is kept.');
    },
    async voteReason(press: Press & { readonly reason: VoteReason }): Promise<Message> {
      await may(press, 'vote.cast');
      cast(press, 'not_useful', press.reason);
      return plainMessage(`Noted: ${voteReasonWords[press.reason]}. Press the other thumb if you change your mind.`);
    },
    async acknowledge(press: Press): Promise<Message> {
      await may(press, 'report.acknowledge');
      const report = acknowledge({ stores, clock }, { reportId: press.reportId, by: press.user });
      return plainMessage(`Report #${report.id} is yours. The channel sees that you look after it.`);
    },
    async mute(press: Press & { readonly duration: string }): Promise<Message> {
      await may(press, 'model.mute');
      const model = modelOf(press.reportId);
      const untilMs = resolveUntil(requireUntil([press.duration]).until, clock.now(), model.zone);
      mute({ stores, clock }, { model, by: press.user, untilMs });
      return plainMessage(`${model.slug} is muted until ${formatInstant(untilMs, model.zone)}.`);
    },
    async unmute(press: Press): Promise<Message> {
      await may(press, 'model.unmute');
      const model = modelOf(press.reportId);
      const wasMuted = unmute({ stores, clock }, { model, by: press.user }) > 0;
      return plainMessage(wasMuted ? `${model.slug} is no longer muted.` : `${model.slug} was not muted any more.`);
    },
    async newNormal(press: Press): Promise<Message> {
      await may(press, 'vote.cast');
      if (deps.newNormal !== undefined) return deps.newNormal(press);
      cast(press, 'not_useful', 'new_normal');
      return plainMessage(
        'Noted: new normal. The expected band takes the new level over by itself once it has lasted; the report stays open until then.',
      );
    },
    async findings(press: Press): Promise<Message> {
      await may(press, 'report.details', 'viewer');
      return findingsMessage(presentReport({ stores }, reportById(stores, press.reportId), clock.now()));
    },
    async details(press: Press): Promise<Message> {
      await may(press, 'report.details', 'viewer');
      return detailsMessage(presentReport({ stores }, reportById(stores, press.reportId), clock.now()));
    },
  };

  async function may({ reportId, user }: Press, action: string, need: Role = 'responder'): Promise<void> {
    await authorise(deps, { user, action, need, model: modelOf(reportId) });
  }

  function modelOf(id: ReportId): Model {
    return presentReport({ stores }, reportById(stores, id), clock.now()).model;
  }
}

/** The one question after a thumb down. */
function whyQuestion(reportId: ReportId): Message {
  const question = 'Noted: not useful. Why?';
  return {
    text: `${question} ${voteReasons.map((reason) => voteReasonWords[reason]).join(', ')}?`,
    blocks: [
      { type: 'paragraph', content: [text(question)] },
      {
        type: 'actions',
        actions: [
          {
            type: 'menu',
            action: reportActions.voteReason,
            text: 'Choose a reason',
            options: voteReasons.map((reason) => ({
              text: reasonHints[reason],
              value: `${reason}:${reportId}`,
            })),
          },
        ],
      },
    ],
  };
}

const reasonHints: Readonly<Record<VoteReason, string>> = {
  false_alarm: 'False alarm: nothing was wrong',
  expected_once: 'Expected once: we knew, it will not recur',
  new_normal: 'New normal: it stays like this',
  not_important: 'Not important: true, but nobody cares',
};
