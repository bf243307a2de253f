import { counted } from '../../domain/counted.ts';
import type { EpochMs } from '../../domain/identifiers.ts';
import type { Report } from '../../domain/report.ts';
import { windowAt } from '../../domain/window.ts';
import { formatCompactShare } from '../../messages/format-number.ts';
import { formatWindow, formatWindows } from '../../messages/format-window.ts';
import {
  bold,
  type Inline,
  type Message,
  type MessageBlock,
  plainSentence,
  sentence,
  text,
} from '../../messages/message.ts';
import { findingFeedback } from '../report-controls.ts';
import { seriesWords, severityMarks } from '../words.ts';
import type { Digest, DigestModel } from './digest.ts';

/** Reports and series named; the rest is a number. */
const MOST_REPORTS = 5;
const MOST_NOISES = 3;
const MOST_SILENT = 5;

/**
 * The week in one message: how the models are, what opened and resolved, what is noisy and why, what a verdict is
 * asked of, that the bot lives. Pure.
 */
export function digestMessage(digest: Digest): Message {
  const { models } = digest;
  const title = `Week of ${weekWords(digest)}`;
  const summary = summaryOf(models);
  const sections: { readonly title: string; readonly items: readonly string[]; readonly more: number }[] = [
    section('Open now', models.flatMap(openLines), MOST_REPORTS),
    section('Came and went', models.flatMap(resolvedLines), MOST_REPORTS),
    section('Noisiest series, in four weeks', noiseLines(digest), MOST_NOISES),
  ].filter(({ items }) => items.length > 0);
  const votes = votesWords(digest);
  const asked = digest.questions.map(questionWords);
  const alive = aliveWords(digest);
  const alarm = digest.alarm === undefined ? [] : [digest.alarm];
  const blocks: MessageBlock[] = [
    { type: 'header', text: `🗓️ ${title}` },
    ...elsewhereBlocks(digest),
    { type: 'paragraph', content: sentence(summary) },
    ...sections.flatMap(({ title: head, items, more }): MessageBlock[] => [
      { type: 'paragraph', content: [bold(head)] },
      { type: 'list', items: items.map(listItem), ...(more > 0 ? { more } : {}), overflowNote: 'like these' },
    ]),
    { type: 'paragraph', content: [bold('Votes'), text('\n'), ...sentence(votes)] },
    ...alarm.map((content): MessageBlock => ({ type: 'paragraph', content: sentence(content) })),
    ...digest.questions.flatMap((question, place): MessageBlock[] => [
      { type: 'paragraph', content: sentence(asked[place] ?? '') },
      findingFeedback(question.findingId),
    ]),
    { type: 'context', content: sentence(alive) },
  ];
  const told = sections.map(
    ({ title: head, items, more }) => `${head}: ${items.join('; ')}${more > 0 ? `; +${more} more` : ''}.`,
  );
  return { text: plainSentence([`${title}. ${summary}`, ...told, votes, ...alarm, ...asked, alive].join(' ')), blocks };
}

/** In a channel that is not that of the models. */
function elsewhereBlocks({ elsewhere }: Digest): MessageBlock[] {
  if (elsewhere === undefined) return [];
  return [
    { type: 'context', content: [text('Of the models that report to '), { type: 'channel', channelId: elsewhere }] },
  ];
}

function listItem(line: string): Inline {
  return sentence(line);
}

function section(title: string, lines: readonly string[], most: number) {
  return { title, items: lines.slice(0, most), more: Math.max(0, lines.length - most) };
}

/** `4 of 5 models are healthy; 2 reports opened and 1 resolved.` */
function summaryOf(models: readonly DigestModel[]): string {
  const healthy = models.filter(({ open, judgedWindows }) => open === undefined && judgedWindows > 0).length;
  const opened = models.reduce((sum, one) => sum + one.opened.length, 0);
  const resolved = models.reduce((sum, one) => sum + one.resolved.length, 0);
  const are = `${healthy} of ${counted(models.length, 'model is', 'models are')} healthy`;
  const reports = `${counted(opened, 'report')} opened and ${resolved} resolved`;
  const silent = models.filter(({ judgedWindows }) => judgedWindows === 0).map(({ model }) => `\`${model.slug}\``);
  const more = silent.length > MOST_SILENT ? ` +${silent.length - MOST_SILENT}` : '';
  const unjudged =
    silent.length === 0 ? '' : ` Not judged all week: ${silent.slice(0, MOST_SILENT).join(', ')}${more}.`;
  return `${are}; ${reports}.${unjudged}`;
}

function openLines({ model, open, isMuted }: DigestModel): string[] {
  if (open === undefined) return [];
  const since = formatWindow(open.opened, model.zone);
  const acknowledged = open.acknowledgedBy === undefined ? ', nobody looks after it' : '';
  const muted = isMuted ? ', muted' : '';
  return [
    `${severityMarks[open.severity]}: \`${model.slug}\` #${open.id} since ${since}, ${leadOf(open)}${acknowledged}${muted}`,
  ];
}

function resolvedLines({ model, resolved }: DigestModel): string[] {
  return resolved.map((report) => {
    const when = formatWindows(report.opened, report.latest, model.zone);
    return `\`${model.slug}\` #${report.id}, ${when}: ${leadOf(report)}`;
  });
}

function leadOf({ findings, peak }: Report): string {
  const [first] = findings;
  const others = Math.max(0, peak.series - 1);
  return `${first === undefined ? 'nothing any more' : seriesWords(first.series)}${others === 0 ? '' : ` and ${others} more`}`;
}

function noiseLines({ noisiest }: Digest): string[] {
  return noisiest.map(({ model, series, anomalies, windows, why, suggestion }) => {
    const help = suggestion === undefined ? '' : `. Try: ${suggestion}`;
    return `\`${model.slug}\` ${seriesWords(series)}, ${anomalies} of ${counted(windows, 'window')} out. Why: ${why}${help}`;
  });
}

function votesWords({ votes, learned }: Digest): string {
  if (votes.cast === 0) {
    return [
      'None this week: a thumb on a report teaches the detector.',
      ...(learned === undefined ? [] : [learned]),
    ].join(' ');
  }
  const by = counted(votes.voters, 'person', 'people');
  const cast = `${counted(votes.cast, 'vote')} of ${by}, ${votes.real} of them 👍.`;
  return learned === undefined ? cast : `${cast} ${learned}`;
}

/** With the command, for whoever reads without buttons. */
function questionWords({
  model,
  reportId,
  findingId,
  series,
  isAbove,
  probability,
  when,
}: Digest['questions'][number]): string {
  const side = isAbove ? 'above' : 'below';
  const likely = `as far as was learned it is real with a probability of ${formatCompactShare(probability)}`;
  return `❓ Was this real? \`${model}\` ${seriesWords(series)} ${side} its band, ${when}, report #${reportId}: a verdict would teach much, since ${likely} (\`/drift vote ${reportId} real --finding ${findingId}\`).`;
}

function aliveWords({ models, detectorName }: Digest): string {
  const windows = models.reduce((sum, { judgedWindows }) => sum + judgedWindows, 0);
  const judged = `${counted(windows, 'window')} of ${counted(models.length, 'model')}`;
  return `Driftbell is alive: it judged ${judged} this week with detector ${detectorName}.`;
}

function weekWords({ fromMs, toMs, zone }: Pick<Digest, 'fromMs' | 'toMs' | 'zone'>): string {
  const day = (ms: EpochMs) => windowAt(ms, zone, 'day');
  return formatWindows(day(fromMs), day(toMs - 1), zone);
}
