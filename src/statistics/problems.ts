import { counted } from '../domain/counted.ts';
import type { ColumnAggregate } from '../domain/profile.ts';
import { type ColumnProblem, isUnread } from '../domain/statistic.ts';

/** What is wrong with a column besides its numbers: what the engine found, and what the counts say. */
export function problemsOf(aggregate: ColumnAggregate): ColumnProblem[] {
  const problems = [...aggregate.problems];
  if (aggregate.rows === 0) {
    problems.push({ code: 'no_rows', text: 'no rows in the window' });
    return problems;
  }
  if (aggregate.role === 'traffic' || problems.some(isUnread)) return problems;
  const { rows, missing, nonFinite, defaults } = aggregate;
  if (missing === rows)
    problems.push({
      code: 'all_missing',
      text: rows === 1 ? 'its one value is missing' : `all ${counted(rows, 'value')} are missing`,
    });
  else if (defaults > 0 && defaults + missing + nonFinite === rows) {
    problems.push({
      code: 'all_default',
      text:
        defaults === 1
          ? 'the one value that is present is the default'
          : `all ${counted(defaults, 'value')} that are present are the default`,
    });
  }
  if (aggregate.observed !== null && aggregate.observed.rows === 0) {
    problems.push({ code: 'label_missing', text: 'no row has both a label and a score' });
  }
  return problems;
}
