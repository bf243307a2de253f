import type { StoredFinding } from '../domain/finding.ts';
import { currentFindings } from './finding-order.ts';
import type { ReportView } from './report-view.ts';

const COLUMNS = [
  ...['segment', 'column', 'role', 'statistic', 'first_window', 'last_window', 'windows', 'worst_window', 'value'],
  ...['baseline', 'lower', 'upper', 'severity', 'tail_probability', 'rows', 'rule', 'pattern', 'cause'],
] as const;

/** All findings as a table (RFC 4180), in the order of the report; numbers as they are, nothing where there is none. */
export function findingsCsv(view: ReportView): string {
  const causes = new Map(
    view.causes.flatMap(({ findings }, index) => findings.map(({ id }) => [id, index + 1] as const)),
  );
  const rows = currentFindings(view).map((finding) => rowOf(finding, causes.get(finding.id)));
  return [COLUMNS, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

function rowOf(finding: StoredFinding, cause: number | undefined): readonly (string | number | null | undefined)[] {
  const { series, worst, from, to, anomalies, severity, rule, pattern } = finding;
  const { forecast } = worst;
  return [
    ...[series.segment, series.column, series.role, series.statistic, from.key, to.key, anomalies.length],
    ...[worst.window.key, worst.value, forecast?.baseline, forecast?.lower, forecast?.upper, severity, worst.tail],
    ...[worst.rows, rule, pattern, cause],
  ];
}

/** What a spreadsheet would take for a formula begins with an apostrophe: names come from anywhere. */
function cell(value: string | number | null | undefined): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
