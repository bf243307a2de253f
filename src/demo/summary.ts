import { currentFindings, seriesWords } from '../alerting/index.ts';
import { counted } from '../domain/counted.ts';
import type { StoredFinding } from '../domain/finding.ts';
import type { DeclaredEvent, Model } from '../domain/model.ts';
import type { Report } from '../domain/report.ts';
import { type Window, windowsBetween } from '../domain/window.ts';
import { type KnownIncident, knownIncidents } from './incidents.ts';

export interface IncidentOutcome {
  readonly incident: KnownIncident;
  /** False where the walk ended before the incident began. */
  readonly isLookedAt: boolean;
  /** The first report that tells of the incident's days. */
  readonly report?: Report;
  /** Why there is none, of an incident that was looked at. */
  readonly reason?: string;
  /** Windows from the incident's first day to the report; 0 is the same day; absent for a report that was open. */
  readonly delayWindows?: number;
}

export interface DemoSummary {
  readonly incidents: readonly IncidentOutcome[];
  /** Reports that belong to no known incident. */
  readonly others: readonly Report[];
  readonly windows: number;
}

/** An alert this many windows after an incident's end still counts as found (the usual protocol for events). */
const GRACE_WINDOWS = 2;
const DAY_MS = 86_400_000;

/** Which known incidents were found, when, and what else was reported. */
export function summarise(
  model: Model,
  reports: readonly Report[],
  {
    windows,
    whyMissed,
  }: { readonly windows: readonly Window[]; readonly whyMissed: (incident: KnownIncident) => string },
): DemoSummary {
  const incidents = knownIncidents.map((incident): IncidentOutcome => {
    const fromMs = Date.parse(incident.from);
    const untilMs = Date.parse(incident.to);
    const report = reports.find((candidate) => isAbout(candidate, fromMs, untilMs));
    const isLookedAt = windows.some(({ startMs, endMs }) => startMs < Date.parse(incident.to) && endMs > fromMs);
    if (!isLookedAt) return { incident, isLookedAt };
    if (report === undefined) return { incident, isLookedAt, reason: whyMissed(incident) };
    // A report that was open already gives no delay: when the incident joined it is not kept.
    if (report.opened.startMs < fromMs) return { incident, isLookedAt, report };
    const delayWindows = windowsBetween(fromMs, report.opened.startMs, model.zone, model.granularity).length;
    return { incident, isLookedAt, report, delayWindows };
  });
  const found = new Set(incidents.map(({ report }) => report?.id));
  return { incidents, others: reports.filter(({ id }) => !found.has(id)), windows: windows.length };
}

/** True for a report with a series that was bad on the incident's days, opened no later than shortly after them. */
function isAbout(report: Report, fromMs: number, untilMs: number): boolean {
  const isInTime = report.opened.startMs < untilMs + GRACE_WINDOWS * DAY_MS;
  return isInTime && report.findings.some(({ from, to }) => from.startMs < untilMs && to.endMs > fromMs);
}

/** The summary as an aligned table for a terminal. */
export function summaryTable({ incidents, others, windows }: DemoSummary): string {
  const rows = incidents.map(({ incident, isLookedAt, report, delayWindows, reason }) => [
    incident.kind === 'injected' ? 'injected' : 'real',
    incident.name,
    !isLookedAt ? 'not looked at' : report === undefined ? 'missed' : `report #${report.id}`,
    report === undefined ? '' : delayWords(delayWindows),
    report === undefined ? (reason ?? '') : leadOf(report),
  ]);
  const extra = others.map((report) => ['other', report.opened.key, `report #${report.id}`, '', leadOf(report)]);
  const table = align([['kind', 'incident', 'outcome', 'delay', 'what was seen'], ...rows, ...extra]);
  const found = incidents.filter(({ report }) => report !== undefined).length;
  const lookedAt = incidents.filter(({ isLookedAt }) => isLookedAt).length;
  const rest = lookedAt === incidents.length ? '' : ` (${incidents.length - lookedAt} not looked at)`;
  return `${table}\n\n${found} of ${lookedAt} known incidents found in ${counted(windows, 'window')}${rest}; ${counted(others.length, 'other report')}.`;
}

export function eventsOfReport(events: readonly DeclaredEvent[], report: Report): readonly DeclaredEvent[] {
  return events.filter(({ startMs, endMs }) => startMs < report.latest.endMs && endMs > report.opened.startMs);
}

function delayWords(delayWindows: number | undefined): string {
  if (delayWindows === undefined) return 'was open';
  return delayWindows === 0 ? 'same day' : `after ${delayWindows} d`;
}

function leadOf(report: Report): string {
  const wordsOf = ({ rule, series }: StoredFinding) =>
    rule === 'common_mode' ? 'most series together' : seriesWords(series);
  const names = [...new Set(currentFindings({ report }).map(wordsOf))];
  return `${names.slice(0, 3).join(', ')}${names.length > 3 ? ` +${names.length - 3}` : ''}`;
}

function align(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
