import type { StoredFinding } from '../domain/finding.ts';
import {
  bold,
  type Inline,
  type Message,
  type MessageBlock,
  plainSentence,
  sentence,
  text,
} from '../messages/message.ts';
import { causeBlocks, hasCauses, TOP_CAUSES } from './cause-blocks.ts';
import { droppedWords } from './dropped-by.ts';
import { findingLines } from './finding-lines.ts';
import { currentFindings } from './finding-order.ts';
import { type Picture, pictureBlocks } from './picture.ts';
import type { ReportView } from './report-view.ts';
import { countFindings } from './words.ts';

/** Findings told as text in the thread; where there are more, a table has all of them. */
export const LISTED_FINDINGS = 20;
/** Causes told in the thread. */
const LISTED_CAUSES = 10;

/** All that the message has no room for, kept up to date: findings, causes, what filters left out. */
export function findingsReply(view: ReportView): Message {
  const { report, model, causes } = view;
  const findings = currentFindings(view);
  const shown = findings.slice(0, LISTED_FINDINGS).map((finding) => findingLines(finding, view));
  const more = findings.length - shown.length;
  const title = `${countFindings(findings.length)} of report #${report.id}`;
  const dropped = droppedWords(view.droppedBy, model.slug);
  const blocks: MessageBlock[] = [
    { type: 'paragraph', content: [bold(title)] },
    { type: 'list', items: shown, ...(more > 0 ? { more } : {}), overflowNote: 'in the table below' },
    ...(hasCauses(causes) && causes.length > TOP_CAUSES ? causeBlocks(causes, model.zone, LISTED_CAUSES) : []),
    { type: 'context', content: sentence(dropped) },
  ];
  const table = more > 0 ? ` +${more} more in the table.` : '';
  return { text: `${title}: ${shown.map(plainLines).join(' ')}${table} ${plainSentence(dropped)}`, blocks };
}

/** One finding with its pictures. */
export function findingReply(finding: StoredFinding, view: ReportView, pictures: readonly Picture[]): Message {
  const lines = findingLines(finding, view);
  return {
    text: plainLines(lines),
    blocks: [{ type: 'paragraph', content: lines }, ...pictures.flatMap(pictureBlocks)],
  };
}

/** `distance mean: 512, expected 700 to 745 (−29 %); 29–30 Jan 2026 · …` */
export function plainLines(lines: Inline): string {
  const words = lines.map((run) => ('text' in run ? run.text : '')).join('');
  return `${words.replaceAll('\n', '; ')}.`;
}

/** A message that somebody is to see now. */
export function withMentions({ text: words, blocks }: Message, users: readonly string[]): Message {
  if (users.length === 0) return { text: words, blocks };
  const content = users.flatMap((userId, index) => [
    text(index === 0 ? 'For ' : ', '),
    { type: 'user' as const, userId },
  ]);
  return { text: words, blocks: [...blocks, { type: 'paragraph', content }] };
}
