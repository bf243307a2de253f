import { voteReasonWords } from '../src/alerting/index.ts';
import { feedbackActions } from '../src/domain/feedback-action.ts';
import type { FindingId } from '../src/domain/identifiers.ts';
import type { Report } from '../src/domain/report.ts';
import { reportActions } from '../src/domain/report-action.ts';
import { type VoteReason, voteReasons } from '../src/domain/vote.ts';
import { type Message, text } from '../src/messages/message.ts';

/** Where something else is asked, or not all reasons fit. */
interface Asked {
  readonly question?: string;
  readonly reasons?: readonly VoteReason[];
}

/** The one question after a thumb down, on a report or on one of its findings. */
export function reasonQuestion(
  { report, findingId }: { readonly report: Pick<Report, 'id'>; readonly findingId?: FindingId },
  { question = 'Noted: not useful. Why?', reasons = voteReasons }: Asked = {},
): Message {
  const action = findingId === undefined ? reportActions.voteReason : feedbackActions.findingReason;
  return {
    text: `${question} ${reasons.map((reason) => voteReasonWords[reason]).join(', ')}?`,
    blocks: [
      { type: 'paragraph', content: [text(question)] },
      {
        type: 'actions',
        actions: [
          {
            type: 'menu',
            action,
            text: 'Choose a reason',
            options: reasons.map((reason) => ({
              text: `${capitalised(voteReasonWords[reason])}: ${reasonMeanings[reason]}`,
              value: `${reason}:${findingId ?? report.id}`,
            })),
          },
        ],
      },
    ],
  };
}

function capitalised(words: string): string {
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
}

/** What each reason says, for the person who chooses one. */
export const reasonMeanings: Readonly<Record<VoteReason, string>> = {
  false_alarm: 'nothing was wrong',
  expected_once: 'we knew, it will not recur',
  new_normal: 'it stays like this',
  not_important: 'true, but nobody cares',
};
