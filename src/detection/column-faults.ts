import { type ColumnRule, columnRules, type Detection } from '../domain/anomaly.ts';
import type { SeriesKey } from '../domain/series.ts';
import { ALL_TRAFFIC, type ColumnProblem, type ColumnState, isUnread } from '../domain/statistic.ts';
import type { Window } from '../domain/window.ts';
import { HABIT_SHARE, HABIT_WINDOWS } from './catastrophic.ts';

/**
 * Faults of columns as a whole, from the problems that were stored beside the statistics: vanished, unreadable, of
 * another type, new; or a category of it is spelt in a second way. Like the catastrophic path they need no history, but
 * for a spelling, which has to be new.
 *
 * some values of another type or spelling count when rows with them / rows >= 1 %: fewer are a few odd cells
 *
 * Edge cases: a problem that more than half of at least 7 known windows share is a habit. What could not be read in any
 * window of the history was never readable, and is told where the model is registered. Several problems: the first rule.
 */

export interface ColumnFault {
  readonly column: string;
  readonly role: SeriesKey['role'];
  readonly rule: ColumnRule;
  readonly note: string;
  readonly rows: number;
}

/** Share of the rows from which values of another type are a change of the column and not a few odd cells. */
const CHANGED_SHARE = 0.01;
/** Of a window with few rows: one or two of another spelling are odd cells too. */
const LEAST_RESPELT = 3;

/** `history` gives the states of columns in the windows before; it is asked only when there is a fault. */
export function columnFaults(
  rows: readonly ColumnState[],
  history: (columns: readonly string[]) => readonly ColumnState[],
): readonly ColumnFault[] {
  const found = rows.flatMap((row) => {
    const problem = faultOf(row);
    return problem === undefined ? [] : [{ row, problem }];
  });
  if (found.length === 0) return [];
  const past = byColumn(history(found.map(({ row }) => row.column)));
  return found
    .filter(({ row, problem }) => !isUsual(problem.code, past.get(row.column) ?? []))
    .map(({ row: { column, role, rows: count }, problem }) => {
      return { column, role, rule: problem.code, note: noteOf(problem, count), rows: count };
    });
}

/** One finding a fault: on the series of the column whose chart still says something, instead of its other anomalies. */
export function withColumnFaults(
  detections: readonly Detection[],
  faults: readonly ColumnFault[],
  window: Window,
): readonly Detection[] {
  if (faults.length === 0) return detections;
  const byName = new Map(faults.map((fault) => [fault.column, fault]));
  const told = new Map(faults.map((fault) => [fault.column, seriesOf(fault, detections)]));
  const marked = detections.map((detection): Detection => {
    const fault = byName.get(detection.series.column);
    if (fault === undefined) return detection;
    const { rule: _rule, ...plain } = detection;
    if (detection === told.get(fault.column)) {
      return { ...plain, isAnomaly: true, rule: fault.rule, note: fault.note };
    }
    return explains(fault, detection) ? { ...plain, isAnomaly: false } : detection;
  });
  const unwatched = faults.filter(({ column }) => told.get(column) === undefined);
  return [...marked, ...unwatched.map((fault) => detectionOf(fault, window))];
}

type FaultProblem = ColumnProblem & { readonly code: ColumnRule };

function faultOf({ segment, role, rows, problems }: ColumnState): FaultProblem | undefined {
  if (segment !== ALL_TRAFFIC || role === 'traffic' || rows === 0) return undefined;
  for (const code of columnRules) {
    const problem = problems.find((each) => each.code === code);
    if (problem === undefined || (problem.rows ?? rows) / rows < CHANGED_SHARE) continue;
    if (code === 'spelling_changed' && (problem.rows ?? rows) < LEAST_RESPELT) continue;
    return { ...problem, code };
  }
  return undefined;
}

function noteOf({ code, text, rows }: FaultProblem, all: number): string {
  if (rows === undefined) return text;
  if (code === 'spelling_changed') return `${text}, in ${Math.max(1, Math.round((100 * rows) / all))} % of the rows`;
  return code === 'type_changed' ? `has values of another type: ${text}` : text;
}

function isUsual(rule: ColumnRule, past: readonly ColumnState[]): boolean {
  if (rule === 'column_new') return false;
  if (rule === 'spelling_changed' && past.length < HABIT_WINDOWS) return true;
  if (rule === 'unreadable' && past.every(({ problems }) => problems.some(isUnread))) return true;
  const alike = past.filter((row) => faultOf(row)?.code === rule);
  return past.length >= HABIT_WINDOWS && alike.length > HABIT_SHARE * past.length;
}

function byColumn(states: readonly ColumnState[]): ReadonlyMap<string, readonly ColumnState[]> {
  const columns = new Map<string, ColumnState[]>();
  for (const state of states) {
    if (state.segment !== ALL_TRAFFIC || state.rows === 0) continue;
    const known = columns.get(state.column);
    if (known === undefined) columns.set(state.column, [state]);
    else known.push(state);
  }
  return columns;
}

/** A second spelling says nothing of values that are missing. */
function explains({ rule }: ColumnFault, { series }: Detection): boolean {
  return rule !== 'spelling_changed' || !['coverage', 'missing_rate', 'default_rate'].includes(series.statistic);
}

const TOLD_ON: readonly SeriesKey['statistic'][] = ['coverage', 'mean', 'missing_rate'];

function seriesOf({ column, rule }: ColumnFault, detections: readonly Detection[]): Detection | undefined {
  const ofColumn = detections.filter(({ series }) => series.column === column && series.segment === ALL_TRAFFIC);
  for (const statistic of rule === 'spelling_changed' ? (['unseen_share', ...TOLD_ON] as const) : TOLD_ON) {
    const found = ofColumn.find(({ series }) => series.statistic === statistic);
    if (found !== undefined) return found;
  }
  return ofColumn[0];
}

function detectionOf({ column, role, rule, note, rows }: ColumnFault, window: Window): Detection {
  const series: SeriesKey = { segment: ALL_TRAFFIC, column, role, statistic: 'coverage' };
  return { series, window, value: null, rows, isAnomaly: true, rule, note };
}
