import { bold, type Message, type MessageBlock, plainSentence, sentence as runs, text } from '../messages/message.ts';
import { eventNotes, eventSentence } from './event-notes.ts';
import { findingLines } from './finding-lines.ts';
import { currentFindings } from './finding-order.ts';
import { pictureBlocks } from './picture.ts';
import { actionsOf, feedbackBlock } from './report-controls.ts';
import { footer } from './report-footer.ts';
import type { ReportView } from './report-view.ts';
import { summarySentence } from './summary-sentence.ts';
import { severityMarks, stateMarks } from './words.ts';

/** Findings told in the parent message; the rest is a number. */
export const TOP_FINDINGS = 5;

/** The one living message of an incident (design: header, one sentence, top findings, one chart, buttons). Pure. */
export function reportMessage(view: ReportView): Message {
  const { report, model, chart } = view;
  const findings = currentFindings(view);
  const isResolved = report.state === 'resolved';
  const mark = report.state === 'recovering' || isResolved ? stateMarks[report.state] : severityMarks[report.severity];
  const header = `${mark}: ${model.slug}`;
  const sentence = summarySentence(view);
  const shown = findings.slice(0, TOP_FINDINGS);

  const blocks: MessageBlock[] = [
    { type: 'header', text: header },
    { type: 'paragraph', content: runs(sentence) },
    ...eventNotes(view.events, model.zone),
    {
      type: 'list',
      items: shown.map((finding) => findingLines(finding, view)),
      overflowNote: 'in “All findings”',
    },
  ];
  if (findings.length > shown.length) {
    blocks.push({ type: 'context', content: [text(`+${findings.length - shown.length} more in “All findings”`)] });
  }
  if (chart !== undefined) blocks.push(...pictureBlocks(chart));
  blocks.push(feedbackBlock(view), { type: 'actions', actions: actionsOf(view) }, footer(view));
  return { text: `${header}. ${plainSentence(sentence)}${eventSentence(view.events)}`, blocks };
}

/** All findings as text, for the person who asks. */
export function detailsMessage(view: ReportView): Message {
  const findings = currentFindings(view);
  const count = findings.length === 1 ? 'The one finding' : `All ${findings.length} findings`;
  const title = `${count} of report #${view.report.id} on ${view.model.slug}`;
  return {
    text: title,
    blocks: [
      { type: 'paragraph', content: [bold(title)] },
      { type: 'list', items: findings.map((finding) => findingLines(finding, view)), overflowNote: 'findings' },
    ],
  };
}
