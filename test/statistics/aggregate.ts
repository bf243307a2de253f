import type { ColumnAggregate } from '../../src/domain/profile.ts';
import type { Window } from '../../src/domain/window.ts';

export const WINDOW: Window = {
  key: '2026-03-01',
  startMs: Date.parse('2026-03-01T00:00Z'),
  endMs: Date.parse('2026-03-02T00:00Z'),
};

/** A numeric feature of ten rows with nothing wrong; a test states what differs. */
export function aggregate(overrides: Partial<ColumnAggregate> = {}): ColumnAggregate {
  return {
    window: WINDOW,
    segment: '',
    column: 'age',
    role: 'feature',
    kind: 'numeric',
    rows: 10,
    missing: 0,
    nonFinite: 0,
    defaults: 0,
    mean: 4,
    standardDeviation: 2,
    minimum: 1,
    maximum: 9,
    quantiles: [1, 1, 2, 4, 6, 8, 9],
    distinct: 6,
    categories: null,
    bins: null,
    unseen: null,
    vectors: null,
    observed: null,
    problems: [],
    ...overrides,
  };
}
