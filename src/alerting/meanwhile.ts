import type { StoredFinding } from '../domain/finding.ts';
import type { EpochMs } from '../domain/identifiers.ts';
import type { Report } from '../domain/report.ts';
import { formatWindow, formatWindows } from '../messages/format-window.ts';
import { seriesWords, severityMarks } from './words.ts';

/** Series named of many. */
const NAMED = 3;

export interface MutedSpan {
  readonly startMs: EpochMs;
  readonly endMs: EpochMs;
}

/**
 * What became of a model's reports while it was muted, a sentence each, the oldest first; nothing where nothing happened.
 * Only what the windows since the beginning of the mute brought is told. Pure.
 */
export function meanwhileStories(reports: readonly Report[], span: MutedSpan, zone: string): readonly string[] {
  return reports
    .filter(({ judged, opened }) => judged.endMs > span.startMs && opened.startMs < span.endMs)
    .toSorted((a, b) => a.id - b.id)
    .map((report) => storyOf(report, span, zone));
}

function storyOf(report: Report, span: MutedSpan, zone: string): string {
  const { opened, latest, peak, resolved, state } = report;
  const name = `Report #${report.id}`;
  const worst = `at the worst ${countSeries(peak.series)} out`;
  if (opened.endMs <= span.startMs) {
    if (state === 'resolved') {
      return resolved === undefined ? `${name} resolved` : `${name} resolved on ${formatWindow(resolved, zone)}`;
    }
    return `${name} went on: ${changesOf(report, span)}${report.outSeries} series out now`;
  }
  const mark = severityMarks[report.severity];
  if (state !== 'resolved') {
    const since = formatWindow(opened, zone);
    return `${name} opened on ${since} (${mark}): ${namesOf(report.findings)}; ${worst}, ${report.outSeries} now`;
  }
  return `${name} opened and resolved, ${formatWindows(opened, latest, zone)} (${mark}): ${namesOf(report.findings)}; ${worst}`;
}

/** `2 series joined (age mean, plan coverage), 1 came back, `. */
function changesOf({ findings, judged }: Report, span: MutedSpan): string {
  const joined = findings.filter(({ from }) => from.endMs > span.startMs);
  const back = findings.filter(({ to }) => to.endMs > span.startMs && to.endMs <= judged.startMs);
  const parts = [
    ...(joined.length === 0 ? [] : [`${joined.length} series joined (${namesOf(joined)})`]),
    ...(back.length === 0 ? [] : [`${back.length} came back`]),
  ];
  return parts.length === 0 ? '' : `${parts.join(', ')}, `;
}

function namesOf(findings: readonly StoredFinding[]): string {
  const names = [...new Set(findings.map(({ series }) => seriesWords(series)))];
  return `${names.slice(0, NAMED).join(', ')}${names.length > NAMED ? ` +${names.length - NAMED}` : ''}`;
}

function countSeries(count: number): string {
  return count === 1 ? '1 series was' : `${count} series were`;
}
