import type { Window } from '../../domain/window.ts';
import type { Bins } from '../../ports/statistics-engine.ts';
import type { Traffic } from './read-aggregate.ts';
import type { Scanning } from './scanning.ts';

/** Two scans of one source must see the same rows, or a column's rates would be of other rows than the traffic. */
export const DIFFERENT_ROWS =
  'the source changed while it was read, or its times cannot be read together with this column';

/** What the scans of all chunks of columns share. */
export interface ColumnsJob {
  readonly scanning: Scanning;
  readonly windows: readonly Window[];
  /** Windows and segments that have rows. */
  readonly traffic: readonly Traffic[];
  readonly categories: ReadonlyMap<string, readonly string[]>;
  readonly bins?: ReadonlyMap<string, Bins>;
  readonly vectorLengths?: ReadonlyMap<string, number | null>;
  readonly isLean?: boolean;
}

/** Names the window and segment of a row of the results, by the position of the window in the list. */
export function place(window: number, segment: string): string {
  return `${window} ${segment}`;
}

export function placesOf(windows: readonly Window[]): (traffic: Traffic) => string {
  const indexes = new Map(windows.map((window, index) => [window.key, index]));
  return ({ window, segment }) => place(indexes.get(window.key) ?? -1, segment);
}
