import type { StoredFinding } from '../domain/finding.ts';
import {
  bold,
  type Inline,
  type Message,
  type MessageBlock,
  plainSentence,
  sentence as runs,
  text,
} from '../messages/message.ts';
import { causeBlocks, hasCauses, plainCauses } from './cause-blocks.ts';
import { eventNotes, eventSentence } from './event-notes.ts';
import { findingLines } from './finding-lines.ts';
import { currentFindings } from './finding-order.ts';
import { pictureBlocks } from './picture.ts';
import { actionsOf, feedbackBlock, findingFeedback } from './report-controls.ts';
import { footer } from './report-footer.ts';
import type { ReportView } from './report-view.ts';
import { summarySentence } from './summary-sentence.ts';
import { plainLines } from './thread-messages.ts';
import { countFindings, severityMarks, stateMarks } from './words.ts';

/** Findings told in the parent message; the rest is a number. */
export const TOP_FINDINGS = 5;

/**
 * The one living message of an incident: header, one sentence, likely causes, top findings, one chart, buttons. Its text
 * says the same without the blocks. Pure.
 */
export function reportMessage(view: ReportView): Message {
  const { report, model, chart, causes } = view;
  const findings = currentFindings(view);
  const isOver = report.state === 'recovering' || report.state === 'resolved';
  const header = `${isOver ? stateMarks[report.state] : severityMarks[report.severity]}: ${model.slug}`;
  const sentence = summarySentence(view);
  const shown = findings.slice(0, TOP_FINDINGS).map((finding) => findingLines(finding, view));
  const more = findings.length - shown.length;
  const tellsCauses = hasCauses(causes);

  const blocks: MessageBlock[] = [
    { type: 'header', text: header },
    { type: 'paragraph', content: [...runs(sentence), ...mentionPart(view)] },
    ...eventNotes(view.events, model.zone),
    ...(tellsCauses ? causeBlocks(causes, model.zone) : []),
    ...(tellsCauses ? [{ type: 'paragraph', content: [bold('Findings')] } as const] : []),
    { type: 'list', items: shown, ...(more > 0 ? { more } : {}), overflowNote: 'in the thread' },
    ...(chart === undefined ? [] : pictureBlocks(chart)),
    feedbackBlock(view),
    { type: 'actions', actions: actionsOf(view) },
    footer(view),
  ];
  const words = [
    `${header}. ${plainSentence(sentence)}${eventSentence(view.events)}`,
    ...(tellsCauses ? [plainCauses(causes, model.zone)] : []),
    ...(findings.length > 1 ? shown.map(plainLines) : []),
    ...(more > 0 ? [`+${more} more in the thread.`] : []),
  ];
  return { text: words.join(' '), blocks };
}

/** All findings as text, for the person who asks. */
export function findingsMessage(view: ReportView): Message {
  const findings = currentFindings(view);
  const title = `${countFindings(findings.length)} of report #${view.report.id} on ${view.model.slug}`;
  return {
    text: title,
    blocks: [
      { type: 'paragraph', content: [bold(title)] },
      ...findings
        .slice(0, VOTED_FINDINGS)
        .flatMap((finding): MessageBlock[] => [
          { type: 'paragraph', content: numberedLines(finding, view) },
          findingFeedback(finding.id),
        ]),
      ...restOf(findings.slice(VOTED_FINDINGS), view),
    ],
  };
}

/** Owners are named only while there is something for them to do. */
function mentionPart({ mentions, report }: ReportView): Inline {
  if (report.state === 'resolved') return [];
  return mentions.flatMap((userId, index) => [text(index === 0 ? ' For ' : ', '), { type: 'user' as const, userId }]);
}

/** Findings with thumbs of their own: two blocks each, of the fifty that a message may have. */
const VOTED_FINDINGS = 15;
/** Beyond these no message has room, whatever their length. */
const LISTED_FINDINGS = 100;

/** With the number that `/drift vote … --finding` takes. */
function numberedLines(finding: StoredFinding, view: ReportView): Inline {
  return [...findingLines(finding, view), text(` · finding ${finding.id}`)];
}

function restOf(findings: readonly StoredFinding[], view: ReportView): MessageBlock[] {
  if (findings.length === 0) return [];
  const items = findings.slice(0, LISTED_FINDINGS).map((finding) => numberedLines(finding, view));
  const more = findings.length - items.length;
  return [{ type: 'list', items, ...(more > 0 ? { more } : {}), overflowNote: 'findings' }];
}
