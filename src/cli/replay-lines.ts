import { findingStory } from '../alerting/index.ts';
import type { StoredFinding } from '../domain/finding.ts';
import type { Report } from '../domain/report.ts';
import { ALL_TRAFFIC } from '../domain/statistic.ts';
import { formatWindow, formatWindows } from '../messages/format-window.ts';

/** One finding of a report as `replay --json` prints it; the names are a contract with scripts. */
export interface FindingLine {
  /** Empty for all traffic. */
  readonly segment: string;
  /** `*` for the rows themselves. */
  readonly column: string;
  readonly statistic: string;
  /** First and last anomalous window, as `statistics` prints windows. */
  readonly from: string;
  readonly to: string;
  /** Of the worst window; null where it has none. */
  readonly value: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  readonly rule: string;
}

/** One report; the names are a contract with scripts. */
export interface ReportLine {
  readonly opened: string;
  /** Null while the report is open at the end of the source. */
  readonly resolved: string | null;
  readonly severity: string;
  /** What the findings have in common, the strongest first, for people. */
  readonly causes: readonly string[];
  readonly findings: readonly FindingLine[];
}

/** A report with what its findings are likely about, a sentence each. */
export interface ReplayedReport extends Report {
  readonly causes: readonly string[];
}

export function reportLine(report: ReplayedReport): ReportLine {
  return {
    opened: report.opened.key,
    resolved: report.resolved?.key ?? null,
    severity: report.severity,
    causes: report.causes,
    findings: report.findings.map(findingLine),
  };
}

function findingLine({ series, from, to, worst, rule }: StoredFinding): FindingLine {
  return {
    segment: series.segment,
    column: series.column,
    statistic: series.statistic,
    from: from.key,
    to: to.key,
    value: worst.value,
    lower: worst.forecast?.lower ?? null,
    upper: worst.forecast?.upper ?? null,
    rule,
  };
}

/** Paragraphs for people: a line for the report, its likely causes, and a line for each finding. */
export function readableReports(reports: readonly ReplayedReport[], zone: string): string[] {
  return reports.flatMap((report, place) => {
    const { opened, resolved, severity, causes, findings } = report;
    const end = resolved === undefined ? 'still open' : `resolved ${formatWindow(resolved, zone)}`;
    const stories = findings.map((finding) => `${storyOf(finding)}, ${formatWindows(finding.from, finding.to, zone)}`);
    // Two series of a column may tell the same story, such as its coverage and its missing rate.
    const told = new Set(stories);
    return [
      ...(place === 0 ? [] : ['']),
      `${place + 1}. ${severity}, opened ${formatWindow(opened, zone)}, ${end}`,
      // A cause of one finding tells no more than the finding.
      ...(causes.length < told.size ? causes.map((cause) => `   Likely cause: ${cause}`) : []),
      ...[...told].map((story) => `   ${story}`),
    ];
  });
}

function storyOf(finding: StoredFinding): string {
  const { segment } = finding.series;
  const story = findingStory(finding, true);
  return segment === ALL_TRAFFIC || story.includes(segment) ? story : `${segment}: ${story}`;
}
