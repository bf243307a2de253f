import { formatInstant } from '../messages/format-instant.ts';
import { formatRarity } from '../messages/format-rarity.ts';
import { formatWindow } from '../messages/format-window.ts';
import { bold, type Inline, type Message, type MessageBlock, sentence, text } from '../messages/message.ts';
import { type Cause, causeLine } from './causes/index.ts';
import { droppedWords } from './dropped-by.ts';
import type { ReportView } from './report-view.ts';

/** Causes told to a person who asks. */
const MOST_CAUSES = 20;

/** How a report came about and what is not known, for the person who asks. Pure. */
export function detailsMessage(view: ReportView): Message {
  const { report, model, causes } = view;
  const title = `Report #${report.id} on ${model.slug}, in detail`;
  const facts = factsOf(view);
  const blocks: MessageBlock[] = [
    { type: 'paragraph', content: [bold(title)] },
    { type: 'facts', facts },
    { type: 'paragraph', content: [bold(causes.length === 1 ? 'Likely cause' : 'Likely causes, the strongest first')] },
    {
      type: 'list',
      items: causes.slice(0, MOST_CAUSES).map((cause, index) => causeItem(cause, index, view)),
      more: Math.max(0, causes.length - MOST_CAUSES),
      overflowNote: 'causes',
    },
    {
      type: 'paragraph',
      content: [bold('Filters'), text('\n'), ...sentence(droppedWords(view.droppedBy, model.slug))],
    },
  ];
  const words = facts.map(({ label, value }) => `${label}: ${plain(value)}`);
  return {
    text: `${title}. ${words.join('; ')}. ${plain(sentence(droppedWords(view.droppedBy, model.slug)))}`,
    blocks,
  };
}

function factsOf({ report, model, watchedSeries, detectorName, hasScoreMoved }: ReportView) {
  const { zone } = model;
  const { opened, judged, outSeries, peak, acknowledgedAt } = report;
  return [
    { label: 'Opened', value: [text(formatWindow(opened, zone))] },
    { label: 'State', value: [text(`${report.state}, as of ${formatWindow(judged, zone)}`)] },
    { label: 'Series out', value: [text(`${outSeries} now, ${peak.series} at the worst, of ${watchedSeries} judged`)] },
    { label: 'Score', value: [text(scoreWords(hasScoreMoved))] },
    { label: 'Detector', value: [text(detectorName)] },
    ...(acknowledgedAt === undefined
      ? []
      : [{ label: 'Acknowledged', value: [text(formatInstant(acknowledgedAt, zone))] }]),
  ];
}

function scoreWords(hasMoved: boolean | undefined): string {
  if (hasMoved === undefined) return 'not judged: no score, or too little history of it';
  return hasMoved ? 'it has moved' : 'it has not moved';
}

function causeItem(cause: Cause, index: number, { model }: ReportView): Inline {
  const rarity =
    cause.tail === undefined || cause.findings.length === 1
      ? []
      : [text(`; all of it together ${formatRarity(cause.tail, model.granularity)}`)];
  return [text(`${index + 1}. `), ...causeLine(cause, model.zone), ...rarity];
}

function plain(content: Inline): string {
  return content.map((run) => ('text' in run ? run.text : '')).join('');
}
