import { reportById } from '../src/alerting/index.ts';
import { DriftbellError } from '../src/domain/errors.ts';
import type { FindingId, ReportId } from '../src/domain/identifiers.ts';
import type { Report } from '../src/domain/report.ts';
import { type VoteReason, voteReasons } from '../src/domain/vote.ts';
import type { Message } from '../src/messages/message.ts';
import { defineCommand } from './command.ts';
import { refuseExtras } from './find-model.ts';
import { reasonMeanings } from './reason-question.ts';
import { createVotePresses } from './vote-presses.ts';

const spelt = (reason: VoteReason): string => reason.replaceAll('_', '-');
const SAYINGS = ['real', ...voteReasons.map(spelt)].join(', ');
const USAGE = 'vote <report> <real | reason> [word]';

interface VoteInput {
  readonly reportId: ReportId;
  readonly findingId?: FindingId;
  readonly says: 'real' | VoteReason;
  readonly word?: string;
}

export const vote = defineCommand<VoteInput>({
  name: 'vote',
  usage: USAGE,
  summary:
    'Says of a report, by its number, that it is real, or why it is not useful; with a word of yours if you like.',
  examples: ['vote 12 real', 'vote 12 false-alarm "the backfill did it"', 'vote 12 new-normal --finding 34'],
  role: 'responder',
  about: 'driftbell',
  words: [
    { name: 'real', summary: 'Something was wrong.' },
    ...voteReasons.map((reason) => ({ name: spelt(reason), summary: `Not useful: ${reasonMeanings[reason]}.` })),
  ],
  options: [
    {
      name: 'finding',
      value: 'number',
      summary: 'Of one finding of the report only; “All findings” under the report shows the numbers.',
    },
  ],
  parse: (args) => {
    refuseExtras(args, Number.POSITIVE_INFINITY, ['finding'], USAGE);
    const [typed, ...said] = args.words;
    const where = typed === undefined ? `${WHERE_REPORTS} and write \`/drift ${USAGE}\`` : WHERE_REPORTS;
    const reportId = numberOf(typed, where) as ReportId;
    const { says, rest } = sayingOf(said);
    const word = rest.join(' ');
    const { finding } = args.options;
    return {
      ...{ reportId, says },
      ...(word === '' ? {} : { word }),
      ...(finding === undefined ? {} : { findingId: numberOf(finding, WHERE_FINDINGS) as FindingId }),
    };
  },
  run: async (deps, { reportId, findingId, says, word }, { user }): Promise<Message> => {
    const presses = createVotePresses(deps);
    const spoken = word === undefined ? {} : { word };
    if (findingId === undefined) {
      if (says === 'real') return presses.vote({ reportId, user, verdict: 'real', ...spoken });
      return presses.voteReason({ reportId, user, reason: says, ...spoken });
    }
    requireFindingOf(reportById(deps.stores, reportId), findingId);
    if (says === 'real') return presses.findingVote({ findingId, user, verdict: 'real', ...spoken });
    return presses.findingReason({ findingId, user, reason: says, ...spoken });
  },
});

const WHERE_REPORTS = 'take the one at the foot of the report';
const WHERE_FINDINGS = 'press “All findings” under the report: each has its number at its end';

function requireFindingOf(report: Report, findingId: FindingId): void {
  if (report.findings.some(({ id }) => id === findingId)) return;
  throw new DriftbellError('usage.invalid', {
    expected: `a finding of report ${report.id}`,
    received: `finding ${findingId}, which is none of it`,
    remedy: WHERE_FINDINGS,
  });
}

function numberOf(typed: string | undefined, remedy: string): number {
  const number = Number(typed?.replace(/^#/, ''));
  if (Number.isSafeInteger(number) && number > 0) return number;
  throw new DriftbellError('usage.invalid', {
    expected: 'a number such as 12',
    received: receivedWords(typed),
    remedy,
  });
}

/** Real or a reason, as one word or, as answers spell it, as two; and what is typed after it. */
function sayingOf(typed: readonly string[]): { readonly says: VoteInput['says']; readonly rest: readonly string[] } {
  for (const many of [1, 2]) {
    const said = typed.slice(0, many).join('_').toLowerCase().replaceAll(/[ -]/g, '_');
    const says = (['real', ...voteReasons] as const).find((one) => one === said);
    if (says !== undefined) return { says, rest: typed.slice(many) };
  }
  throw new DriftbellError('usage.invalid', {
    expected: `one of ${SAYINGS}`,
    received: receivedWords(typed[0]),
    remedy: 'write one of them after the number of the report',
  });
}

function receivedWords(typed: string | undefined): string {
  return typed === undefined ? 'nothing in its place' : JSON.stringify(typed.slice(0, 40));
}
