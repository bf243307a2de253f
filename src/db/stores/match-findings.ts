import type { Finding } from '../../domain/finding.ts';
import type { FindingRow } from './findings.ts';

export interface FindingMatches {
  /** The row that a finding continues. */
  readonly same: ReadonlyMap<Finding, FindingRow>;
  /** Rows that no finding continues; `into` is the finding of their series that now covers their time. */
  readonly rest: readonly { readonly row: FindingRow; readonly into: Finding | undefined }[];
}

/**
 * A finding continues the row of its series that began in the same window, else one that shares a window with it: a
 * run may gain earlier windows when late rows are judged anew. Pure.
 */
export function matchFindings(rows: readonly FindingRow[], found: readonly Finding[]): FindingMatches {
  const same = new Map<Finding, FindingRow>();
  const free = new Set(rows);
  const claim = (fits: (row: FindingRow, finding: Finding) => boolean): void => {
    for (const finding of found) {
      if (same.has(finding)) continue;
      const row = [...free].find((candidate) => isOfSeries(candidate, finding) && fits(candidate, finding));
      if (row === undefined) continue;
      same.set(finding, row);
      free.delete(row);
    }
  };
  claim((row, finding) => row.fromStartMs === finding.from.startMs);
  claim(overlaps);
  return {
    same,
    rest: [...free].map((row) => ({
      row,
      into: found.find((finding) => isOfSeries(row, finding) && overlaps(row, finding)),
    })),
  };
}

function isOfSeries(row: FindingRow, { series }: Finding): boolean {
  return row.column === series.column && row.segment === series.segment && row.statistic === series.statistic;
}

function overlaps(row: FindingRow, finding: Finding): boolean {
  return row.fromStartMs < finding.to.endMs && finding.from.startMs < row.toEndMs;
}
