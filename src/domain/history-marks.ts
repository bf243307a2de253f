import type { EpochMs } from './identifiers.ts';

/** What people said of a series that its histories have to obey. */
export interface HistoryMarks {
  /** Windows before `fromMs` are of another level; until `saidMs` nothing from there on counts as anomalous. */
  readonly newNormal?: { readonly fromMs: EpochMs; readonly saidMs: EpochMs };
  /** Half-open spans of windows that people expected to be odd, once. */
  readonly expected: readonly { readonly fromMs: EpochMs; readonly toMs: EpochMs }[];
}
