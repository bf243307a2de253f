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

export function reportLine(report: Report): ReportLine {
  return {
    opened: report.opened.key,
    resolved: report.resolved?.key ?? null,
    severity: report.severity,
    causes: causesOf(report),
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

/** Findings that began in the same window and broke the same rule, told by the first of them. */
function causesOf({ findings }: Report): string[] {
  const groups = new Map<string, StoredFinding[]>();
  for (const finding of findings) {
    const name = `${finding.from.key} ${finding.rule}`;
    groups.set(name, [...(groups.get(name) ?? []), finding]);
  }
  return [...groups.values()].map(([lead, ...others]) => {
    const story = lead === undefined ? '' : findingStory(lead, false);
    return others.length === 0 ? story : `${story}; ${others.length} more with it`;
  });
}

/** Paragraphs for people: a line for the report and one for each finding. */
export function readableReports(reports: readonly Report[], zone: string): string[] {
  return reports.flatMap((report, place) => {
    const { opened, resolved, severity, findings } = report;
    const end = resolved === undefined ? 'still open' : `resolved ${formatWindow(resolved, zone)}`;
    return [
      ...(place === 0 ? [] : ['']),
      `${place + 1}. ${severity}, opened ${formatWindow(opened, zone)}, ${end}`,
      ...findings.map((finding) => `   ${storyOf(finding)}, ${formatWindows(finding.from, finding.to, zone)}`),
    ];
  });
}

function storyOf(finding: StoredFinding): string {
  const { segment } = finding.series;
  const story = findingStory(finding, true);
  return segment === ALL_TRAFFIC || story.includes(segment) ? story : `${segment}: ${story}`;
}
