import { isOutage } from '../../domain/anomaly.ts';
import type { Column } from '../../domain/column.ts';
import type { StoredFinding } from '../../domain/finding.ts';
import type { Window } from '../../domain/window.ts';
import { isNear } from './near.ts';

/** Beyond so many widths of a band, or one in 10^10 windows, more is no worse. */
const WIDEST = 10;

export interface Weights {
  /** Severity x importance. */
  ofFinding(finding: StoredFinding): number;
  /** Severity x importance x movement of the score. */
  ofCause(
    findings: readonly StoredFinding[],
    on: { readonly onset: Window; readonly tail: number | undefined },
  ): number;
}

/**
 * How much findings matter. Severity: widths of the band, or where there is one the tail probability as -log10 p, both at
 * most WIDEST, which is also what an outage has. Importance: the told share of the column, added up over the columns of a
 * cause; where none is told all features are alike, and the traffic of all rows counts as all of them. Movement: 1 where
 * the score stood still when the cause began, and 1 + the severity of its move where it moved.
 */
export function createWeights(findings: readonly StoredFinding[], features: readonly Column[]): Weights {
  const told = new Map(
    features.flatMap(({ name, importance }) => (importance === undefined ? [] : [[name, importance]])),
  );
  const alike = 1 / Math.max(1, features.length);
  const scores = findings.filter(({ series }) => series.role === 'score');

  function importanceOf({ series }: StoredFinding): number {
    if (series.role !== 'feature') return 1;
    return told.size === 0 ? alike : (told.get(series.column) ?? 0);
  }

  return {
    ofFinding: (finding) => severityOf(finding) * importanceOf(finding),
    ofCause(caused, { onset, tail }) {
      const severity = caused.some(({ rule }) => isOutage(rule))
        ? WIDEST
        : tail === undefined
          ? Math.max(...caused.map(severityOf))
          : Math.min(WIDEST, -Math.log10(Math.max(tail, Number.MIN_VALUE)));
      const importance = new Map(caused.map((finding) => [finding.series.column, importanceOf(finding)]));
      const moved = scores.filter(({ from }) => isNear(onset, from)).map(severityOf);
      return severity * sum([...importance.values()]) * (1 + Math.max(0, ...moved));
    },
  };
}

function severityOf({ severity, rule }: StoredFinding): number {
  return isOutage(rule) ? WIDEST : Math.min(WIDEST, severity);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
