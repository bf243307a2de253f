import type { Simulation } from './simulate.ts';
import type { Week } from './weeks.ts';

/** A set with its draws of people. */
export interface PlayedSet {
  readonly draws: number;
  /** Week from which on the effect is told, from 1. */
  readonly since: number;
  readonly arms: ReadonlyMap<string, Simulation>;
}

/** As long as the goal is about, and as the generated worlds last. */
const WEEKS = 12;

export interface TwelveWeeks {
  /** From the goal's week on. */
  readonly falseReports: number;
  /** Of all weeks. */
  readonly incidents: number;
  readonly found: number;
}

/** Of all sets together what a kind of feedback does in their first twelve weeks, as means of a draw of people. */
export function twelveWeeksOf(played: readonly PlayedSet[], arm: string): TwelveWeeks {
  const sum = (name: keyof Week, isLate: boolean) =>
    played.reduce((total, { draws, since, arms }) => {
      const weeks = arms.get(arm)?.weeks.slice(isLate ? since - 1 : 0, WEEKS) ?? [];
      return total + weeks.reduce((weekly, week) => weekly + week[name], 0) / draws;
    }, 0);
  return { falseReports: sum('falseReports', true), incidents: sum('incidents', false), found: sum('found', false) };
}

/** One line for each kind of feedback. */
export function tellTwelveWeeks(write: (line: string) => void, played: readonly PlayedSet[]): void {
  if (played.length === 0) return;
  write(`the first ${WEEKS} weeks of all ${played.length} sets, means of a draw of people:`);
  for (const arm of played[0]?.arms.keys() ?? []) {
    const { falseReports, incidents, found } = twelveWeeksOf(played, arm);
    write(
      `  ${arm}: ${falseReports.toFixed(1)} false reports from the goal's week on; ${found.toFixed(1)} of ${incidents.toFixed(1)} incidents found`,
    );
  }
}
