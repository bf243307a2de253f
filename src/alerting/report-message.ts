import { type ColumnRule, isColumnRule, isOutage } from '../domain/anomaly.ts';
import type { StoredFinding } from '../domain/finding.ts';
import type { DeclaredEvent, Model } from '../domain/model.ts';
import { type MuteDuration, muteDurations, reportActions } from '../domain/report-action.ts';
import { seriesName } from '../domain/series.ts';
import { ALL_TRAFFIC } from '../domain/statistic.ts';
import type { Window } from '../domain/window.ts';
import { formatInstant } from '../messages/format-instant.ts';
import { formatRarity } from '../messages/format-rarity.ts';
import { formatWindow, formatWindows } from '../messages/format-window.ts';
import {
  type Action,
  bold,
  type Inline,
  italic,
  type Message,
  type MessageBlock,
  plainSentence,
  sentence as runs,
  text,
} from '../messages/message.ts';
import { columnStory, companyStory, findingStory, recoveryWords } from './finding-story.ts';
import { type ReportView, tally } from './report-view.ts';
import {
  formatChange,
  formatExpected,
  formatSeverity,
  formatValue,
  patternWords,
  seriesWords,
  severityMarks,
  stateMarks,
  voteReasonWords,
} from './words.ts';

/** Findings told in the parent message; the rest is a number. */
export const TOP_FINDINGS = 5;

const muteChoices: Readonly<Record<MuteDuration, string>> = {
  '1h': '1 hour',
  '4h': '4 hours',
  '1d': '1 day',
  '7d': '7 days',
  '30d': '30 days',
};

/** The one living message of an incident (design: header, one sentence, top findings, one chart, buttons). Pure. */
export function reportMessage(view: ReportView): Message {
  const { report, model, chart } = view;
  const findings = currentFindings(view);
  const isResolved = report.state === 'resolved';
  const mark = isResolved ? stateMarks.resolved : severityMarks[report.severity];
  const header = `${mark}: ${model.slug}`;
  const sentence = summarySentence(view);
  const shown = findings.slice(0, TOP_FINDINGS);

  const blocks: MessageBlock[] = [
    { type: 'header', text: header },
    { type: 'paragraph', content: runs(sentence) },
    ...injectedNotes(view.events, model.zone),
    {
      type: 'list',
      items: shown.map((finding) => findingLines(finding, view)),
      overflowNote: 'in “All findings”',
    },
  ];
  if (findings.length > shown.length) {
    blocks.push({ type: 'context', content: [text(`+${findings.length - shown.length} more in “All findings”`)] });
  }
  if (chart !== undefined) blocks.push({ type: 'image', fileId: chart.fileId, altText: chart.altText });
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

/** One sentence that a tired person understands. */
export function summarySentence(view: ReportView): string {
  const { report, model } = view;
  const findings = currentFindings(view);
  const lead = findings.find(({ series }) => series.role === 'score') ?? findings[0];
  if (lead === undefined) return 'Nothing is outside its expected band any more.';
  const since = formatWindow(lead.from, model.zone);
  const isLasting = view.lastingColumns?.includes(lead.series.column) === true;
  const story = findingStory(lead, report.state === 'resolved' && !isLasting);
  const company = companyOf(lead, findings, view.watchedSeries);
  const score = view.hasScoreMoved === false ? '; the score has not moved' : '';
  if (report.state === 'resolved') {
    const when = formatWindows(lead.from, lead.to, model.zone);
    const end = isLasting ? 'Not over, but lasting so long that it is taken as usual' : recoveryWords[lead.rule];
    return `${end}. ${story}, ${when}${company}${score}.`;
  }
  // A drift has begun before the window that it is told in, and its story says when.
  return `${story}${lead.rule === 'slow_drift' ? '' : `, since ${since}`}${company}${score}.`;
}

/**
 * Report findings by what people should read first: outages, departures, drifts, news; then what all traffic shows before what a
 * segment shows; there the score before the features; then the widest departure.
 */
export function currentFindings(view: Pick<ReportView, 'report'>): readonly StoredFinding[] {
  const rank = (finding: StoredFinding): number =>
    (isOutage(finding.rule)
      ? 4
      : finding.rule === 'column_new'
        ? -8
        : finding.rule === 'slow_drift'
          ? -4
          : finding.rule === 'common_mode'
            ? 2
            : 0) +
    (finding.series.segment === ALL_TRAFFIC ? 2 : 0) +
    (finding.series.role === 'score' ? 1 : 0);
  return view.report.findings.toSorted(
    (a, b) => rank(b) - rank(a) || b.severity - a.severity || seriesName(a.series).localeCompare(seriesName(b.series)),
  );
}

/** What moved at the same time as the lead, and what at another: only the former belongs to one story. */
function companyOf(lead: StoredFinding, findings: readonly StoredFinding[], watchedSeries: number): string {
  const others = findings.filter(({ id, series }) => id !== lead.id && !isNamedIn(lead, series.column));
  const together = others.filter(({ from, to }) => from.startMs <= lead.to.startMs && to.startMs >= lead.from.startMs);
  const apart = others.length - together.length;
  return `${companyStory(together, watchedSeries)}${apart === 0 ? '' : `; ${apart} more at other times`}`;
}

/** A column that the lead's own words name, such as its successor, is no company. */
function isNamedIn({ worst }: StoredFinding, column: string): boolean {
  return isColumnRule(worst.rule) && worst.note?.includes(`\`${column}\``) === true;
}

function findingLines(finding: StoredFinding, view: ReportView): Inline {
  const { series, worst, from, to, anomalies } = finding;
  const { zone } = view.model;
  if (isColumnRule(worst.rule)) return columnLines(finding, worst.rule, zone);
  const name = bold(seriesWords(series));
  const value = formatValue(worst.value, series);
  const { forecast } = worst;
  const on = from.startMs === to.startMs ? '' : ` on ${formatWindow(worst.window, zone)}`;
  const expectation =
    forecast === undefined
      ? `: ${value}${on}`
      : `: ${value}${on}, expected ${formatExpected(forecast, series)} (${formatChange(worst.value, forecast, series)})`;
  const when = formatWindows(from, to, zone);
  if (worst.rule === 'slow_drift') {
    return [name, text(`${expectation}\n${when} · drifts slowly ${worst.note ?? ''}\n`), italic(DRIFT_WORDS)];
  }
  if (worst.rule === 'common_mode') {
    return [bold('Many series at once'), text(`: ${worst.note ?? ''}\n${when}\n`), italic(COMMON_WORDS)];
  }
  const plural = anomalies.length === 1 ? '' : 's';
  const count = `${anomalies.length} window${plural}${worst.rule === 'flat' ? '' : ' outside'}`;
  const isFlat = worst.rule === 'flat';
  const rule = isFlat
    ? 'holds one value, where it always scattered'
    : (bandWords(finding, view.model) ?? 'rule without history');
  return [
    name,
    text(`${expectation}\n${when} · ${count} · ${patternWords[finding.pattern]}\n`),
    italic(`${worst.rows.toLocaleString('en-US')} rows in the worst window · ${rule}`),
  ];
}

const COMMON_WORDS = 'each series is judged without what all of them did';
const DRIFT_WORDS = 'many windows on one side of what was expected, none of them rare';

/** The band is then as wide as for a Sunday too. */
function holidayWords({ note }: StoredFinding['worst']): string {
  return note === undefined ? '' : ` · on ${note}, read as a Sunday too`;
}

/** How far outside, and how rare that is or what the classifier says; undefined where no band was left. */
function bandWords({ worst, severity }: StoredFinding, { granularity }: Model): string | undefined {
  if (worst.rule !== 'band' || worst.score === undefined) return undefined;
  const rarity =
    worst.tail === undefined
      ? `classifier ${worst.score.toFixed(2)}`
      : `${formatRarity(worst.tail, granularity)} for this kind`;
  return `severity ${formatSeverity(severity)}, ${rarity}${holidayWords(worst)}`;
}

/** Of a column as a whole there is no value and no band, only what the rule saw. */
function columnLines(
  { series, worst, from, to, anomalies, pattern }: StoredFinding,
  rule: ColumnRule,
  zone: string,
): Inline {
  const windows = `${anomalies.length} window${anomalies.length === 1 ? '' : 's'} · ${patternWords[pattern]}`;
  return [
    bold(series.column),
    ...runs(` ${columnStory(rule, worst.note)}\n`),
    text(`${formatWindows(from, to, zone)}${isOutage(rule) ? ` · ${windows}` : ''}\n`),
    italic(`${worst.rows.toLocaleString('en-US')} rows in the window · rule without history`),
  ];
}

function feedbackBlock({ report }: ReportView): MessageBlock {
  return {
    type: 'feedback',
    action: reportActions.vote,
    positive: { text: '👍 Real', value: `real:${report.id}`, accessibilityLabel: 'This report is real' },
    negative: {
      text: '👎 Not useful',
      value: `not_useful:${report.id}`,
      accessibilityLabel: 'This report is not useful',
    },
  };
}

function actionsOf({ report, mute }: ReportView): Action[] {
  const value = String(report.id);
  const acknowledge: Action = {
    type: 'button',
    action: reportActions.acknowledge,
    text: 'Acknowledge',
    value,
    style: 'primary',
    accessibilityLabel: 'Say that you look after this',
  };
  const silence: Action =
    mute === undefined
      ? {
          type: 'menu',
          action: reportActions.mute,
          text: 'Mute …',
          options: muteDurations.map((duration) => ({ text: muteChoices[duration], value: `${duration}:${value}` })),
        }
      : { type: 'button', action: reportActions.unmute, text: 'Unmute', value };
  const details: Action = { type: 'button', action: reportActions.details, text: 'All findings', value };
  return [...(report.state === 'firing' ? [acknowledge] : []), silence, details];
}

function footer(view: ReportView): MessageBlock {
  const { report, model, mute, votes } = view;
  const { real, notUseful } = tally(votes);
  const parts: Inline[] = [[text(windowWords(report.latest, model))]];
  if (report.acknowledgedBy !== undefined && report.acknowledgedAt !== undefined) {
    const at = formatInstant(report.acknowledgedAt, model.zone);
    parts.push([text('👀 acknowledged by '), { type: 'user', userId: report.acknowledgedBy }, text(` ${at}`)]);
  }
  if (mute !== undefined) {
    const until = formatInstant(mute.untilMs, model.zone);
    const reason = mute.reason === undefined ? '' : ` (${mute.reason})`;
    parts.push([text(`🔕 muted until ${until} by `), { type: 'user', userId: mute.by }, text(reason)]);
  }
  if (real.length > 0) parts.push([text(`👍 ${real.length} real `), ...people(real)]);
  for (const { by, reason } of notUseful) {
    parts.push([text(`👎 ${reason === undefined ? 'not useful' : voteReasonWords[reason]} `), ...people([by])]);
  }
  parts.push([text(`report #${report.id} · detector ${view.detectorName}`)]);
  return { type: 'context', content: parts.flatMap((part, index) => (index === 0 ? part : [text(' · '), ...part])) };
}

/** An hour says its zone itself; a day does not. */
function windowWords(window: Window, { granularity, zone }: Model): string {
  return granularity === 'day' ? `Day ${formatWindow(window, zone)} (${zone})` : `Hour ${formatWindow(window, zone)}`;
}

function people(users: readonly string[]): Inline {
  return users.flatMap((userId, index) => [...(index === 0 ? [] : [text(', ')]), { type: 'user' as const, userId }]);
}

function injectedNotes(events: readonly DeclaredEvent[], zone: string): MessageBlock[] {
  return events.map((event) => ({
    type: 'context',
    content: [bold(eventTitle(event)), text(`: ${event.text} (from ${formatInstant(event.startMs, zone)})`)],
  }));
}

function eventSentence(events: readonly DeclaredEvent[]): string {
  return events.map((event) => ` ${eventTitle(event)}: ${event.text}.`).join('');
}

function eventTitle({ kind }: DeclaredEvent): string {
  return kind === 'injected' ? '🧪 Injected on purpose, not a real fault' : `📌 Declared ${kind}`;
}
