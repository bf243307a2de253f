/**
 * How well the reports of a replay meet the known incidents of a table. Everything is counted in days of the table's zone.
 *
 * found = incidents with a finding on their own column, in a report that had told of it within 14 days of their start, whose
 *   days touch those of the incident. Any statistic and any rule counts; a finding on another column, or one that the
 *   whole model shares (column `*`), does not, unless the incident is of the rows themselves.
 * false alert day = a day on which a column has a finding and which no incident of that column touches. The day after an
 *   incident is explained by it, as its end is itself a change. Days of one column are counted once, however many findings
 *   it has; days without an incident of any column count like others.
 * feature-months = columns (features, score and the rows as one) x days / 30.44.
 * shared = groups of incidents of three or more columns with the same first day; one report means that all findings that
 *   met the group's incidents are in one.
 */

import type { ReportLine } from '../../../src/cli/replay-lines.ts';

export interface Incident {
  /** Column; `*` for the rows. */
  readonly column: string;
  readonly kind: string;
  /** First and last day, inclusive. */
  readonly from: string;
  readonly to: string;
  readonly note?: string;
}

/** A finding of one report, with the day on which people were told of it. */
interface ToldFinding {
  readonly report: number;
  readonly column: string;
  readonly statistic: string;
  readonly rule: string;
  readonly from: string;
  readonly to: string;
  readonly told: string;
}

export interface IncidentOutcome extends Incident {
  /** The earliest finding that met it; absent: missed. */
  readonly met?: ToldFinding;
  /** Findings of its column near it that came too late, or reports on other columns at that time: for the table. */
  readonly near: readonly string[];
}

export interface ReplayScore {
  readonly outcomes: readonly IncidentOutcome[];
  readonly found: number;
  readonly falseDays: ReadonlyMap<string, readonly string[]>;
  readonly falseDayCount: number;
  readonly featureMonths: number;
  readonly falseDaysPerFeatureMonth: number;
  readonly shared: readonly { readonly from: string; readonly columns: number; readonly reports: number }[];
}

/** Days within which an incident must be told. */
export const FOUND_WITHIN_DAYS = 14;
const DAYS_PER_MONTH = 30.44;
const DAY_MS = 86_400_000;
/** From so many columns on, incidents that begin together are one outage of a device. */
const SHARED_COLUMNS = 3;

export function scoreReplay(
  reports: readonly ReportLine[],
  of: { readonly incidents: readonly Incident[]; readonly columns: number; readonly days: number },
): ReplayScore {
  const told = reports.flatMap(toldFindings);
  const outcomes = of.incidents.map((incident) => outcomeOf(incident, told));
  const falseDays = falseDaysOf(told, of.incidents);
  const falseDayCount = [...falseDays.values()].reduce((sum, days) => sum + days.length, 0);
  const featureMonths = (of.columns * of.days) / DAYS_PER_MONTH;
  return {
    outcomes,
    found: outcomes.filter(({ met }) => met !== undefined).length,
    falseDays,
    falseDayCount,
    featureMonths,
    falseDaysPerFeatureMonth: falseDayCount / featureMonths,
    shared: sharedOutages(outcomes),
  };
}

function toldFindings({ opened, findings }: ReportLine, report: number): ToldFinding[] {
  return findings.map(({ column, statistic, rule, from, to }) => {
    const [first, last] = [dayOf(from), dayOf(to)];
    return { report, column, statistic, rule, from: first, to: last, told: later(dayOf(opened), first) };
  });
}

function outcomeOf(incident: Incident, told: readonly ToldFinding[]): IncidentOutcome {
  const deadline = addDays(incident.from, FOUND_WITHIN_DAYS);
  const touching = told.filter(({ from, to }) => from <= addDays(incident.to, 1) && to >= incident.from);
  const own = touching.filter(({ column }) => column === incident.column);
  const inTime = own.filter(({ from, told: at }) => at <= deadline && from <= incident.to);
  const [met] = inTime.toSorted((a, b) => a.told.localeCompare(b.told));
  const near = (own.length > 0 ? own : touching.filter(({ column }) => column === '*')).map(
    ({ column, statistic, rule, told: at }) => `${column} ${statistic} ${rule} told ${at}`,
  );
  return { ...incident, ...(met === undefined ? {} : { met }), near };
}

function falseDaysOf(told: readonly ToldFinding[], incidents: readonly Incident[]): Map<string, readonly string[]> {
  const byColumn = new Map<string, Set<string>>();
  for (const { column, from, to } of told) {
    const own = incidents.filter((incident) => incident.column === column);
    const days = byColumn.get(column) ?? new Set<string>();
    byColumn.set(column, days);
    for (const day of daysBetween(from, to)) {
      const isExplained = own.some((incident) => day >= incident.from && day <= addDays(incident.to, 1));
      if (!isExplained) days.add(day);
    }
  }
  return new Map([...byColumn].map(([column, days]) => [column, [...days].sort()]));
}

function sharedOutages(outcomes: readonly IncidentOutcome[]): ReplayScore['shared'] {
  const groups = new Map<string, IncidentOutcome[]>();
  for (const outcome of outcomes) groups.set(outcome.from, [...(groups.get(outcome.from) ?? []), outcome]);
  return [...groups]
    .filter(([, group]) => new Set(group.map(({ column }) => column)).size >= SHARED_COLUMNS)
    .map(([from, group]) => ({
      from,
      columns: group.length,
      reports: new Set(group.flatMap(({ met }) => (met === undefined ? [] : [met.report]))).size,
    }))
    .toSorted((a, b) => a.from.localeCompare(b.from));
}

/** Windows of hours begin with their day. */
function dayOf(window: string): string {
  return window.slice(0, 10);
}

function later(a: string, b: string): string {
  return a > b ? a : b;
}

function addDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
}

function daysBetween(from: string, to: string): string[] {
  const days: string[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day);
  return days;
}
